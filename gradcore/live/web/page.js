// On a page without Python: wake every figure, with its native inputs as the controls.

function wake(root) {
  if (root.live) return;
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
      return [slider.name, { row, slider, box }];
    }));
    const values = {};
    for (const control of spec.controls) values[control.name] = firstValue(control, rows.get(control.name));
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

/** The value of a control when the page wakes: as described, unless the browser has restored what a reader chose. */
function firstValue(control, { slider, box }) {
  if (box.value !== box.defaultValue && box.value !== "" && inRange(control, Number(box.value))) return Number(box.value);
  if (Math.abs(Number(slider.value) - Number(slider.defaultValue)) > control.step / 2) return valueAt(control, Number(slider.value));
  return control.value;
}

const inRange = (control, value) =>
  Number.isFinite(value) && value >= control.low && value <= control.high && (!control.whole || Number.isInteger(value));

/** Let slider and box show a value; a box that is being typed into is left alone. */
function show(control, { slider, box, row }, value, words, typing) {
  const at = control.base === null ? value : Math.log(value) / Math.log(control.base);
  if (typing !== slider) slider.value = at;
  if (control.base !== null) slider.setAttribute("aria-valuetext", formatNumber(value, control.format, words));
  if (typing !== box) box.value = formatNumber(value, control.format, words).replace("−", "-").replace(/,/g, "");
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
  box.addEventListener("input", () => {
    const value = Number(box.value);
    if (box.value !== "" && inRange(control, value)) change({ [name]: value }, box);
    else {
      const limit = (x) => formatNumber(x, ".6g", words);
      complain(row, box, words.out_of_range.replace("{low}", limit(control.low)).replace("{high}", limit(control.high)));
    }
  });
  box.addEventListener("change", () => {
    if (box.getAttribute("aria-invalid")) show(control, parts, figure.state[name], words);
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
