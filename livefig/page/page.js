// On a page without Python: wake every figure, with its native inputs as the controls.

import { rowsByKind, within } from "../controls/controls.js";
import { known } from "../description.js";
import { present, settingsFor } from "./access.js";
import { followAddress, linkTo, linked } from "./address.js";
import { LiveFigure } from "./figure.js";
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
  const parts = root.dataset.parts.split(" ").filter(Boolean);
  if (awake.has(root) || !whole || !parts.every(here)) return;
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
    const given = restored();
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
    const read = () => changeIfAny(linked(root.id, spec));
    const equip = () => {
      addTools(root, figure, change, (settings) => linkTo(root.id, settings));
      present(figure, (values) => change(settingsFor(figure, values)));
      Object.assign(given, linked(root.id, spec));
      read();
    };
    rows.forEach((row, name) => row.show(figure.state[name]));
    enable();
    awake.set(root, {
      restore: () => changeIfAny(restored()),
      read,
      number: spec.links?.number,
      follow: (name, value) => take({ [name]: within(figure.controls.get(name), value) }),
      spread: () => spread(given),
      equip,
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

function wakeAll() {
  const figures = [...document.querySelectorAll("figure.live-figure")].filter((root) => !awake.has(root));
  figures.forEach(wake);
  if (figures.length) awake.forEach(({ spread }) => spread?.());
  // A figure moves before its buttons are there, and before what follows the address.
  if (!here("tools")) return;
  awake.forEach((one) => {
    one.equip?.();
    delete one.equip;
  });
  followAddress(() => awake.forEach(({ read }) => read?.()));
}
globalThis.livefig = Object.assign(globalThis.livefig ?? {}, { wake: wakeAll }); // for a script on the page, behind its first figure
wakeAll();
document.addEventListener("readystatechange", wakeAll);
window.addEventListener("pageshow", () => awake.forEach(({ restore }) => restore?.()));
