// Sliders on a page, each with a number box. sliders.py is the twin.

import { fill, formatNumber, readNumber } from "./numbers.js";

export const SLIDERS = {
  FloatSliderModel: sliderRow,
  FloatLogSliderModel: sliderRow,
  IntSliderModel: sliderRow,
  BoundedFloatTextModel: sliderRow,
  BoundedIntTextModel: sliderRow,
  PlayModel: sliderRow,
  FloatTextModel: sliderRow,
  IntTextModel: sliderRow,
};

export function sliderRow(control, row, words, change) {
  const [slider, box] = row.querySelectorAll("input");
  const log = control.base !== null;
  const valueAt = (at) => (log ? control.base ** at : at);
  const placeOf = (value) => (log ? Math.log(value) / Math.log(control.base) : value);
  const boxText = (value) => formatNumber(value, control.format, words).replace(/−/g, "-");
  const complaint = () => fill(control.open ? words.no_number : words.out_of_range, control, words);
  const valid = () => {
    const value = typed(control, box.value);
    return value >= control.low && value <= control.high && (!control.whole || Number.isInteger(value));
  };
  let last = [slider.defaultValue, box.defaultValue];
  let now = control.setting;
  let good = now;
  let text = "";

  onSlide(
    slider,
    () => change(valueAt(Number(slider.value)), slider),
    () => {
      slider.value = placeOf(now);
    },
  );
  box.addEventListener("input", () => {
    // "9", "99", "999" is one number being typed; if it ends out of range, what stood before "9" stays.
    if (!text || !box.value.startsWith(text)) good = now;
    text = box.value;
    change(valid() ? typed(control, text) : good, box);
    if (!valid()) complain(row, box, complaint());
  });
  box.addEventListener("change", () => {
    text = "";
    const sign = valid() ? null : row.querySelector(".live-error");
    if (!valid() || control.stops) change(now);
    // Its room stays until the next move: what is being clicked must not move away.
    if (sign) Object.assign(sign, { textContent: complaint(), className: "live-error live-past" });
  });
  box.addEventListener("keydown", (event) => {
    const steps = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (!steps) return;
    event.preventDefault();
    change(
      control.open ? now + steps * control.step : onGrid(control, valueAt(Number(slider.value) + steps * control.step)),
    );
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
      const moved = Math.abs(slider.value - last[0]) >= control.step / 2;
      const other = box.value !== last[1];
      const value = valueAt(Number(slider.value));
      if (other && valid() && box.value !== boxText(value)) return typed(control, box.value);
      return moved || other ? value : null; // a browser may bring back the one and not the other
    },
    enable(yes) {
      slider.disabled = box.disabled = !yes;
    },
  };
}

/** The number in a box: a plain one, or as the control writes it. */
function typed({ format }, text) {
  const percent = format.endsWith("%") && text.includes("%");
  const plain = format.includes(",") ? text.replace(/,(?=\d{3}(?!\d))/g, "") : text;
  return (
    readNumber(plain.replace(format.includes("$") ? "$" : "", "").replace(percent ? "%" : "", "")) / (percent ? 100 : 1)
  );
}

/** What to do when a reader moves a slider, and when a finger has touched it by the way. */
export function onSlide(slider, slide, stay) {
  slider.addEventListener("input", () => {
    if (!finger) slide();
  });
  // A finger may only scroll the page: it means the slider when it goes sideways, or leaves again.
  let finger = null;
  slider.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "touch") finger = event;
  });
  slider.addEventListener("pointermove", (event) => {
    if (finger && Math.abs(event.clientX - finger.clientX) > 8) finger = null;
  });
  slider.addEventListener("pointerup", () => {
    if (finger) slide();
    finger = null;
  });
  slider.addEventListener("pointercancel", () => {
    if (finger) stay();
    finger = null;
  });
}

export function complain(row, box, text) {
  let sign = row.querySelector(".live-error");
  if (!text && !sign) return;
  if (!sign) {
    sign = document.createElement("span");
    sign.className = "live-error";
    sign.setAttribute("role", "alert");
    row.append(sign);
  }
  Object.assign(sign, { textContent: text, className: "live-error" });
  if (text) box.setAttribute("aria-invalid", "true");
  else box.removeAttribute("aria-invalid");
}

/** A value moved onto the grid of its control and into its range. */
export function onGrid(control, value) {
  const log = control.base !== null;
  const at = log ? Math.log(Math.max(value, 1e-300)) / Math.log(control.base) : value;
  const steps = Math.round((at - control.min) / control.step);
  const snapped = Number(
    Math.min(Math.max(control.min + steps * control.step, control.min), control.max).toPrecision(12),
  );
  return log ? control.base ** snapped : snapped;
}

/** The value of an enumerated slider at one of its stops. */
export function atStop({ min, step, base }, number) {
  const at = Number((min + number * step).toPrecision(12));
  return base === null ? at : base ** at;
}

/** The stop that is the nearest to a value. */
export function stopOf({ min, step, base, stops }, value) {
  const at = base === null ? value : Math.log(value) / Math.log(base);
  return Math.max(0, Math.min(Math.round((at - min) / step), stops - 1));
}
