// In Jupyter: the same question, and under it what a reader can do with all answers of this Jupyter.

import { wakeAsk } from "./ask.js";
import { fillPanel, make } from "./progress.js";
import { Memory } from "./results.js";

export function render({ model, el }) {
  el.innerHTML = model.get("html");
  const words = model.get("words");
  const memory = new Memory(home(), {});
  wakeAsk(el.querySelector("form"), words, memory);
  const panel = el.appendChild(make("details", "ask-panel"));
  panel.append(make("summary", "", words.yours));
  fillPanel(panel, words, memory);
  // What is typed here is no shortcut of the notebook, and Enter is an answer.
  el.setAttribute("data-lm-suppress-shortcuts", true);
  for (const kind of ["keydown", "keypress"]) el.addEventListener(kind, (event) => event.stopPropagation());
}

/** Where this Jupyter begins: all its notebooks share the answers. Elsewhere, the notebook's address. */
function home() {
  const config = document.getElementById("jupyter-config-data");
  const { baseUrl = location.pathname } = config ? JSON.parse(config.textContent) : {};
  return new URL(baseUrl, location.href).href.split(/[?#]/)[0];
}
