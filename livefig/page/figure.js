// One live figure: its values, its picture, its sentence, the point to drag. Knows nothing of inputs or widgets.

import { asSetting, byInput, numberOf } from "../controls/controls.js";
import { formulasOf } from "../controls/formulas.js";
import { fill } from "../controls/numbers.js";
import { place, remark } from "../artists/kinds.js";
import { followed } from "../artists/limits.js";
import { widthOf } from "../drawing/paint.js";
import { machine } from "../program/machine.js";
import { dragHandle } from "./handle.js";
import { paintFaces, turning } from "./turning.js";

/**
 * What the figure says by itself of a loop, by the sentence that tells it: the step at which it happens, or undefined.
 * Of `steps` rows, `leaves` is the first that is finite and out of the picture, `beyond` the first that is out of it,
 * `lost` that of the end which has no numbers.
 */
export const EVENTS = {
  leaves: ({ leaves }) => leaves || undefined, // what begins outside does not leave
  diverges: ({ lost, beyond, steps }) => (lost < steps && beyond <= lost ? lost : undefined), // else its author has hidden the end
};

const ROUNDING = 1e-9; // of an axis: a row that rounding alone has put outside has not left

export class LiveFigure {
  /** root: the element that holds the plot and the sentence, as yet untouched.  onDrag(values): the reader moved the point. */
  constructor(root, spec, onDrag) {
    this.root = root;
    this.spec = spec;
    // The setting of every control: a number, the index of an option, true or false.
    this.state = Object.fromEntries(spec.controls.map(({ name, setting }) => [name, setting]));
    this.machines = new Map();
    this.computed = null;
    this.painted = spec.artists.map(() => null); // by artist, the axes on which its present data were painted
    this.covered = new Set(); // the values that sentences do not say yet
    this.last = spec.artists.map(({ first }) => first); // of limits that follow, the last that could be shown
    this.svg = root.querySelector("svg");
    this.readout = root.querySelector(".readout");
    this.parts = new Map(); // the elements of each moving part, and what was last written to them
    for (const element of this.svg.querySelectorAll("[data-part]")) {
      const name = element.getAttribute("data-part");
      if (!this.parts.has(name)) this.parts.set(name, { elements: [], written: {} });
      this.parts.get(name).elements.push(element);
    }
    this.controls = new Map(spec.controls.map((c) => [c.name, c]));
    if (spec.spaces.length) this.turning = turning(this, onDrag);
    if (spec.drag) this.handle = dragHandle(this, onDrag);
    root.addEventListener("keyup", ({ key }) => key === "Tab" && this.comeIntoView());
    this.machine(); // a damaged tape is noticed now
  }

  /** The machine for the settings of enumerated controls. */
  machine() {
    const { tape, machines } = this;
    const { constants = [], controls } = this.spec;
    const whole = (_, part) => (part?.shared === undefined ? part : constants[part.shared]);
    if (!machines.has(tape)) {
      const own = { ...tape, constants: JSON.parse(JSON.stringify(tape.constants), whole) };
      machines.set(tape, machine(own, tape.formulas && formulasOf(controls, this.state)));
    }
    return machines.get(tape);
  }

  /** Take settings, and draw what they give. */
  set(values) {
    for (const [name, value] of Object.entries(values)) this.state[name] = asSetting(this.controls.get(name), value);
    if (Object.keys(values).some((name) => this.controls.get(name).variables)) this.machines.clear();
    this.computed = null;
    this.draw();
  }

  /** What the tape gives for the settings that stand. */
  get results() {
    if (!this.computed) {
      const given = byInput(this.state);
      const run = this.machine();
      this.computed = run(this.tape.inputs.map(([name]) => given[name]));
      this.painted = this.painted.map((on, i) => (run === this.ran && this.computed[i].same ? on : null));
      this.ran = run;
    }
    return this.computed;
  }

  /** The values of the controls, and those that the author's function names. */
  allNamed() {
    const { spec, results } = this;
    const numbers = spec.values.map((name, i) => [name, results[spec.artists.length + i].numbers[0]]);
    return { ...byInput(this.values()), ...Object.fromEntries(numbers) };
  }

  /** The axes as they are now: turned, or with limits that follow. */
  get axes() {
    const { axes } = this.turning ?? this.spec;
    if (!this.last.some(Boolean)) return axes;
    this.stretched = followed({ ...this.spec, axes }, this.results, this.last, this.stretched);
    return this.stretched;
  }

  draw() {
    this.turning?.follow();
    const { spec, results, axes, last } = this;
    spec.artists.forEach((artist, i) => {
      const on = axes[artist.axes];
      if (on === this.painted[i]) return;
      this.painted[i] = on;
      const parts = place(artist, on, last[i] ?? results[i].numbers);
      for (const part of Object.keys(parts)) this.write(`${i}.${part}`, parts[part]);
    });
    this.speak();
    if (this.handle) this.handle.follow();
    this.keepGhosts?.(axes);
    if (this.afterDraw) this.afterDraw();
  }

  /** What the figure says: the texts in its picture, and the line under it. */
  speak() {
    const { spec } = this;
    this.named = this.allNamed();
    this.sayable = { ...this.named };
    for (const name of this.covered) this.sayable[name] = spec.words.covered;
    spec.texts.forEach((lines, i) =>
      lines.forEach((line, k) => this.write(`text${i}.${k}`, { text: fill(line, this.sayable, spec.words) })),
    );
    const sentence = this.sentence();
    if (this.readout.textContent !== sentence) say(this.readout, sentence);
  }

  /** Give a part its attributes; "text" is its words, "inner" its elements, "faces" the colour and outline of each. */
  write(part, attributes) {
    const { elements, written } = this.parts.get(part);
    for (const [name, value] of Object.entries(attributes)) {
      if (written[name] === value) continue;
      written[name] = value;
      for (const element of elements) {
        if (name === "text") say(element, value);
        else if (name === "inner") element.innerHTML = value;
        else if (name === "faces") paintFaces(element, value);
        else element.setAttribute(name, value);
      }
    }
  }

  /** Who walks to a control with the keyboard sees what it moves. (Under a finger or a mouse nothing may scroll.) */
  comeIntoView() {
    this.svg.parentElement.scrollIntoView({ block: "nearest", behavior: "instant" });
  }

  /** The tape for the settings of enumerated controls. */
  get tape() {
    const { choices, tapes } = this.spec;
    return tapes[
      choices.reduce((number, [name, count]) => number * count + numberOf(this.controls.get(name), this.state[name]), 0)
    ];
  }

  /** Whether the picture depends on a slider, with the options as they are chosen. */
  uses(name) {
    const { choices, view } = this.spec;
    const used = this.tape.used.map((input) => input.split("[")[0]);
    return [...choices.map(([enumerated]) => enumerated), ...used, ...(view ?? [])].includes(name);
  }

  /** The values of the controls; of a choice, the label. */
  values() {
    return Object.fromEntries(
      this.spec.controls.map(({ name, options }) => [name, options ? options[this.state[name]] : this.state[name]]),
    );
  }

  /** Let sentences say a named value, or not yet. */
  cover(name, yes) {
    if (this.covered.has(name) === yes) return;
    if (yes) this.covered.add(name);
    else this.covered.delete(name);
    this.speak();
  }

  /** What the line under the picture says (state.py is the twin). */
  sentence() {
    const { readout, words } = this.spec;
    const chosen = readout.find(([condition]) => !condition || this.named[condition]);
    const own = chosen ? fill(chosen[1], this.sayable, words) : "";
    return [own, ...this.notes(), ...this.remarks()].filter(Boolean).join(" ");
  }

  /** What the figure says by itself of its artists, each sentence once. */
  remarks() {
    const said = new Set(this.spec.artists.map((artist, i) => remark(artist, this.results[i].numbers)));
    return [...said].filter(Boolean).map((word) => this.spec.words[word]);
  }

  /** What the figure says by itself of a loop that diverges: where it leaves its picture or stops being finite. */
  notes() {
    const { spec, axes } = this;
    const found = {};
    spec.artists.forEach((artist, i) => {
      if (this.tape.outputs[i][1] === null) return; // it has no steps
      const { numbers } = this.results[i];
      const width = widthOf(artist);
      let step = 0;
      let leaves;
      let beyond;
      let lost = 0;
      for (; step * width < numbers.length; step++) {
        let finite = true;
        let out = false;
        for (const [axis, columns] of artist.watched) {
          const { low, high } = axes[artist.axes][axis];
          const value = columns.reduce((sum, column) => sum + numbers[step * width + column], 0);
          finite &&= Number.isFinite(value);
          const spare = ROUNDING * (high - low);
          out ||= value < low - spare || value > high + spare;
        }
        if (out) beyond ??= step;
        if (out && finite) leaves ??= step;
        if (finite) lost = step + 1;
      }
      for (const [word, at] of Object.entries(EVENTS)) {
        const happens = at({ leaves, beyond, lost, steps: step });
        if (happens !== undefined && !(found[word]?.step <= happens))
          found[word] = { step: happens, name: artist.name };
      }
    });
    return Object.keys(EVENTS)
      .filter((word) => found[word])
      .map((word) => fill(spec.words[found[word].name ? word : `${word}_unnamed`], found[word], spec.words));
  }
}

/** Other words in an element. Its node stays: for a new one a browser asks again which of the page's rules hold. */
function say(element, words) {
  const [node, ...others] = element.childNodes;
  if (node?.nodeType === Node.TEXT_NODE && !others.length) node.data = words;
  else element.textContent = words;
}
