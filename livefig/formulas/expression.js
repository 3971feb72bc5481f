// A formula as operations of the tape, and its exact derivatives as more of them. expression.py is the twin.

/** `nodes`: ["number", value], ["variable", place], or an operation with the nodes of its arguments, which stand before it. */
export class Expression {
  constructor() {
    this.nodes = [];
    this.known = new Map();
    this.slopes = new Map(); // variable -> node -> its derivative; null: there is none
  }

  /** The node of an operation on nodes, of a number or of a variable; equal ones are one. */
  node(...written) {
    const key = written.join(" ");
    if (!this.known.has(key)) this.known.set(key, this.nodes.push(written) - 1);
    return this.known.get(key);
  }

  number(value) {
    return this.node("number", value);
  }

  /** The value of a number; null of everything else. */
  value(node) {
    const [op, value] = this.nodes[node];
    return op === "number" ? value : null;
  }

  /** A power; for a plain exponent the operation that NumPy itself uses. */
  power(base, exponent) {
    const value = this.value(exponent);
    if (value === 0 || value === 1) return value ? base : this.number(1);
    const cheaper = { 2: "square", 0.5: "sqrt", "-1": "reciprocal" }[value];
    return cheaper ? this.node(cheaper, base) : this.node("power", base, exponent);
  }

  /** A product, without a factor 1. */
  times(a, b) {
    if (this.value(a) === 1) return b;
    return this.value(b) === 1 ? a : this.node("multiply", a, b);
  }

  /** The nodes that a node is made of, itself the last. */
  needed(node) {
    const found = new Set([node]);
    for (let at = node; at >= 0; at--) {
      const [op, ...given] = this.nodes[at];
      if (found.has(at) && op !== "number" && op !== "variable") for (const a of given) found.add(a);
    }
    return [...found].sort((a, b) => a - b);
  }

  /** The derivative of a node with respect to a variable. */
  slope(node, variable) {
    if (!this.slopes.has(variable)) this.slopes.set(variable, new Map());
    const known = this.slopes.get(variable);
    for (const at of this.needed(node)) if (!known.has(at)) known.set(at, this.slopeOf(at, variable, known));
    return known.get(node) ?? this.number(0);
  }

  slopeOf(y, variable, known) {
    const [op, ...given] = this.nodes[y];
    if (op === "number" || op === "variable") return op === "variable" && given[0] === variable ? this.number(1) : null;
    const slopes = given.map((a) => known.get(a));
    if (op === "where" || op === "maximum" || op === "minimum") {
      const last = slopes.slice(-2);
      const [first, second] = last.map((slope) => slope ?? this.number(0));
      if (last.every((slope) => slope === null)) return null;
      return op === "where" ? this.node("where", given[0], first, second) : this.chosen(y, first, second);
    }
    let total = null;
    (SLOPES[op] ?? []).forEach((way, i) => {
      if (slopes[i] === null) return;
      const part = way(this, slopes[i], y, ...given);
      total = total === null ? part : this.node("add", total, part);
    });
    return total;
  }

  /** The slope of that of two which is larger, or smaller: the mean where they are equal, NaN where y is. */
  chosen(y, first, second) {
    const [, a, b] = this.nodes[y];
    const mean = this.times(this.number(0.5), this.node("add", first, second));
    const other = this.node("where", this.node("equal", y, b), second, this.number(NaN));
    const either = this.node("where", this.node("equal", y, a), first, other);
    return this.node("where", this.node("equal", a, b), mean, either);
  }
}

const over = (e, d, ...factors) => factors.reduce((left, factor) => e.node("divide", left, factor), d);
const negative = (e, d) => e.node("negative", d);
const onePlus = (e, x) => e.node("add", e.node("square", x), e.number(1));
const oneMinus = (e, x) => e.node("subtract", e.number(1), e.node("square", x));
const size = (e, y) => e.node("where", e.node("equal", y, e.number(0)), e.number(1), y);
const squares = (e, x, z) => e.node("add", e.node("square", x), e.node("square", z));

function powerOfBase(e, d, y, x, p) {
  const value = e.value(p);
  if (value !== null) return e.times(d, e.times(p, e.power(x, e.number(value - 1))));
  const slope = e.node("multiply", p, e.node("power", x, e.node("subtract", p, e.number(1))));
  const zero = e.number(0); // 0⁰ is 1, as x⁰ beside it
  const atZero = e.node("where", e.node("equal", x, zero), zero, slope);
  return e.times(d, e.node("where", e.node("equal", p, zero), atZero, slope));
}

function powerOfExponent(e, d, y, x) {
  const base = e.value(x) ? x : e.node("where", e.node("equal", x, e.number(0)), e.number(1), x); // 0ᵖ stays 0
  return e.times(d, e.node("multiply", y, e.node("log", base)));
}

// For each operation and each of its arguments: what the argument's derivative d gives to that of the result y.
// biome-ignore format: a table
const SLOPES = {
  add: [(e, d) => d, (e, d) => d],
  subtract: [(e, d) => d, negative],
  multiply: [(e, d, y, x, z) => e.times(d, z), (e, d, y, x) => e.times(d, x)],
  divide: [(e, d, y, x, z) => over(e, d, z), (e, d, y, x, z) => negative(e, e.times(d, over(e, y, z)))],
  power: [powerOfBase, powerOfExponent],
  negative: [negative],
  absolute: [(e, d, y, x) => e.times(d, e.node("sign", x))],
  square: [(e, d, y, x) => e.times(d, e.times(e.number(2), x))],
  sqrt: [(e, d, y) => over(e, d, e.times(e.number(2), y))],
  cbrt: [(e, d, y) => over(e, d, e.times(e.number(3), e.node("square", y)))],
  reciprocal: [(e, d, y) => negative(e, e.times(d, e.node("square", y)))],
  exp: [(e, d, y) => e.times(d, y)],
  expm1: [(e, d, y, x) => e.times(d, e.node("exp", x))],
  log: [(e, d, y, x) => over(e, d, x)],
  log2: [(e, d, y, x) => over(e, d, x, e.number(Math.log(2)))],
  log10: [(e, d, y, x) => over(e, d, x, e.number(Math.log(10)))],
  log1p: [(e, d, y, x) => over(e, d, e.node("add", x, e.number(1)))],
  sin: [(e, d, y, x) => e.times(d, e.node("cos", x))],
  cos: [(e, d, y, x) => negative(e, e.times(d, e.node("sin", x)))],
  tan: [(e, d, y) => e.times(d, onePlus(e, y))],
  arcsin: [(e, d, y, x) => over(e, d, e.node("sqrt", oneMinus(e, x)))],
  arccos: [(e, d, y, x) => negative(e, over(e, d, e.node("sqrt", oneMinus(e, x))))],
  arctan: [(e, d, y, x) => over(e, d, onePlus(e, x))],
  sinh: [(e, d, y, x) => e.times(d, e.node("cosh", x))],
  cosh: [(e, d, y, x) => e.times(d, e.node("sinh", x))],
  tanh: [(e, d, y) => e.times(d, oneMinus(e, y))],
  hypot: [(e, d, y, x) => e.times(d, over(e, x, size(e, y))), (e, d, y, x, z) => e.times(d, over(e, z, size(e, y)))],
  arctan2: [
    (e, d, y, x, z) => e.times(d, over(e, z, squares(e, x, z))),
    (e, d, y, x, z) => negative(e, e.times(d, over(e, x, squares(e, x, z)))),
  ],
};
