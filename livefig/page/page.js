// On a page without Python: wake every figure, with its native inputs as the controls.

import { asSetting, isPair, mistake, rowsByKind, within } from "../controls/controls.js";
import { known } from "../description.js";
import { LiveFigure, settingsFor } from "./figure.js";
import { addTools } from "./tools.js";

// Every figure that was woken: what to do when the browser restores its inputs, and when the address changes.
const awake = new Map();

/** Whether a part of this script has come. (Joined, a script `takes` its parts: see joined.py.) */
function here(name) {
  const part = globalThis.livefig?.parts?.[name];
  if (!part) return false;
  takes[name]?.(part);
  delete takes[name];
  return true;
}

function wake(root) {
  const whole = document.readyState !== "loading" || root.nextSibling; // else the parser may still be inside it
  if (awake.has(root) || !whole || !root.dataset.parts.match(/\w*/g).every((name) => !name || here(name))) return;
  awake.set(root, {});
  try {
    const spec = JSON.parse(root.querySelector('script[type="application/json"]').textContent);
    if (!known(spec)) return giveUp(root, spec.words?.other_version);
    const rows = new Map(
      spec.controls.map((control) => {
        const row = root.querySelector(`[data-control="${control.name}"]`);
        return [
          control.name,
          rowsByKind()[control.kind](control, row, spec.words, (value, typing) =>
            change({ [control.name]: value }, typing),
          ),
        ];
      }),
    );
    /** What the browser has put into the inputs by itself, after a reload or on the way back. */
    const restored = () =>
      Object.fromEntries([...rows].map(([name, row]) => [name, row.restored()]).filter(([, value]) => value !== null));
    const given = { ...restored(), ...linked(root.id, spec) };
    const figure = new LiveFigure(root, spec, (moved) => change(moved));
    const take = (moved, typing) => {
      try {
        figure.set(moved);
      } catch {
        return giveUp(root);
      }
      for (const name of Object.keys(moved)) rows.get(name).show(figure.state[name], typing);
      enable();
    };
    const change = (moved, typing) => {
      take(moved, typing);
      spread(moved);
    };
    /** What is linked follows, here and in the other figures of the page. */
    const spread = (moved) => {
      for (const name of Object.keys(moved))
        for (const [number, other] of spec.links?.moves[name] ?? [])
          awake.forEach((one) => one.number === number && one.follow(other, figure.state[name]));
    };
    const enable = () =>
      rows.forEach((row, name) => row.enable(!figure.controls.get(name).disabled && figure.uses(name)));
    /** The picture was published as the settings stand: only others are drawn. */
    const changeIfAny = (settings) => {
      if (Object.keys(settings).length) change(settings);
    };
    rows.forEach((row, name) => row.show(figure.state[name]));
    enable();
    figure.present((values) => change(settingsFor(figure, values)));
    awake.set(root, {
      restore: () => changeIfAny(restored()),
      read: () => changeIfAny(linked(root.id, spec)),
      number: spec.links?.number,
      follow: (name, value) => take({ [name]: within(figure.controls.get(name), value) }),
      spread: () => spread(given),
      equip: () => addTools(root, figure, change, (settings) => linkTo(root.id, settings)),
    });
    changeIfAny(given);
  } catch {
    giveUp(root);
  }
}

/** A figure that cannot move says why, once, and its controls rest. */
function giveUp(root, why = root.dataset.broken) {
  if (root.lastElementChild.className === "live-note") return;
  awake.set(root, {});
  delete root.live;
  root.querySelectorAll("input, select, button").forEach((control) => {
    control.disabled = true;
  });
  root.querySelectorAll(".live-handle, .live-turn").forEach((handle) => handle.remove());
  root.append(Object.assign(document.createElement("p"), { className: "live-note", textContent: why }));
}

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

function linkTo(id, settings) {
  const others = partsOfAddress();
  others.delete(id);
  const written = (value) => (typeof value === "string" ? encodeURIComponent(value) : [value].flat().map(Number));
  const part = [id, ...Object.entries(settings).map(([name, value]) => `${name}=${written(value)}`)].join(";");
  const address = new URL(location.href);
  address.hash = [part, ...others.values()].map(encodeURIComponent).join("&");
  return address.href;
}

/** The settings that the address gives a figure; what no control can take is left out. */
function linked(id, spec) {
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

function wakeAll() {
  const figures = [...document.querySelectorAll("figure.live-figure")].filter((root) => !awake.has(root));
  figures.forEach(wake);
  if (figures.length) awake.forEach(({ spread }) => spread?.());
  // A figure moves before its buttons are there.
  if (here("tools"))
    awake.forEach((one) => {
      one.equip?.();
      delete one.equip;
    });
}
globalThis.livefig = Object.assign(globalThis.livefig ?? {}, { wake: wakeAll }); // for a script on the page, behind its first figure
wakeAll();
document.addEventListener("readystatechange", wakeAll);
// Who comes back, or asks for the page again, stays where the browser puts them.
if (performance.navigation.type === performance.navigation.TYPE_NAVIGATE) {
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", seek);
  else seek();
}
window.addEventListener("pageshow", () => awake.forEach(({ restore }) => restore?.()));
window.addEventListener("hashchange", () => {
  awake.forEach(({ read }) => read?.());
  seek();
});
