// The address of a page carries settings of its figures, and leads to one.

import { asSetting, isPair, mistake } from "../controls/controls.js";

// A link carries the settings of figures after the #: #figure-id;lr=0.3;x0=-7&other-id;h=0.1. It leads to the first.

function partsOfAddress() {
  const parts = location.hash
    .slice(1)
    .split("&")
    .map(decoded)
    .filter((part) => part.includes(";"));
  return new Map(parts.map((part) => [part.split(";")[0], part]));
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return ""; // a damaged link
  }
}

/** The address of the page with settings of a figure. */
export function linkTo(id, settings) {
  const others = partsOfAddress();
  others.delete(id);
  const written = (value) => (typeof value === "string" ? encodeURIComponent(value) : [value].flat().map(Number));
  const part = [id, ...Object.entries(settings).map(([name, value]) => `${name}=${written(value)}`)].join(";");
  const address = new URL(location.href);
  address.hash = [part, ...others.values()].map(encodeURIComponent).join("&");
  return address.href;
}

/** The settings that the address gives a figure; what no control can take is left out. */
export function linked(id, spec) {
  const found = {};
  const part = partsOfAddress().get(id);
  if (!part) return found;
  const [, ...pairs] = part.split(";");
  const given = new Map(pairs.map((pair) => pair.split("=")));
  for (const control of spec.controls) {
    if (control.variables && given.has(control.name)) {
      const text = decoded(given.get(control.name));
      if (!mistake(control, text, spec.words)) found[control.name] = text;
      continue;
    }
    const numbers = (given.get(control.name) ?? "NaN").split(",").map(Number);
    const [value] = numbers;
    const fits = (number) => !("low" in control) || (number >= control.low && number <= control.high);
    const offered = !control.options || value in control.options;
    const whole = control.ends ? isPair(numbers) : numbers.length === 1 && Number.isFinite(value);
    if (whole && numbers.every(fits) && offered)
      found[control.name] = asSetting(control, control.ends ? numbers : value);
  }
  return found;
}

// The figure of the address stays in view while what stands above it comes and grows, until the reader does something.
let sought = null;
const growth = new ResizeObserver(() => sought?.scrollIntoView({ behavior: "instant" }));
for (const act of ["wheel", "touchstart", "pointerdown", "keydown"])
  window.addEventListener(
    act,
    () => {
      sought = null;
    },
    { capture: true, passive: true },
  );

function seek() {
  const [id] = partsOfAddress().keys();
  sought = document.getElementById(id);
  growth.unobserve(document.body);
  growth.observe(document.body); // it tells the present size, too
}

let followed = false;

/** Lead to the figure of the address, now and when it changes.  read(): let figures take the settings in it. */
export function followAddress(read) {
  if (followed) return;
  followed = true;
  // Who comes back, or asks for the page again, stays where the browser puts them.
  if (performance.navigation.type === performance.navigation.TYPE_NAVIGATE) {
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", seek);
    else seek();
  }
  window.addEventListener("hashchange", () => {
    read();
    seek();
  });
}
