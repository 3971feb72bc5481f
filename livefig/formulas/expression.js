// A formula as operations of the tape, to which its derivatives are added. expression.py is the twin.

import { SCALAR } from "../record/ops.js";

/** `nodes`: ["number", value], ["variable", place], or an operation with the nodes of its arguments, which stand before it. */
export class Expression {
  constructor() {
    this.nodes = [];
    this.known = new Map();
    this.slopes = []; // variable -> node -> its derivative, see slopes.js
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

  /** The value of a node where the variables have these values, which are numbers. */
  run(node, numbers) {
    const values = [];
    for (const at of this.needed(node)) {
      const [op, ...given] = this.nodes[at];
      if (op === "number") [values[at]] = given;
      else values[at] = op === "variable" ? numbers[given[0]] : SCALAR[op](...given.map((a) => values[a]));
    }
    return values[node];
  }
}
