// Checkboxes on a page. checkboxes.py is the twin.

export const CHECKBOXES = { CheckboxModel: checkRow, ToggleButtonModel: checkRow };

function checkRow(control, row, words, change) {
  const box = row.querySelector("input");
  let last = control.setting;
  box.addEventListener("change", () => change(box.checked));
  return {
    show(checked) {
      last = box.checked = checked;
    },
    restored: () => (box.checked === last ? null : box.checked),
    enable(yes) {
      box.disabled = !yes;
    },
  };
}
