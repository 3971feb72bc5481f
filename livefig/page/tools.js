// The buttons under a figure: reset, compare, turn back, copy a link, and step through time. Used on pages and in Jupyter.

import { place } from "../artists/kinds.js";
import { formatNumber } from "../controls/numbers.js";
import { arraysOf } from "./access.js";

/** change(settings): let the figure and its inputs take settings.  link(settings) -> address, where there is one. */
export function addTools(root, figure, change, link) {
  const { spec } = figure;
  const { words } = spec;
  const bar = root.querySelector(".live-tools");
  const button = (word, act, sign = word) => {
    const element = document.createElement("button");
    element.type = "button";
    element.textContent = sign;
    if (sign !== word) element.title = word;
    element.setAttribute("aria-label", word);
    element.addEventListener("click", () => act(element));
    bar.append(element);
    return element;
  };
  const time = spec.time && timeButtons(figure, change, button);
  button(words.reset, () => {
    if (time) time.pause();
    change(Object.fromEntries(spec.controls.map((control) => [control.name, control.setting])));
  });
  button(words.compare, (element) => {
    const on = element.getAttribute("aria-pressed") !== "true";
    element.setAttribute("aria-pressed", on);
    ghosts(figure, on);
  }).setAttribute("aria-pressed", "false");
  if (figure.turning && !spec.view) button(words.turn_back, figure.turning.back);
  if (link) button(words.link, (element) => copy(link(figure.state), element, words));
  addTables(root, figure);
}

/** Keep the present curves as grey ghosts behind the moving ones, or take them away. Words would only cover each other. */
function ghosts(figure, on) {
  figure.svg.querySelectorAll(".live-ghost").forEach((ghost) => ghost.remove());
  figure.keepGhosts = null;
  if (!on) return;
  const kept = new Map();
  for (const [name, { elements }] of figure.parts) {
    const [part] = elements;
    if (!part.hasAttribute("clip-path") || name.startsWith("still")) continue;
    const ghost = part.cloneNode(true);
    ghost.removeAttribute("data-part");
    ghost.classList.add("live-ghost");
    if (part.style.fill !== "none") ghost.classList.add("live-ghost-filled");
    part.parentElement.prepend(ghost);
    kept.set(name, ghost);
  }
  const { results, spec } = figure;
  if (!spec.artists.some(({ kind }) => kind === "limits")) return;
  /** Where limits follow, the ghosts move with them. */
  figure.keepGhosts = (axes) =>
    spec.artists.forEach((artist, i) => {
      if (artist.kind === "limits") return;
      for (const [part, attributes] of Object.entries(place(artist, axes[artist.axes], results[i].numbers)))
        for (const [name, value] of Object.entries(attributes))
          if (name === "inner" && kept.has(`${i}.${part}`)) kept.get(`${i}.${part}`).innerHTML = value;
          else kept.get(`${i}.${part}`)?.setAttribute(name, value);
    });
}

async function copy(address, element, words) {
  const say = (text) => {
    element.textContent = text;
    element.setAttribute("aria-label", text);
  };
  history.replaceState(null, "", address);
  try {
    await navigator.clipboard.writeText(address);
    say(words.copied);
  } catch {
    say(words.in_address); // no clipboard for pages from a disk: the address bar has the link
  }
  setTimeout(say, 2000, words.link);
}

/** Rewind, step back, play or pause, step forward: for the control that is the number of steps. */
function timeButtons(figure, change, button) {
  const { readout, spec } = figure;
  const { words } = spec;
  const control = figure.controls.get(spec.time);
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
  let timer = null;
  const go = (step) => change({ [control.name]: Math.min(Math.max(step, control.low), control.high) });
  const now = () => figure.state[control.name];
  // A sentence that changes with every step is not read aloud; where the play ends, the last one is.
  const pause = () => {
    if (timer === null) return;
    clearTimeout(timer);
    timer = null;
    label(words.play, "▶");
    readout.removeAttribute("aria-live");
    readout.replaceChildren(readout.textContent);
  };
  const label = (word, sign) => {
    player.textContent = sign;
    player.title = word;
    player.setAttribute("aria-label", word);
  };
  const tick = () => {
    const before = now();
    go(before + control.step);
    if (now() === before && control.repeat) go(control.low);
    if (now() === before || !figure.root.isConnected) return pause();
    timer = setTimeout(
      tick,
      calm.matches ? 800 : (control.interval ?? Math.max(40, 4000 / ((control.high - control.low) / control.step))),
    );
  };
  const jump = (step) => () => {
    pause();
    go(step());
  };
  button(
    words.rewind,
    jump(() => control.low),
    "⇤",
  );
  button(
    words.back,
    jump(() => now() - control.step),
    "←",
  );
  const playOrPause = () => {
    if (timer !== null) return pause();
    if (now() >= control.high) go(control.low);
    label(words.pause, "❚❚");
    readout.setAttribute("aria-live", "off");
    tick();
  };
  const player = button(words.play, playOrPause, "▶");
  button(
    words.forward,
    jump(() => now() + control.step),
    "→",
  );
  return { pause };
}

const MOST_ROWS = 200; // of a table; the rest is counted

/** The data of the moving artists as tables, on demand. */
function addTables(root, figure) {
  const { spec } = figure;
  const { words } = spec;
  const details = document.createElement("details");
  details.className = "live-data";
  details.append(Object.assign(document.createElement("summary"), { textContent: words.numbers }));
  root.querySelector(".live-tools").after(details);
  const cell = (kind, text) => Object.assign(document.createElement(kind), { textContent: text });
  const fill = () => {
    details.querySelectorAll("table, p").forEach((old) => old.remove());
    if (!details.open) return;
    spec.artists.forEach((artist, i) => {
      if (!artist.columns.length) return; // it is only shown or hidden
      const timed = figure.tape.outputs[i][1] !== null;
      const [array, levels] = arraysOf(figure, i);
      addTable(array, artist.columns, artist.name || words[artist.kind], timed);
      if (levels) addTable(levels, [words.value], words.levels, false);
    });
  };
  const addTable = ({ numbers }, columns, caption, timed) => {
    const width = columns.length;
    const rows = numbers.length / width;
    const table = document.createElement("table");
    table.createCaption().textContent = caption;
    const head = table.createTHead().insertRow();
    const body = table.createTBody();
    for (const name of [timed ? words.step : words.row, ...columns])
      head.append(Object.assign(cell("th", name), { scope: "col" }));
    for (let k = 0; k < Math.min(rows, MOST_ROWS); k++) {
      const row = body.insertRow();
      row.append(Object.assign(cell("th", timed ? k : k + 1), { scope: "row" }));
      for (const value of numbers.slice(k * width, (k + 1) * width))
        row.append(cell("td", formatNumber(value, ".6g", words)));
    }
    details.append(table);
    if (rows > MOST_ROWS) details.append(cell("p", words.more_rows.replace("{count}", rows - MOST_ROWS)));
  };
  details.addEventListener("toggle", fill);
  figure.afterDraw = fill;
}
