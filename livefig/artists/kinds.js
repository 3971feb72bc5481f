// The painter of every kind of artist. kinds.py is the twin.

import { AREAS } from "./areas.js";
import { FIELDS, FIELD_REMARKS } from "./fields.js";
import { LIMITS, LIMIT_REMARKS } from "./limits.js";
import { LINES } from "./lines.js";
import { PATCHES } from "./patches.js";
import { POINTERS } from "./pointers.js";
import { POINTS } from "./points.js";
import { SEGMENTS } from "./segments.js";
import { SURFACES } from "./surfaces.js";
import { TEXTS } from "./texts.js";

/** Each takes an artist's description, that of its axes, and its data, row after row; it gives attributes of parts. */
export const painters = () => ({
  ...LINES,
  ...POINTS,
  ...POINTERS,
  ...SEGMENTS,
  ...AREAS,
  ...PATCHES,
  ...FIELDS,
  ...LIMITS,
  ...SURFACES,
  ...TEXTS,
});

/** The attributes of each part of an artist for its data: numbers, row after row. */
export function place(artist, axes, numbers) {
  return painters()[artist.kind](artist, axes, numbers);
}

/** The word for a sentence that a figure says by itself of an artist; "" for none. */
export function remark(artist, numbers) {
  return { ...FIELD_REMARKS, ...LIMIT_REMARKS }[artist.kind]?.(artist, numbers) ?? "";
}
