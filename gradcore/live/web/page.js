// On a page without Python: wake every figure, with its native inputs as the controls.

const awake = new Map(); // every figure that was woken: what to do when the browser restores its inputs

function wake(root) {
  if (awake.has(root)) return;
  awake.set(root, () => {});
  const note = (text) => {
    const p = document.createElement("p");
    p.className = "live-note";
    p.textContent = text;
    root.append(p);
  };
  let spec;
  try {
    spec = JSON.parse(root.querySelector('script[type="application/json"]').textContent);
    const rows = new Map([...root.querySelectorAll(".live-control")].map((row) => {
      const [slider, box] = row.querySelectorAll("input");
      return [slider.name, { row, slider, box, last: [slider.defaultValue, box.defaultValue] }];
    }));
    const chosen = () => {
      const found = {};
      for (const control of spec.controls) {
        const value = restored(control, rows.get(control.name), spec.words);
        if (value !== null) found[control.name] = value;
      }
      return found;
    };
    const values = { ...Object.fromEntries(spec.controls.map((control) => [control.name, control.value])), ...chosen() };
    const figure = new LiveFigure(root, spec, values, (moved) => change(moved));
    const change = (moved, typing) => {
      figure.set(moved);
      for (const name of Object.keys(moved)) show(figure.controls.get(name), rows.get(name), figure.state[name], spec.words, typing);
    };
    for (const control of spec.controls) {
      const row = rows.get(control.name);
      show(control, row, values[control.name], spec.words);
      listen(control, row, spec.words, figure, change);
      row.slider.disabled = row.box.disabled = control.disabled;
    }
    awake.set(root, () => change(chosen()));
    root.live = { set: (moved) => change(checked(figure, moved)), values: () => ({ ...figure.state }), data: () => figure.data() };
  } catch (error) {
    note(root.dataset.broken);
  }
}

function checked(figure, moved) {
  for (const [name, value] of Object.entries(moved)) {
    if (!figure.controls.has(name)) throw new TypeError(`there is no control "${name}"`);
    if (typeof value !== "number" || !Number.isFinite(value)) throw new TypeError(`${name} must be a finite number, not ${value}`);
  }
  return moved;
}

const valueAt = (control, at) => (control.base === null ? at : control.base ** at);

/** What the browser has put into a control's inputs by itself, after a reload or on the way back; or null. */
function restored(control, { slider, box, last }, words) {
  if (Math.abs(slider.value - last[0]) < control.step / 2 && box.value === last[1]) return null;
  const value = valueAt(control, Number(slider.value));
  const typed = box.value !== "" && box.value !== boxText(control, value, words) && inRange(control, Number(box.value));
  return typed ? Number(box.value) : value;
}

const boxText = (control, value, words) => formatNumber(value, control.format, words).replace(/−/g, "-").replace(/,/g, "");

const inRange = (control, value) =>
  Number.isFinite(value) && value >= control.low && value <= control.high && (!control.whole || Number.isInteger(value));

/** Let slider and box show a value; a box that is being typed into is left alone. */
function show(control, parts, value, words, typing) {
  const { slider, box, row } = parts;
  const at = control.base === null ? value : Math.log(value) / Math.log(control.base);
  if (typing !== slider) slider.value = at;
  if (control.base !== null) slider.setAttribute("aria-valuetext", formatNumber(value, control.format, words));
  if (typing !== box) box.value = boxText(control, value, words);
  parts.last = [slider.value, box.value];
  complain(row, box, "");
}

function complain(row, box, text) {
  let sign = row.querySelector(".live-error");
  if (!text && !sign) return;
  if (!sign) {
    sign = document.createElement("span");
    sign.className = "live-error";
    sign.setAttribute("role", "alert");
    row.append(sign);
  }
  sign.textContent = text;
  if (text) box.setAttribute("aria-invalid", "true");
  else box.removeAttribute("aria-invalid");
}

function listen(control, parts, words, figure, change) {
  const { slider, box, row } = parts, { name } = control;
  slider.addEventListener("input", () => change({ [name]: valueAt(control, Number(slider.value)) }, slider));
  const valid = () => box.value !== "" && inRange(control, Number(box.value));
  let text = "";
  box.addEventListener("input", () => {
    // "9", "99", "999" is one number being typed; if it ends out of range, what stood before "9" stays.
    if (!box.validity.badInput) {
      if (!text || !box.value.startsWith(text)) parts.good = figure.state[name];
      text = box.value;
    }
    change({ [name]: valid() ? Number(box.value) : parts.good }, box);
    if (valid()) return;
    const limit = (x) => formatNumber(x, ".6g", words);
    complain(row, box, words.out_of_range.replace("{low}", limit(control.low)).replace("{high}", limit(control.high)));
  });
  box.addEventListener("change", () => {
    text = "";
    if (!valid()) show(control, parts, figure.state[name], words);
  });
  box.addEventListener("keydown", (event) => {
    const steps = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (!steps) return;
    event.preventDefault();
    const at = Number(slider.value) + steps * control.step;
    change({ [name]: onGrid(control, valueAt(control, Math.min(Math.max(at, control.min), control.max))) });
  });
}

function wakeAll() {
  document.querySelectorAll("figure.live-figure").forEach(wake);
}
wakeAll();
document.addEventListener("readystatechange", wakeAll);
window.addEventListener("pageshow", () => awake.forEach((reread) => reread()));
