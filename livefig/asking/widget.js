// In Jupyter: the same question, which remembers answers for this notebook's address.

import { wakeAsk } from "./ask.js";
import { Memory } from "./results.js";

export function render({ model, el }) {
  el.innerHTML = model.get("html");
  const memory = new Memory(location.origin + location.pathname, {});
  wakeAsk(el.querySelector("form"), model.get("words"), memory);
  el.addEventListener("keydown", keepKeys, true);

  /** What is typed into a box is typed, and no shortcut of the notebook. */
  function keepKeys({ target }) {
    target.toggleAttribute("data-lm-suppress-shortcuts", true);
  }
}
