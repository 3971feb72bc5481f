// The controls of a page, by the kinds of their ipywidgets. controls.py is the twin.

import { CHECKBOXES } from "./checkboxes.js";
import { CHOICES } from "./choices.js";
import { FORMULAS, formulaMistake } from "./formulas.js";
import { RANGES, pairOf } from "./ranges.js";
import { SLIDERS, atStop, stopOf } from "./sliders.js";

/**
 * Each takes a control's description, its element, the words, and change(setting, typing): what to do when the reader
 * moves it. It gives show(setting, typing), restored() -> setting or null, enable(yes). `typing`: the input in use.
 */
export const rowsByKind = () => ({ ...SLIDERS, ...RANGES, ...FORMULAS, ...CHOICES, ...CHECKBOXES });

/** A value as the setting of its control: whole numbers stay whole, a box is ticked or not. */
export function asSetting(control, value) {
  if (control.options || control.variables) return value;
  if (Array.isArray(value)) return value.map((end) => asSetting(control, end));
  if (control.stops) return atStop(control, stopOf(control, value));
  return "low" in control ? (control.whole ? Math.round(value) : value) : Boolean(value);
}

/** A value of another control, moved into the range of this one. */
export function within(control, value) {
  if (Array.isArray(value)) return value.map((end) => within(control, end));
  if (control.options) return Math.min(value, control.options.length - 1);
  return "low" in control ? Math.min(Math.max(value, control.low), control.high) : value;
}

/** The number of a setting of a control that is enumerated. */
export function numberOf(control, setting) {
  if (Array.isArray(setting)) return pairOf(control, setting);
  return control.stops ? stopOf(control, setting) : Number(setting);
}

/** Whether a value can be the setting of a range. */
export function isPair(value) {
  return Array.isArray(value) && value.length === 2 && value.every(Number.isFinite) && value[0] <= value[1];
}

/** Settings by the names that tapes and sentences have for them: the ends of a range w are w[0] and w[1]. */
export function byInput(settings) {
  const named = ([name, setting]) =>
    Array.isArray(setting) ? setting.map((end, i) => [`${name}[${i}]`, end]) : [[name, setting]];
  return Object.fromEntries(Object.entries(settings).flatMap(named));
}

/** What is wrong with what shall be the text of a control, in words; "" if nothing is. */
export function mistake(control, value, words) {
  return control.variables ? formulaMistake(control, value, words) : "";
}
