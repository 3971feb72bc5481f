// Exact derivatives of formulas, told by formulas. slopes.py is the twin.

import { parseFormula } from "./grammar.js";

// The derivative of every operation: y is its result, x and z are its arguments, the first and the last, a and b the
// derivatives of its last two, or a that of the only one; n is NaN. What is missing is constant almost everywhere.
export const SLOPES = {
  add: "a + b",
  subtract: "a - b",
  multiply: "a*z + b*x",
  divide: "a/z - b*(y/z)",
  power: "a*where(z == 0, where(x == 0, 0, z*x**(z - 1)), z*x**(z - 1)) + b*(y*log(where(x == 0, 1, x)))",
  "plain power": "a*(z*x**(z - 1))",
  negative: "-a",
  absolute: "a*sign(x)",
  square: "a*(2*x)",
  sqrt: "a/(2*y)",
  cbrt: "a/(3*y**2)",
  reciprocal: "-a*y**2",
  exp: "a*y",
  expm1: "a*exp(x)",
  log: "a/x",
  log2: "a/(x*log(2))",
  log10: "a/(x*log(10))",
  log1p: "a/(x + 1)",
  sin: "a*cos(x)",
  cos: "-a*sin(x)",
  tan: "a*(y**2 + 1)",
  arcsin: "a/sqrt(1 - x**2)",
  arccos: "-a/sqrt(1 - x**2)",
  arctan: "a/(x**2 + 1)",
  sinh: "a*cosh(x)",
  cosh: "a*sinh(x)",
  tanh: "a*(1 - y**2)",
  hypot: "(a*x + b*z)/where(y == 0, 1, y)",
  arctan2: "(a*z - b*x)/(x**2 + z**2)",
  where: "where(x, a, b)",
  maximum: "where(x == z, (a + b)/2, where(x == y, a, where(z == y, b, n)))",
};
SLOPES.minimum = SLOPES.maximum;
const rules = new Map(); // as they were read

/** The node of a formula derived so many times with respect to each of its variables. */
export function derivative({ expression, node }, orders) {
  const derived = (at, order, variable) => (order ? derived(slope(expression, at, variable), order - 1, variable) : at);
  return orders.reduce(derived, node);
}

/** The derivative of a node with respect to a variable. */
function slope(e, node, variable) {
  e.slopes[variable] ??= [];
  const known = e.slopes[variable];
  for (const at of e.needed(node)) if (known[at] === undefined) known[at] = slopeOf(e, at, variable, known);
  return known[node] ?? e.number(0);
}

/** null: it does not depend on the variable. */
function slopeOf(e, y, variable, known) {
  const [op, ...given] = e.nodes[y];
  if (op === "number" || op === "variable") return op === "variable" && given[0] === variable ? e.number(1) : null;
  const [a, b = null] = given.slice(-2).map((argument) => known[argument]);
  const rule = SLOPES[op === "power" && e.value(given[1]) !== null ? "plain power" : op];
  if (!rule || (a === null && b === null)) return null;
  if (!rules.has(rule)) rules.set(rule, parseFormula(rule, ["x", "y", "z", "a", "b", "n"]));
  const { expression, node } = rules.get(rule);
  const values = [given[0], y, given.at(-1), a, b, e.number(NaN)];
  const made = [];
  for (const at of expression.needed(node)) {
    const [inner, ...parts] = expression.nodes[at];
    if (inner === "variable") made[at] = values[parts[0]];
    else made[at] = inner === "number" ? e.number(parts[0]) : simpler(e, inner, ...parts.map((part) => made[part]));
  }
  return made[node];
}

/** The node of an operation, or of a simpler one that gives the same. null stands for 0. */
function simpler(e, op, ...given) {
  const [first, last] = [given[0], given.at(-1)];
  const missing = first === null || last === null;
  if (missing && op === "add") return first ?? last;
  if (missing && op === "subtract") return last === null ? first : e.node("negative", last);
  if (missing && ["multiply", "divide", "negative"].includes(op)) return null;
  if (op === "where" && given[1] === null && last === null) return null;
  const nodes = given.map((node) => node ?? e.number(0));
  if (op === "multiply") return e.times(...nodes);
  if (op === "power") return e.power(...nodes);
  const [p, q] = [e.value(nodes[0]), e.value(nodes.at(-1))];
  return op === "subtract" && p !== null && q !== null ? e.number(p - q) : e.node(op, ...nodes);
}
