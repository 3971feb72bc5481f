// Choices of one of several on a page. choices.py is the twin.

import { onSlide } from "./sliders.js";

export const CHOICES = {
  DropdownModel: choiceRow,
  ToggleButtonsModel: choiceRow,
  RadioButtonsModel: choiceRow,
  SelectionSliderModel: stopsRow,
};

function choiceRow(control, row, words, change) {
  const select = row.querySelector("select");
  const buttons = [...row.querySelectorAll("input")];
  const chosen = () => (select ? select.selectedIndex : buttons.findIndex((button) => button.checked));
  let last = control.setting;
  row.addEventListener("change", () => change(chosen()));
  return {
    show(index) {
      last = index;
      if (select) select.selectedIndex = index;
      else buttons[index].checked = true;
    },
    restored: () => (chosen() === last || chosen() < 0 ? null : chosen()),
    enable(yes) {
      (select ? [select] : buttons).forEach((input) => {
        input.disabled = !yes;
      });
    },
  };
}

/** A slider whose stops are the options. */
function stopsRow(control, row, words, change) {
  const slider = row.querySelector("input");
  const label = row.querySelector("output");
  let last = control.setting;
  onSlide(
    slider,
    () => change(Number(slider.value)),
    () => {
      slider.value = last;
    },
  );
  return {
    show(index) {
      last = index;
      slider.value = index;
      label.textContent = control.options[index];
      slider.setAttribute("aria-valuetext", control.options[index]);
    },
    restored: () => (Number(slider.value) === last ? null : Number(slider.value)),
    enable(yes) {
      slider.disabled = !yes;
    },
  };
}
