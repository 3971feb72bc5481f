// In Jupyter: the same question, which remembers answers for this notebook's address.

import { wakeAsk } from "./ask.js";
import { Memory } from "./results.js";

export function render({ model, el }) {
  el.innerHTML = model.get("html");
  const memory = new Memory(location.origin + location.pathname, {});
  wakeAsk(el.querySelector("form"), model.get("words"), memory);
  // What is typed here is no shortcut of the notebook, and Enter is an answer.
  el.setAttribute("data-lm-suppress-shortcuts", true);
  for (const kind of ["keydown", "keypress"]) el.addEventListener(kind, (event) => event.stopPropagation());
}
