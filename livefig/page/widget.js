// In Jupyter: the same figure, its values linked to ipywidgets by name.

import { mistake } from "../controls/controls.js";
import { known } from "../description.js";
import { present, settingsFor } from "./access.js";
import { LiveFigure } from "./figure.js";
import { addTools } from "./tools.js";

export function render({ model, el }) {
  const spec = model.get("spec");
  const figureElement = document.createElement("figure");
  const title = document.createElement("figcaption");
  const view = document.createElement("div");
  const plot = document.createElement("div");
  const readout = document.createElement("p");
  const tools = document.createElement("div");
  figureElement.className = "live-figure";
  figureElement.dataset.figure = spec.id || spec.title;
  title.className = "live-title";
  title.textContent = spec.title;
  view.className = "live-view";
  plot.className = "live-plot";
  plot.innerHTML = model.get("svg");
  const { width, height } = plot.firstElementChild.viewBox.baseVal;
  figureElement.style.setProperty("--live-ratio", width / height);
  plot.firstElementChild.setAttribute("role", "img");
  plot.firstElementChild.setAttribute("aria-label", [spec.title, spec.description].filter(Boolean).join(". "));
  readout.className = "readout";
  readout.setAttribute("role", "status");
  const complaint = document.createElement("p");
  complaint.className = "live-error";
  complaint.setAttribute("role", "alert");
  tools.className = "live-tools";
  tools.classList.toggle("live-timed", Boolean(spec.time));
  tools.classList.toggle("live-turns", Boolean(spec.spaces?.length && !spec.view));
  view.append(plot, readout);
  figureElement.append(title, view, complaint, tools);
  el.replaceChildren(figureElement);
  if (!known(spec)) {
    readout.textContent = spec.words?.other_version ?? "";
    return;
  }

  const trait = (name) => `control_${name}`;
  const names = spec.controls.map((control) => control.name);
  const settings = () => Object.fromEntries(names.map((name) => [name, model.get(trait(name))]));
  const send = (moved) => {
    for (const [name, value] of Object.entries(moved)) model.set(trait(name), value);
    model.save_changes();
  };
  const figure = new LiveFigure(figureElement, spec, send);
  /** What is no formula is told, and the last one stays in force. */
  const follow = () => {
    const given = settings();
    const problems = spec.controls
      .map((control) => [control, mistake(control, given[control.name], spec.words)])
      .filter(([control, problem]) => problem && delete given[control.name]);
    complaint.textContent = problems.map(([control, problem]) => `${control.label}: ${problem}`).join(" ");
    figure.set(given);
  };
  follow();
  for (const name of names) model.on(`change:${trait(name)}`, follow);
  addTools(figureElement, figure, send);
  present(figure, (values) => send(settingsFor(figure, values)));
  addEventListener("keydown", keepKeys, true);
  return () => {
    removeEventListener("keydown", keepKeys, true);
    for (const name of names) model.off(`change:${trait(name)}`, follow);
  };

  /** The keys that move controls are theirs while one has the focus: Jupyter's → would go to the next heading. */
  function keepKeys({ key, target }) {
    if (el.closest(".widget-vbox")?.contains(target))
      target.toggleAttribute("data-lm-suppress-shortcuts", /^(Arrow|Page|Home|End)/.test(key));
  }
}
