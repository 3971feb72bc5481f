// The painter of every kind of artist. kinds.py is the twin.

import { AREAS } from "./areas.js";
import { FIELDS } from "./fields.js";
import { LINES } from "./lines.js";
import { POINTS } from "./points.js";
import { SURFACES } from "./surfaces.js";
import { TEXTS } from "./texts.js";

/** Each takes an artist's description, that of its axes, and its data, row after row; it gives attributes of parts. */
export const PAINTERS = { ...LINES, ...POINTS, ...AREAS, ...FIELDS, ...SURFACES, ...TEXTS };

/** The attributes of each part of an artist for its data: numbers, row after row. */
export function place(artist, axes, numbers) {
  return PAINTERS[artist.kind](artist, axes, numbers);
}
