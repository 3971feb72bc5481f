// What the element of a figure can be asked and told, from a script on the page.

import { asSetting, isPair, mistake } from "../controls/controls.js";

/** Let the figure's element answer.  set(values): let the figure and its inputs take values. */
export function present(figure, set) {
  const { root, spec } = figure;
  root.live = {
    set,
    values: () => figure.values(),
    /** The data of the artists, in the order and shape that `update` returned; of a contour whose levels follow, both. */
    data: () =>
      spec.artists.map((_, i) => {
        const found = arraysOf(figure, i).map((array) => nested(array, figure.tape.outputs[i]));
        return found.length > 1 ? found : found[0];
      }),
    named: () => figure.allNamed(),
    cover: (name, yes) => figure.cover(name, yes),
  };
  window.dispatchEvent(new CustomEvent("live-ready", { detail: root }));
}

/** The arrays of an artist, each with its shape: one, or heights and levels. */
export function arraysOf({ spec, results }, i) {
  const { x, y, levels } = spec.artists[i];
  if (levels !== null) return [results[i]];
  const { numbers } = results[i];
  const shape = [y.length, x.length];
  const count = shape[0] * shape[1];
  return [
    { numbers: numbers.slice(0, count), shape },
    { numbers: numbers.slice(count), shape: [numbers.length - count] },
  ];
}

/** The numbers of an output as nested arrays of the shape that the function returned. */
export function nested({ numbers, shape }, [, axis]) {
  const axes = shape.map((length, i) => [length, shape.slice(i + 1).reduce((a, b) => a * b, 1)]);
  if (axis !== null) axes.splice(axis, 0, axes.shift());
  const from = (at, [[length, stride], ...inner]) =>
    Array.from({ length }, (_, i) => (inner.length ? from(at + i * stride, inner) : numbers[at + i * stride]));
  return axes.length ? from(0, axes) : numbers[0];
}

/** The settings for values from a script: live.set({...}). */
export function settingsFor(figure, values) {
  const settings = {};
  for (const [name, value] of Object.entries(values)) {
    const control = figure.controls.get(name);
    if (!control) throw new TypeError(`there is no control "${name}"`);
    const given = control.options && typeof value !== "number" ? control.options.indexOf(value) : value;
    if (control.options && !(given in control.options)) throw new TypeError(`${name} has no option ${value}`);
    if ("low" in control && !(control.ends ? isPair(given) : Number.isFinite(given))) {
      const wanted = control.ends ? "two finite numbers, the lower first" : "a finite number";
      throw new TypeError(`${name} must be ${wanted}, not ${value}`);
    }
    if (control.variables && typeof given !== "string")
      throw new TypeError(`${name} must be the text of a formula, not ${value}`);
    const problem = mistake(control, given, figure.spec?.words);
    if (problem) throw new TypeError(`${name}: ${problem}`);
    settings[name] = asSetting(control, given);
  }
  return settings;
}
