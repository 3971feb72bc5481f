// In Jupyter: the same question, and under it what a reader can do with all answers of this Jupyter.

import { wakeAsk } from "./ask.js";
import { fillPanel, make } from "./progress.js";
import { Memory } from "./results.js";

export function render({ model, el }) {
  el.innerHTML = model.get("html");
  const words = model.get("words");
  const memory = new Memory(home(model), {});
  wakeAsk(el.querySelector("form"), words, memory);
  const panel = el.appendChild(make("details", "ask-panel"));
  panel.append(make("summary", "", words.yours));
  fillPanel(panel, words, memory);
  // What is typed here is no shortcut of the notebook, and Enter is an answer.
  el.setAttribute("data-lm-suppress-shortcuts", true);
  for (const kind of ["keydown", "keypress"]) el.addEventListener(kind, (event) => event.stopPropagation());
}

/** The folder of the notebook: it is a copy of the book. Where the folder is not known, the notebook's address. */
function home({ widget_manager }) {
  const config = document.getElementById("jupyter-config-data");
  const { baseUrl = location.pathname, serverRoot = "" } = config ? JSON.parse(config.textContent) : {};
  const notebook = widget_manager?.context?.localPath ?? "";
  const folder = [serverRoot, ...notebook.split("/").slice(0, -1)].join("/");
  return new URL(baseUrl, location.href).href.split(/[?#]/)[0] + folder;
}
