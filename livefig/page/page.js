// On a page without Python: wake every figure, with its native inputs as the controls.

import { fill, formatNumber } from "../controls/numbers.js";
import { asSetting, LiveFigure, onGrid, settingsFor } from "./figure.js";
import { addTools } from "./tools.js";

const awake = new Map(); // every figure that was woken: what to do when the browser restores its inputs

function wake(root) {
  const whole = document.readyState !== "loading" || root.nextSibling; // else the parser may still be inside it
  if (awake.has(root) || !whole) return;
  awake.set(root, () => {});
  try {
    const spec = JSON.parse(root.querySelector('script[type="application/json"]').textContent);
    const rows = new Map(spec.controls.map((control) => {
      const row = root.querySelector(`[data-control="${control.name}"]`);
      const kind = "low" in control ? sliderRow : control.options ? choiceRow : checkRow;
      return [control.name, kind(control, row, spec.words, (value, typing) => change({ [control.name]: value }, typing))];
    }));
    /** What the browser has put into the inputs by itself, after a reload or on the way back. */
    const restored = () => Object.fromEntries([...rows].map(([name, row]) => [name, row.restored()]).filter(([, value]) => value !== null));
    const given = { ...restored(), ...linked(root.id, spec) };
    const figure = new LiveFigure(root, spec, (moved) => change(moved));
    const change = (moved, typing) => {
      try {
        figure.set(moved);
      } catch {
        return giveUp(root);
      }
      for (const name of Object.keys(moved)) rows.get(name).show(figure.state[name], typing);
      enable();
    };
    const enable = () => rows.forEach((row, name) => row.enable(!figure.controls.get(name).disabled && figure.uses(name)));
    /** The picture was published as the settings stand: only others are drawn. */
    const changeIfAny = (settings) => { if (Object.keys(settings).length) change(settings); };
    rows.forEach((row, name) => row.show(figure.state[name]));
    enable();
    addTools(root, figure, change, (settings) => linkTo(root.id, settings));
    root.live = { set: (values) => change(settingsFor(figure, values)), values: () => figure.values(), data: () => figure.data() };
    awake.set(root, () => changeIfAny(restored()));
    changeIfAny(given);
  } catch {
    giveUp(root);
  }
}

/** A damaged figure says so, once, and its controls rest. */
function giveUp(root) {
  if (root.lastElementChild.className === "live-note") return;
  awake.set(root, () => {});
  delete root.live;
  root.querySelectorAll("input, select, button").forEach((control) => { control.disabled = true; });
  root.querySelectorAll(".live-handle").forEach((handle) => handle.remove());
  root.append(Object.assign(document.createElement("p"), { className: "live-note", textContent: root.dataset.broken }));
}

// A link carries the settings of figures after the #: #figure-id;lr=0.3;x0=-7&other-id;h=0.1

function partsOfAddress() {
  const parts = location.hash.slice(1).split("&").map(decoded).filter((part) => part.includes(";"));
  return new Map(parts.map((part) => [part.split(";")[0], part]));
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return ""; // a damaged link
  }
}

function linkTo(id, settings) {
  const parts = partsOfAddress();
  parts.set(id, [id, ...Object.entries(settings).map(([name, value]) => `${name}=${Number(value)}`)].join(";"));
  const address = new URL(location.href);
  address.hash = [...parts.values()].map(encodeURIComponent).join("&");
  return address.href;
}

/** The settings that the address gives a figure; what no control can take is left out. */
function linked(id, spec) {
  const found = {}, part = partsOfAddress().get(id);
  if (!part) return found;
  const given = new Map(part.split(";").slice(1).map((pair) => pair.split("=")));
  for (const control of spec.controls) {
    const value = given.has(control.name) ? Number(given.get(control.name)) : NaN;
    const fits = control.options ? value in control.options : "low" in control ? value >= control.low && value <= control.high : true;
    if (Number.isFinite(value) && fits) found[control.name] = asSetting(control, value);
  }
  return found;
}

// A row has show(setting, typing), restored() -> setting or null, and enable(yes). `typing` is the input in use.

function sliderRow(control, row, words, change) {
  const [slider, box] = row.querySelectorAll("input"), log = control.base !== null;
  const valueAt = (at) => (log ? control.base ** at : at);
  const placeOf = (value) => (log ? Math.log(value) / Math.log(control.base) : value);
  const boxText = (value) => formatNumber(value, control.format, words).replace(/−/g, "-").replace(/,/g, "");
  const complaint = fill(words.out_of_range, control, words);
  const valid = () => {
    const value = Number(box.value);
    return box.value !== "" && value >= control.low && value <= control.high && (!control.whole || Number.isInteger(value));
  };
  let last = [slider.defaultValue, box.defaultValue], now = control.setting, good = now, text = "";

  slider.addEventListener("input", () => change(valueAt(Number(slider.value)), slider));
  box.addEventListener("input", () => {
    // "9", "99", "999" is one number being typed; if it ends out of range, what stood before "9" stays.
    if (!box.validity.badInput) {
      if (!text || !box.value.startsWith(text)) good = now;
      text = box.value;
    }
    change(valid() ? Number(box.value) : good, box);
    if (!valid()) complain(row, box, complaint);
  });
  box.addEventListener("change", () => {
    text = "";
    if (!valid()) change(now);
  });
  box.addEventListener("keydown", (event) => {
    const steps = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (!steps) return;
    event.preventDefault();
    change(onGrid(control, valueAt(Number(slider.value) + steps * control.step)));
  });

  return {
    show(value, typing) {
      now = value;
      if (typing !== slider) slider.value = placeOf(value);
      if (log) slider.setAttribute("aria-valuetext", formatNumber(value, control.format, words));
      if (typing !== box) box.value = boxText(value);
      last = [slider.value, box.value];
      complain(row, box, "");
    },
    restored() {
      if (Math.abs(slider.value - last[0]) < control.step / 2 && box.value === last[1]) return null;
      const value = valueAt(Number(slider.value));
      return valid() && box.value !== boxText(value) ? Number(box.value) : value;
    },
    enable(yes) { slider.disabled = box.disabled = !yes; },
  };
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

function choiceRow(control, row, words, change) {
  const select = row.querySelector("select"), buttons = [...row.querySelectorAll("input")];
  const chosen = () => (select ? select.selectedIndex : buttons.findIndex((button) => button.checked));
  let last = control.setting;
  row.addEventListener("change", () => change(chosen()));
  return {
    show(index) {
      last = index;
      if (select) select.selectedIndex = index;
      else buttons[index].checked = true;
    },
    restored: () => (chosen() === last || chosen() < 0 ? null : chosen()),
    enable(yes) { (select ? [select] : buttons).forEach((input) => { input.disabled = !yes; }); },
  };
}

function checkRow(control, row, words, change) {
  const box = row.querySelector("input");
  let last = control.setting;
  box.addEventListener("change", () => change(box.checked));
  return {
    show(checked) { last = box.checked = checked; },
    restored: () => (box.checked === last ? null : box.checked),
    enable(yes) { box.disabled = !yes; },
  };
}

function wakeAll() {
  document.querySelectorAll("figure.live-figure").forEach(wake);
}
wakeAll();
document.addEventListener("readystatechange", wakeAll);
window.addEventListener("pageshow", () => awake.forEach((reread) => reread()));
