// One live figure: its values, its picture, its sentence, the point to drag. Knows nothing of inputs or widgets.

class LiveFigure {
  /** root: the element that holds the plot and the sentence.  onDrag(values): the reader moved the point. */
  constructor(root, spec, values, onDrag) {
    this.root = root;
    this.spec = spec;
    this.state = { ...values }; // the setting of every control: a number, the index of an option, true or false
    this.machines = new Map();
    this.svg = root.querySelector("svg");
    this.readout = root.querySelector(".readout");
    this.parts = new Map([...this.svg.querySelectorAll("[data-part]")].map((e) => [e.getAttribute("data-part"), e]));
    this.controls = new Map(spec.controls.map((c) => [c.name, c]));
    if (spec.drag) this.handle = dragHandle(this, onDrag);
    this.draw();
  }

  set(values) {
    Object.assign(this.state, values);
    this.draw();
  }

  draw() {
    const { spec, state } = this, tape = this.tape;
    if (!this.machines.has(tape)) this.machines.set(tape, machine(tape));
    this.results = this.machines.get(tape)(tape.inputs.map(([name]) => state[name]));
    this.named = this.values();
    spec.values.forEach((name, i) => { this.named[name] = this.results[spec.artists.length + i].numbers[0]; });
    spec.artists.forEach((artist, i) => {
      const parts = place(artist, spec.axes[artist.axes], this.results[i].numbers);
      for (const part of ["line", "marker"]) this.write(`${i}.${part}`, parts[part]);
    });
    const sentence = this.sentence();
    if (this.readout.textContent !== sentence) this.readout.textContent = sentence;
    if (this.handle) this.handle.follow();
    if (this.afterDraw) this.afterDraw();
  }

  write(part, d) {
    const element = this.parts.get(part);
    if (element.getAttribute("d") !== d) element.setAttribute("d", d);
  }

  /** The tape of the chosen options. */
  get tape() {
    return this.spec.tapes[this.spec.choices.reduce((number, [name, count]) => number * count + Number(this.state[name]), 0)];
  }

  /** Whether the picture depends on a slider, with the options as they are chosen. */
  uses(name) {
    return !("low" in this.controls.get(name)) || this.tape.used.includes(name);
  }

  /** The values of the controls; of a choice, the label. */
  values() {
    return Object.fromEntries(this.spec.controls.map(({ name, options }) => [name, options ? options[this.state[name]] : this.state[name]]));
  }

  data() {
    return this.spec.artists.map((_, i) => nested(this.results[i], this.tape.outputs[i]));
  }

  /** What the line under the picture says (state.py is the twin). */
  sentence() {
    const { readout, words } = this.spec, holds = (x) => x !== 0 && x === x;
    const chosen = readout.find(([condition]) => !condition || holds(Number(this.named[condition])));
    return [chosen ? fill(chosen[1], this.named, words) : "", ...this.notes()].filter(Boolean).join(" ");
  }

  notes() {
    const { spec } = this, found = {};
    spec.artists.forEach((artist, i) => {
      if (this.tape.outputs[i].rows === null) return;
      const { x, y } = spec.axes[artist.axes], { numbers } = this.results[i];
      for (let step = 0; 2 * step < numbers.length; step++) {
        const p = numbers[2 * step], q = numbers[2 * step + 1];
        const finite = Number.isFinite(p) && Number.isFinite(q);
        const word = !finite ? "diverges" : p < x.low || p > x.high || q < y.low || q > y.high ? "leaves" : null;
        if (word && (!(word in found) || step < found[word][0])) found[word] = [step, artist.name];
        if (!finite) break;
      }
    });
    return ["leaves", "diverges"].filter((word) => word in found).map((word) =>
      spec.words[word].replace("{step}", found[word][0]).replace("{name}", found[word][1]));
  }
}

/** A value as the setting of its control: whole numbers stay whole, a box is ticked or not. */
function asSetting(control, value) {
  if (control.options) return value;
  return "low" in control ? (control.whole ? Math.round(value) : value) : Boolean(value);
}

/** The settings for values from a script: live.set({...}). */
function settingsFor(figure, values) {
  const settings = {};
  for (const [name, value] of Object.entries(values)) {
    const control = figure.controls.get(name);
    if (!control) throw new TypeError(`there is no control "${name}"`);
    const given = control.options && typeof value !== "number" ? control.options.indexOf(value) : value;
    if (control.options && !(given in control.options)) throw new TypeError(`${name} has no option ${value}`);
    if ("low" in control && !Number.isFinite(given)) throw new TypeError(`${name} must be a finite number, not ${value}`);
    settings[name] = asSetting(control, given);
  }
  return settings;
}

/** A value moved onto the grid of its control and into its range. */
function onGrid(control, value) {
  const log = control.base !== null, at = log ? Math.log(value) / Math.log(control.base) : value;
  const steps = Math.round((at - control.min) / control.step);
  const snapped = Number(Math.min(Math.max(control.min + steps * control.step, control.min), control.max).toPrecision(12));
  return log ? control.base ** snapped : snapped;
}

/** A round handle over the picture, for pointer and keyboard, that stands for two controls. */
function dragHandle(figure, onDrag) {
  const { spec, svg } = figure, { words } = spec;
  const [xName, yName] = spec.drag, axes = spec.axes[spec.artists[0].axes];
  const x = figure.controls.get(xName), y = figure.controls.get(yName);
  const [, , width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
  const element = document.createElement("div");
  element.className = "live-handle";
  element.tabIndex = 0;
  element.setAttribute("role", "slider");
  element.setAttribute("aria-label", words.handle.replace("{x}", x.label).replace("{y}", y.label));
  element.setAttribute("aria-valuemin", x.low);
  element.setAttribute("aria-valuemax", x.high);
  svg.parentElement.append(element);

  const move = (px, py) => onDrag({ [xName]: onGrid(x, px), [yName]: onGrid(y, py) });
  const fromPoints = ({ scale, a, b }, at) => (scale === "log" ? 10 ** ((at - b) / a) : (at - b) / a);
  let held = null;
  element.addEventListener("pointerdown", (event) => {
    const box = element.getBoundingClientRect();
    held = [event.clientX - box.left - box.width / 2, event.clientY - box.top - box.height / 2];
    element.setPointerCapture(event.pointerId);
    element.focus({ preventScroll: true });
    event.preventDefault();
  });
  element.addEventListener("pointermove", (event) => {
    if (!held) return;
    const box = svg.getBoundingClientRect();
    const atX = ((event.clientX - held[0] - box.left) / box.width) * width;
    const atY = ((event.clientY - held[1] - box.top) / box.height) * height;
    move(fromPoints(axes.x, atX), fromPoints(axes.y, atY));
  });
  for (const end of ["pointerup", "pointercancel"]) element.addEventListener(end, () => { held = null; });
  element.addEventListener("keydown", (event) => {
    const steps = (event.shiftKey ? 10 : 1) * ({ ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[event.key] || 0);
    if (!steps) return;
    event.preventDefault();
    const horizontal = event.key === "ArrowLeft" || event.key === "ArrowRight", { state } = figure;
    move(state[xName] + (horizontal ? steps * x.step : 0), state[yName] + (horizontal ? 0 : steps * y.step));
  });

  return {
    follow() {
      const { state } = figure;
      element.style.left = `${(toPoints(axes.x, state[xName]) / width) * 100}%`;
      element.style.top = `${(toPoints(axes.y, state[yName]) / height) * 100}%`;
      element.setAttribute("aria-valuenow", state[xName]);
      const said = { "{x}": x.label, "{y}": y.label, "{vx}": formatNumber(state[xName], x.format, words), "{vy}": formatNumber(state[yName], y.format, words) };
      element.setAttribute("aria-valuetext", words.handle_at.replace(/\{\w+\}/g, (field) => said[field]));
    },
  };
}
