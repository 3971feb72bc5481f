// Answers as people type them: read, and judged by what an ask knows. answers.py is the twin.

import { digest, unsealed } from "./digest.js";

const LONGEST = 100; // characters of an answer
const TOKEN = /\s*((?:\d+[.,]?\d*|[.,]\d+)(?:e[+-]?\d+)?|pi|e|sqrt|[-+*/^()])/y;
const TWO_NUMBERS = /^[1-9]\d{0,2},\d{3}$/; // 1,000: here a thousand, there one
const SPELLINGS = { "−": "-", "·": "*", "×": "*", "÷": "/", "**": "^", π: "pi", "√": "sqrt", "\u00a0": " " };
const CONSTANTS = { pi: Math.PI, e: Math.E };

/** The number that a reader has typed; NaN if it is none, or might be another. */
export function readNumber(typed) {
  let text = typed.trim().toLowerCase();
  for (const [spelling, sign] of Object.entries(SPELLINGS)) text = text.replaceAll(spelling, sign);
  const tokens = tokensOf(text);
  return tokens ? finite(all(tokens.reverse())) : NaN;
}

const finite = (value) => (Number.isFinite(value) ? value : NaN);

/** The tokens of a text, or null where something is none. */
function tokensOf(text) {
  const tokens = [];
  if (text.length > LONGEST) return null;
  for (TOKEN.lastIndex = 0; TOKEN.lastIndex < text.length; ) {
    const found = TOKEN.exec(text);
    if (!found) return null;
    tokens.push(found[1]);
  }
  return tokens;
}

// A sum of products of powers, read from tokens, the next one last. What cannot be read is NaN, and so is all of it.

function all(tokens) {
  const value = sum(tokens);
  return tokens.length ? NaN : value;
}

/** The next token, if it is one of these. */
const take = (tokens, ...signs) => (signs.includes(tokens.at(-1)) ? tokens.pop() : "");

function sum(tokens) {
  let value = product(tokens);
  for (let sign = take(tokens, "+", "-"); sign; sign = take(tokens, "+", "-"))
    value += sign === "+" ? product(tokens) : -product(tokens);
  return value;
}

function product(tokens) {
  let value = signed(tokens);
  let divided = false;
  for (;;) {
    const sign = take(tokens, "*", "/");
    if (sign) {
      const factor = signed(tokens);
      if (sign === "/" && factor === 0) return NaN;
      value = sign === "*" ? value * factor : value / factor;
      divided = sign === "/";
    } else if (["pi", "sqrt", "("].includes(tokens.at(-1)) && !divided) value *= power(tokens);
    else return value;
  }
}

function signed(tokens) {
  const sign = take(tokens, "+", "-");
  if (!sign) return power(tokens);
  return sign === "-" ? -signed(tokens) : signed(tokens);
}

function power(tokens) {
  const value = base(tokens);
  if (!take(tokens, "^")) return value;
  const exponent = signed(tokens);
  return Number.isNaN(value) ? NaN : finite(value ** exponent); // NaN ** 0 would be 1
}

function base(tokens) {
  const token = tokens.pop() ?? "";
  if (token === "(") {
    const value = sum(tokens);
    return take(tokens, ")") ? value : NaN;
  }
  if (token === "sqrt") return Math.sqrt(base(tokens));
  if (token in CONSTANTS) return CONSTANTS[token];
  return !/\d/.test(token) || TWO_NUMBERS.test(token) ? NaN : finite(Number(token.replace(",", ".")));
}

/** Which multiple of a step is nearest to a number: the word of which an ask has a digest. */
export const multiple = (value, step) => String(Math.floor(value / step + 0.5));

/** What is compared of an answer: the rounded number, or the option. Null if it is unreadable. */
function wordOf({ kind, step }, typed) {
  if (kind === "choice") return typed;
  const value = readNumber(typed);
  return Number.isNaN(value) ? null : multiple(value, step);
}

/** The verdict on an answer, and what the ask says of it. */
export function judge(ask, typed) {
  const { id, kind, known } = ask;
  if (kind === "goal") return judged(reached(ask, readNumber(typed)) ? "right" : "wrong");
  if (kind === "guess") return judged(Number.isNaN(readNumber(typed)) ? "unreadable" : "right");
  const word = wordOf(ask, typed);
  if (word === null) return judged("unreadable");
  const found = known[digest(id, word)];
  if (!found) return judged("wrong");
  const told = unsealed(found, id, word);
  return judged(told[0] === "+" ? "right" : "wrong", told.slice(1));
}

const judged = (verdict, say = "") => ({ verdict, say });

/** Whether a value lies between the borders of a goal; without borders, whether it is not 0. NaN never is. */
export function reached({ above = null, below = null }, value) {
  if (above === null && below === null) return value !== 0 && !Number.isNaN(value);
  return (above === null || value > above) && (below === null || value < below);
}
