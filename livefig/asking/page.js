// On a page without Python: wake every question, and show how far the reader is.

import { wakeAsk } from "./ask.js";
import { addProgress } from "./progress.js";
import { Memory } from "./results.js";

function wakeAsks() {
  const told = document.getElementById("livefig-asks");
  const book = told ? JSON.parse(told.textContent) : { asks: {} };
  book.root = new URL(book.up ?? ".", location.href).href;
  const memory = new Memory(book.root, book);
  const progress = addProgress(book, book.words, memory);
  const kept = memory.keep.bind(memory);
  memory.keep = (id, record) => {
    kept(id, record);
    progress();
  };
  for (const form of document.querySelectorAll("form.live-ask")) wakeAsk(form, book.words, memory);
  globalThis.livefig = Object.assign(globalThis.livefig ?? {}, { results: () => memory.results() });
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", wakeAsks);
else wakeAsks();
