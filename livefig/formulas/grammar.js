// What readers may type as a formula: Python's arithmetic, read without `eval`. grammar.py is the twin.

import { Expression } from "./expression.js";

const [MOST_CHARACTERS, MOST_OPERATIONS, MOST_DEPTH] = [500, 200, 40];
const table = (entries) => Object.assign(Object.create(null), entries); // it has its own names only
const named = (count, names) => names.split(" ").map((name) => [name, [name, count]]);
// By the names of readers: the operation, and how many arguments it takes.
export const FORMULA_FUNCTIONS = table(
  Object.fromEntries([
    ...named(1, "sin cos tan exp log sqrt tanh arctan arcsin arccos sinh cosh log2 log10 log1p expm1 cbrt square"),
    ...named(1, "sign floor ceil"),
    ["abs", ["absolute", 1]],
    ...named(2, "maximum minimum hypot arctan2"),
    ["where", ["where", 3]],
  ]),
);
const CONSTANTS = table({ pi: Math.PI, e: Math.E });
// biome-ignore format: a table
const ALIASES = table({
  ln: "log", asin: "arcsin", acos: "arccos", atan: "arctan", atan2: "arctan2", absolute: "abs", fabs: "abs",
  max: "maximum", min: "minimum", tg: "tan", arctg: "arctan", sen: "sin", sgn: "sign", π: "pi", "√": "sqrt",
});
// biome-ignore format: a table
const QUOTIENTS = table({
  cot: "(1/tan(…))", ctg: "(1/tan(…))", sec: "(1/cos(…))", csc: "(1/sin(…))", cosec: "(1/sin(…))",
});
const LOGIC = ["and", "or", "not", "if", "else", "&", "~"];
// biome-ignore format: a table
const PLAIN_SIGNS = table({
  "·": "*", "×": "*", "∙": "*", "⋅": "*", "÷": "/", "∕": "/", "−": "-", "–": "-", "≤": "<=", "≥": ">=", "≠": "!=",
  "^": "**",
});
const [RAISED, LOWERED] = ["⁰¹²³⁴⁵⁶⁷⁸⁹", "₀₁₂₃₄₅₆₇₈₉"];
const [POINT, POINT_OR_COMMA] = ["\\.", "[.,]"].map(
  (point) =>
    new RegExp(
      `(?<number>(?:[0-9]+${point}?[0-9]*|${point}[0-9]+)(?:[eE][+-]?[0-9]+)?)` +
        `|(?<name>(?:(?:np|numpy|math)\\.)?[A-Za-z_\u0391-\u03c9][A-Za-z0-9_\u0391-\u03c9]*[${LOWERED}]*|√)` +
        `|(?<raised>⁻?[${RAISED}]+)|(?<sign>\\*\\*|[<>=!]=|[-+*/(),<>|=&~${Object.keys(PLAIN_SIGNS).join("")}])`,
      "y",
    ),
);
const TWO_NUMBERS = /^[1-9][0-9]{0,2},[0-9]{3}$/; // 1,000: here a thousand, there one
const SPACE = /[ \t\n\r\u00a0\u2009\u202f]*/y;
// biome-ignore format: a table
const COMPARISONS = table({
  "<": ["less", 0], ">": ["less", 1], "<=": ["less_equal", 0], ">=": ["less_equal", 1], "==": ["equal", 0],
  "!=": ["not_equal", 0],
});
// How closely signs bind.
const POWERS = table({ "<": 1, ">": 1, "<=": 1, ">=": 1, "==": 1, "!=": 1, "+": 2, "-": 2, "*": 3, "/": 3, "**": 5 });
const [PRODUCT, UNARY] = [3, 4];
const OPERATIONS = { "+": "add", "-": "subtract", "*": "multiply", "/": "divide" };

/** What is wrong with a formula: `key` and `fields` of its sentence; `place`: its characters from 0, or null. */
class FormulaError extends Error {
  constructor(key, place, fields) {
    super(key);
    Object.assign(this, { key, place, fields });
  }
}

/** {expression, node, python}: the value is a node of the expression; `python` is the text as Python writes it. */
export function parseFormula(text, variables) {
  return new Parser(text, variables).formula();
}

/** The formula that a text is, or null if it is none. */
export function readFormula(text, variables) {
  return attempt(text, variables).formula ?? null;
}

/** How Python writes a formula, told to readers; "" if they have written it so, or if it is none. */
export function readAs(text, variables, words) {
  const python = readFormula(text, variables)?.python ?? "";
  const same = python.replace(/\s/g, "") === text.replace(/\s/g, "");
  return python && !same ? filled(words.formula_in_python, { python }) : "";
}

/** What is wrong with a formula, for readers; "" if nothing is. */
export function formulaProblem(text, variables, words) {
  const { error } = attempt(text, variables);
  if (!error) return "";
  const { key, place, fields } = error;
  const problem = filled(words[key], fields);
  return place === null ? problem : filled(words.formula_at, { place: place[0] + 1, problem });
}

const filled = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);

/** A text as a formula, or the error that it is none. */
function attempt(text, variables) {
  try {
    return { formula: parseFormula(text, variables) };
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error;
    return { error };
  }
}

class Parser {
  constructor(text, variables) {
    if (text.length > 2 * MOST_CHARACTERS || [...text].length > MOST_CHARACTERS)
      throw new FormulaError("formula_long", null, { most: MOST_CHARACTERS });
    Object.assign(this, { text, variables, tokens: [] });
    this.read();
    if (!this.tokens.length) throw new FormulaError("formula_empty", null, { variables: variables.join(", ") });
    this.token("end", "", "", text.length, text.length);
    this.at = 0; // the token that comes next
    this.primary = 0; // the token at which the last operand began
    this.compared = null; // the sign of the last comparison
    this.depth = this.operations = 0;
    this.python = [];
    this.expression = new Expression();
  }

  /** `written`: how Python writes it; `raised`: whether it was a small digit above the line. */
  token(kind, text, written, begin, end, raised = false) {
    this.tokens.push({ kind, text, written, begin, end, raised });
  }

  read() {
    const { text } = this;
    const match = (pattern, at) => {
      pattern.lastIndex = at;
      return pattern.exec(text);
    };
    const space = (at) => at + match(SPACE, at)[0].length;
    for (let begin = space(0); begin < text.length; ) {
      const found = match(this.variables.length ? POINT : POINT_OR_COMMA, begin);
      if (!found) {
        const sign = String.fromCodePoint(text.codePointAt(begin));
        this.fail("sign", { begin, end: begin + sign.length }, { text: sign });
      }
      const [word] = found;
      const { number, name, raised } = found.groups;
      const end = begin + word.length;
      if (raised) {
        const digits = numeral(digitsOf(word.replace("⁻", ""), RAISED));
        this.token("sign", "**", "**", begin, end, true);
        if (word[0] === "⁻") this.token("sign", "-", "-", end, end);
        this.token("number", digits, digits, end, end);
      } else if (number) {
        const written = numeral(word.replace(",", "."));
        if (TWO_NUMBERS.test(word)) this.fail("decimal", { begin, end }, { instead: written });
        this.token("number", written, written, begin, end);
      } else {
        const [text, python] = name ? this.named(word) : [PLAIN_SIGNS[word] ?? word, PLAIN_SIGNS[word] ?? word];
        this.token(LOGIC.includes(text) ? "logic" : name ? "name" : "sign", text, python, begin, end);
      }
      begin = space(end);
    }
  }

  /** What a name means, and how it is written. */
  named(word) {
    const known = (name) => this.variables.includes(name);
    let name = digitsOf(word.split(".").at(-1), LOWERED);
    if (!known(name)) {
      const joined = name.replaceAll("_", "");
      name = known(joined) ? joined : (ALIASES[name] ?? name);
    }
    if (!word.includes(".")) return [name, name];
    return known(name) ? [word, word] : [name, `np.${name}`];
  }

  get next() {
    return this.tokens[this.at];
  }

  /** Take the next token; `written`: as what it stands in Python. */
  advance(written) {
    const token = this.next;
    const before = this.at ? this.tokens[this.at - 1].end : token.begin;
    this.python.push(token.begin > before ? " " : "", written ?? token.written);
    this.at++;
    return token;
  }

  fail(key, { begin, end }, fields = {}) {
    const characters = (at) => Array.from(this.text.slice(0, at)).length;
    throw new FormulaError(`formula_${key}`, [characters(begin), characters(end)], fields);
  }

  as({ begin, end }) {
    return this.text.slice(begin, end);
  }

  /** The whole text. */
  formula() {
    const node = this.plain(this.enclosed(1));
    if (this.next.kind !== "end") this.unexpected();
    return { expression: this.expression, node, python: this.python.join("") };
  }

  /** The error for a token with which no expression goes on. */
  unexpected() {
    const token = this.next;
    if (token.text === ",") {
      const [before, after] = [this.tokens[this.at - 1], this.tokens[this.at + 1]];
      const numbers = before.kind === "number" && after.kind === "number";
      if (numbers && before.end === token.begin && token.end === after.begin)
        this.fail("decimal", token, { instead: `${before.text}.${this.as(after)}` });
      this.fail("comma", token);
    }
    const key = token.kind === "logic" ? "logic" : { ")": "close", "=": "equals" }[token.text];
    this.fail(key ?? "operator", token, { text: this.as(token) });
  }

  /** An expression, one level deeper. */
  enclosed(minimum) {
    if (++this.depth > MOST_DEPTH) this.fail("deep", this.next, { most: MOST_DEPTH });
    const node = this.binary(this.operand(), minimum);
    this.depth--;
    return node;
  }

  /** What follows an operand, as far as it binds at least as closely as `minimum`. */
  binary(first, minimum) {
    let left = first;
    while (true) {
      const token = this.next;
      if (token.kind === "sign" && POWERS[token.text] >= minimum) left = this.combined(left, this.advance());
      else if (minimum <= PRODUCT && (token.kind === "number" || token.kind === "name" || token.text === "(")) {
        this.checkProduct();
        const gap = this.python.push("*");
        const right = this.plain(this.enclosed(UNARY));
        this.python[gap] = "";
        left = this.apply("multiply", token, this.plain(left), right);
      } else return left;
    }
  }

  /** The operand on the left with that on the right of a sign. */
  combined(left, sign) {
    if (COMPARISONS[sign.text]) {
      if (this.isCondition(left)) this.fail("chain", sign);
      this.compared = sign;
      const both = [this.plain(left), this.plain(this.enclosed(2))];
      const [op, turned] = COMPARISONS[sign.text];
      this.compared = sign;
      return this.apply(op, sign, ...(turned ? both.reverse() : both));
    }
    this.plain(left);
    if (sign.text === "**") {
      this.count(sign);
      return this.expression.power(left, this.plain(this.enclosed(UNARY)));
    }
    const right = this.plain(this.enclosed(POWERS[sign.text] + 1));
    if (sign.text === "/" && this.expression.value(right) === 0) this.fail("zero", sign);
    return this.apply(OPERATIONS[sign.text], sign, left, right);
  }

  /** Throw unless two operands side by side can only be a product. */
  checkProduct() {
    const { next: token, tokens } = this;
    const before = tokens[this.at - 1];
    if (token.kind === "number") this.fail("operator", token, { text: this.as(token) });
    if (before.kind === "name" && token.text === "(") this.fail("no_function", before, { text: before.text });
    const divides = (at) => at >= 0 && ["/", "**"].includes(tokens[at].text);
    const root = this.text[tokens[this.primary].begin] === "√" && tokens[this.primary + 1].kind === "number";
    let sign = this.primary - 1;
    while (sign > 0 && ["-", "+"].includes(tokens[sign].text) && divides(sign - 1)) sign--;
    if (root || (divides(sign) && !tokens[sign].raised)) this.fail("ambiguous", token);
  }

  /** What stands before the first sign: a number, a name, or what is in parentheses. */
  operand() {
    const { at: start, next: token } = this;
    let node;
    if (token.text === "-" || token.text === "+") {
      this.advance();
      node = this.plain(this.enclosed(UNARY));
      return token.text === "+" ? node : this.negative(node, token);
    }
    if (token.kind === "number") node = this.numeral(this.advance());
    else if (token.kind === "name") node = this.name(token);
    else if (token.text === "(") node = this.parentheses();
    else if (token.text === "|") {
      this.advance("abs(");
      node = this.apply("absolute", token, this.plain(this.enclosed(1)));
      if (this.next.text !== "|") this.fail("bar", token);
      this.advance(")");
    } else if (token.kind === "logic") this.unexpected();
    else this.fail("value", token);
    this.primary = start;
    return node;
  }

  negative(node, token) {
    const value = this.expression.value(node);
    return value ? this.expression.number(-value) : this.apply("negative", token, node);
  }

  numeral(token) {
    const value = Number(token.text);
    if (value === Infinity) this.fail("number", token);
    return this.expression.number(value);
  }

  parentheses() {
    const opening = this.advance();
    const node = this.enclosed(1);
    if (this.next.kind === "end") this.fail("open", opening);
    if (this.next.text !== ")") this.unexpected();
    this.advance();
    return node;
  }

  /** A variable, a constant, or a function with its arguments. */
  name(token) {
    const { text } = token;
    const place = this.variables.indexOf(text);
    if (place < 0 && !CONSTANTS[text] && !FORMULA_FUNCTIONS[text]) this.unknown(token);
    this.advance();
    if (place >= 0) return this.expression.node("variable", place);
    return CONSTANTS[text] ? this.expression.number(CONSTANTS[text]) : this.call(token);
  }

  unknown(token) {
    const following = this.tokens[this.at + 1];
    if (following.text === "=") this.fail("equals", following);
    const { variables } = this;
    const names = [...variables, ...Object.keys(FORMULA_FUNCTIONS), ...Object.keys(CONSTANTS)];
    const [text, quotient] = [this.as(token), QUOTIENTS[token.text]];
    if (quotient) this.fail("quotient", token, { text, instead: quotient });
    const lower = token.text.toLowerCase();
    const instead = productOf(token.text, names) || spelledOut(lower, variables) || closest(lower, names);
    if (instead) this.fail("name", token, { text, instead });
    this.fail("no_name", token, { text, variables: variables.join(", ") });
  }

  call(token) {
    const { text } = token;
    if (this.text[token.begin] === "√" && this.next.kind === "number") {
      this.python.push("(");
      const node = this.numeral(this.advance());
      this.python.push(")");
      return this.apply("sqrt", token, node);
    }
    if (this.next.text !== "(") {
      const argument = ["number", "name"].includes(this.next.kind) ? this.next.written : "…";
      const written = this.as(token);
      this.fail("call", token, { text: written, instead: `${written}(${argument})` });
    }
    const opening = this.advance();
    const [op, count] = FORMULA_FUNCTIONS[text];
    const given = [];
    while (this.next.text !== ")" || given.length) {
      const node = this.enclosed(1);
      given.push(op === "where" && !given.length ? node : this.plain(node));
      if (this.next.kind === "end") this.fail("open", opening);
      if (this.next.text === ")") break;
      if (this.next.text !== "," || (count === 1 && this.tokens[this.at + 1].kind === "number")) this.unexpected();
      this.advance();
    }
    if (given.length !== count) this.fail("arguments", token, { text, count, given: given.length });
    this.advance();
    return this.apply(op, token, ...given);
  }

  count(token) {
    if (++this.operations > MOST_OPERATIONS) this.fail("many", token, { most: MOST_OPERATIONS });
  }

  apply(op, token, ...given) {
    this.count(token);
    return this.expression.node(op, ...given);
  }

  isCondition(node) {
    return ["less", "less_equal", "equal", "not_equal"].includes(this.expression.nodes[node][0]);
  }

  /** A node that is no comparison. */
  plain(node) {
    if (this.isCondition(node)) this.fail("condition", this.compared);
    return node;
  }
}

/** A number without the zeros before it, which Python refuses. */
const numeral = (word) => word.replace(/^0+(?=[0-9])/, "");
/** A text with small digits as usual ones. */
const digitsOf = (word, small) => word.replace(new RegExp(`[${small}]`, "g"), (sign) => small.indexOf(sign));

/** Two names that were written as one, xlog for x*log; else "". */
function productOf(name, known) {
  const begun = known.filter((first) => name.startsWith(first) && !FORMULA_FUNCTIONS[first]);
  const pairs = begun.map((first) => [first, name.slice(first.length)]);
  const found = pairs.find(([, second]) => known.includes(ALIASES[second] ?? second));
  return found ? found.join("*") : "";
}

/** The function that a word begins with, cos of cosine, and sin(x) of sinx; else "". */
function spelledOut(name, variables) {
  const known = Object.keys(FORMULA_FUNCTIONS).filter((one) => name.startsWith(one));
  const found = known.reduce((a, b) => (b.length > a.length ? b : a), "");
  const rest = name.slice(found.length);
  return found && variables.includes(rest) ? `${found}(${rest})` : found;
}

/** The first of the names that differ least from a name, if it is nearly the same; else "". */
function closest(name, among) {
  let [best, least] = ["", Math.min(2 + (name.length > 3), name.length)];
  for (const other of among) {
    const far = lettersApart(name, other);
    if (far < least) [best, least] = [other, far];
  }
  return best;
}

/** How many letters are to be added, taken away or changed (Levenshtein 1966). */
function lettersApart(a, b) {
  const row = Array.from({ length: b.length + 1 }, (_, j) => j);
  [...a].forEach((x, i) => {
    let before = row[0];
    row[0] = i + 1;
    [...b].forEach((y, j) => {
      const nearest = Math.min(before + (x !== y), row[j] + 1, row[j + 1] + 1);
      before = row[j + 1];
      row[j + 1] = nearest;
    });
  });
  return row[b.length];
}
