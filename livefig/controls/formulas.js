// Formulas: a box in which readers type a function. formulas.py is the twin.

import { formulaProblem, parseFormula, readAs } from "../formulas/grammar.js";
import { derivative } from "../formulas/slopes.js";
import { fill } from "./numbers.js";
import { complain } from "./sliders.js";

export const FORMULAS = { TextModel: formulaRow };
const KEYS = ["**", "*", "/", "+", "-", "(", ")", "sin(", "exp(", "sqrt("];

/** The formulas among some settings, as the machine takes them. */
export function formulasOf(controls, settings) {
  const typed = controls.filter((control) => control.variables);
  return Object.fromEntries(typed.map(({ name, variables }) => [name, operationsOf(settings[name], variables)]));
}

/** Of the orders of a derivative its operations, in their order. */
export function operationsOf(text, variables) {
  const formula = parseFormula(text, variables);
  const { nodes } = formula.expression;
  return (orders) => formula.expression.needed(derivative(formula, orders)).map((at) => [at, ...nodes[at]]);
}

/** What is wrong with a text, in words; "" if it is a formula of the control's variables. */
export function formulaMistake({ variables }, text, words) {
  return formulaProblem(text, variables, words);
}

function formulaRow(control, row, words, change) {
  const box = row.querySelector("input");
  const python = row.querySelector(".live-python");
  const mistake = () => formulaMistake(control, box.value, words);
  let last = box.defaultValue;
  let broken = false; // whether the browser has brought back what is no formula

  const tell = (problem) => {
    complain(row, box, problem);
    python.textContent = readAs(box.value, control.variables, words);
  };
  const take = () => {
    const problem = mistake();
    if (problem) tell(problem);
    else if (box.value !== last) change(box.value, box);
    else tell("");
  };
  box.addEventListener("blur", take);
  box.addEventListener("keydown", ({ key }) => {
    if (key === "Enter") take();
  });
  box.addEventListener("input", () => {
    if (box.ariaInvalid && !mistake()) complain(row, box, "");
  });
  row.append(keys(box, [...control.variables, ...KEYS], fill(words.formula_keys, control, words)));

  return {
    show(text, typing) {
      last = text;
      if (typing !== box && !broken) box.value = text;
      tell(broken ? mistake() : "");
      broken = false;
    },
    restored() {
      broken = box.value !== last && mistake() !== "";
      return box.value === last || broken ? null : box.value;
    },
    enable(yes) {
      box.disabled = !yes;
    },
  };
}

/** What some phones have not on their keyboards: buttons that write into a box, which keeps the focus. */
function keys(box, texts, label) {
  const group = document.createElement("div");
  group.className = "live-keys";
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", label);
  for (const text of texts) {
    const key = Object.assign(document.createElement("button"), { type: "button", textContent: text });
    key.addEventListener("pointerdown", (event) => event.preventDefault());
    key.addEventListener("click", () => {
      box.setRangeText(text, box.selectionStart, box.selectionEnd, "end");
      box.dispatchEvent(new Event("input"));
    });
    group.append(key);
  }
  return group;
}
