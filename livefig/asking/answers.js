// Answers as people type them: read, and judged by what an ask knows. answers.py is the twin.

import { readFormula } from "../formulas/grammar.js";
import { digest, unsealed } from "./digest.js";

const NAME = ">"; // with which the name of a text begins that several answers share

/** The number that a reader has typed; NaN if it is none, or might be another. */
export function readNumber(typed) {
  const value = valuesAt(typed.toLowerCase(), [], [[]])?.[0];
  return Number.isFinite(value) ? value : NaN;
}

/** The values of a formula at some points; null if it is none. */
function valuesAt(text, variables, points) {
  const formula = readFormula(text, variables);
  return formula && points.map((point) => formula.expression.run(formula.node, point));
}

/** Which multiple of a step is nearest to a number: the word of which an ask has a digest. */
export const multiple = (value, step) =>
  Number.isFinite(value / step) ? String(Math.floor(value / step + 0.5)) : "NaN";

/** What is compared of an answer: the option, the rounded number, or rounded values. Null if it is unreadable. */
function wordOf({ kind, step, variables, points }, typed) {
  if (kind === "choice") return typed;
  if (kind === "formula") {
    const values = valuesAt(typed, variables, points);
    return values && values.map((value) => multiple(value, step)).join(" ");
  }
  const value = readNumber(typed);
  return Number.isNaN(value) ? null : multiple(value, step);
}

/** The verdict on an answer, and what the ask says of it. */
export function judge(ask, typed) {
  const { kind } = ask;
  if (kind === "goal") return judged(reached(ask, readNumber(typed)) ? "right" : "wrong");
  if (kind === "guess") return judged(Number.isNaN(readNumber(typed)) ? "unreadable" : "right");
  const word = wordOf(ask, typed);
  if (word === null) return judged("unreadable");
  const said = told(ask, word);
  return judged(said.startsWith("+") ? "right" : "wrong", said.slice(1));
}

/** What an ask says of a word, after "+" if it is right; "" if it knows nothing of it. */
function told({ id, known }, word) {
  const found = known[digest(id, word)];
  const said = found ? unsealed(found, id, word) : "";
  return said.startsWith(NAME) ? told({ id, known }, said) : said;
}

const judged = (verdict, say = "") => ({ verdict, say });

/** Whether a value lies between the borders of a goal; without borders, whether it is not 0. NaN never is. */
export function reached({ above = null, below = null }, value) {
  if (above === null && below === null) return value !== 0 && !Number.isNaN(value);
  return (above === null || value > above) && (below === null || value < below);
}
