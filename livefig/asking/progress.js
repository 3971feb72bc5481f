// How far a reader is: on the page, in the table of contents, on the first page; and what the reader can do with it.

import { CHANGED, said } from "./ask.js";
import { sealedResults } from "./results.js";

const FINISHED = ["right", "skipped"];

/** book: `asks`, the ids of the asks of each page; `root`, the address of the book; `titles` of its pages. */
export function addProgress(book, words, memory) {
  const place = document.querySelector(".ask-progress");
  const done = (page) => book.asks[page].filter((id) => FINISHED.includes(memory.answer(id)?.verdict)).length;
  const address = (page) => new URL(`${page}.html`, book.root).href;
  const links = [...document.querySelectorAll(".bd-sidebar nav a.reference.internal, nav.bd-links a.reference")];

  /** The counts, wherever they stand. */
  function show() {
    const pages = Object.keys(book.asks);
    for (const link of links) {
      const page = pages.find((name) => link.href.split("#")[0] === address(name) || isHere(link, name));
      if (!page || !done(page)) {
        link.querySelector(".ask-count")?.remove();
        continue;
      }
      const count = link.querySelector(".ask-count") ?? link.appendChild(make("span", "ask-count"));
      count.textContent = done(page) === book.asks[page].length ? " ✓" : ` ${done(page)}/${book.asks[page].length}`;
    }
    if (!place) return;
    const counted = book.page in book.asks ? [book.page] : pages;
    const all = counted.reduce((sum, page) => sum + book.asks[page].length, 0);
    const line = said(words.progress, { done: counted.reduce((sum, page) => sum + done(page), 0), all });
    place.querySelector(".ask-line").replaceChildren(line);
    const begun = pages.filter((page) => done(page)).sort((a, b) => latest(a).localeCompare(latest(b)));
    if (book.first && begun.length) {
      const page = begun.at(-1);
      const link = make("a", "ask-continue", said(words.continue, { chapter: book.titles[page] }));
      link.href = address(page);
      place.querySelector(".ask-line").append(" ", link);
    }
  }
  const isHere = (link, page) => page === book.page && link.getAttribute("href") === "#";
  const latest = (page) =>
    book.asks[page].map((id) => memory.answer(id)?.last ?? "").reduce((a, b) => (a > b ? a : b), "");

  if (place) fillPanel(place.querySelector(".ask-panel"), words, memory);
  window.addEventListener(CHANGED, show);
  show();
  return show;
}

export function make(tag, className, text = "") {
  return Object.assign(document.createElement(tag), { className, textContent: text });
}

/** Put what a reader can do with the answers into a `<details>`: save, open, forget, or keep none. */
export function fillPanel(panel, words, memory) {
  const tell = () => window.dispatchEvent(new Event(CHANGED));
  const line = Object.assign(make("p", "ask-say"), { role: "status" });
  const button = (word, act) => {
    const element = Object.assign(make("button", "", word), { type: "button" });
    element.addEventListener("click", act);
    return element;
  };
  const labelled = (word, input) => {
    const label = make("label", "", "");
    label.append(...(input.type === "checkbox" ? [input, word] : [word, input]));
    return label;
  };
  const name = Object.assign(make("input", ""), { type: "text", autocomplete: "name" });
  name.addEventListener("change", () => {
    memory.set({ name: name.value.trim() });
    tell();
  });
  const keep = Object.assign(make("input", ""), { type: "checkbox" });
  keep.addEventListener("change", () => memory.set({ off: !keep.checked }));
  const file = Object.assign(make("input", ""), { type: "file", accept: ".json,application/json", hidden: true });
  file.addEventListener("change", async () => {
    const taken = memory.take(await file.files[0].text());
    file.value = "";
    tell();
    line.replaceChildren(taken ? words.opened : words.not_results);
  });
  let forgotten = null;
  const forget = ({ target }) => {
    const before = forgotten ? null : memory.now;
    memory.write(forgotten ?? { off: !keep.checked });
    forgotten = before;
    tell();
    target.textContent = forgotten ? words.bring_back : words.clear;
    line.replaceChildren(forgotten ? words.cleared : words.opened);
  };
  const buttons = make("p", "ask-buttons");
  buttons.append(
    button(words.save, () => save(memory.results())),
    button(words.open, () => file.click()),
    file,
    button(words.clear, forget),
  );
  panel.append(labelled(words.name, name), buttons, labelled(words.keep, keep), line, make("p", "", words.private));
  const show = () => {
    name.value = memory.now.name ?? "";
    keep.checked = !memory.now.off;
  };
  window.addEventListener(CHANGED, show);
  show();
  memory.set({});
  if (!memory.open) line.replaceChildren(words.closed);
}

/** Give the results to the reader as a file. */
function save(results) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([sealedResults(results)], { type: "application/json" }));
  link.download = `${["results", results.name]
    .filter(Boolean)
    .join("-")
    .replace(/[^\p{L}\p{N}-]+/gu, "-")}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}
