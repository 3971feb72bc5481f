// Choices of one of several on a page. choices.py is the twin.

export const CHOICES = { DropdownModel: choiceRow, ToggleButtonsModel: choiceRow };

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
