// The operations on numbers that a tape may hold. ops.py is the twin.

/** The operations on numbers, as functions of doubles. */
// biome-ignore format: a table
export const SCALAR = {
  negative: (a) => -a, absolute: Math.abs, sign: (a) => Math.sign(a) + 0, square: (a) => a * a,
  sqrt: Math.sqrt, cbrt: Math.cbrt,
  reciprocal: (a) => 1 / a, exp: Math.exp, exp2: (a) => 2 ** a, expm1: Math.expm1, log: Math.log, log2: Math.log2,
  log10: Math.log10, log1p: Math.log1p, sin: Math.sin, cos: Math.cos, tan: Math.tan, arcsin: Math.asin,
  arccos: Math.acos, arctan: Math.atan, sinh: Math.sinh, cosh: Math.cosh, tanh: Math.tanh, arcsinh: Math.asinh,
  arccosh: Math.acosh, arctanh: Math.atanh, floor: Math.floor, ceil: Math.ceil, trunc: Math.trunc, rint: roundHalfEven,
  isfinite: (a) => +Number.isFinite(a), isnan: (a) => +Number.isNaN(a), logical_not: (a) => +(a === 0),
  add: (a, b) => a + b, subtract: (a, b) => a - b, multiply: (a, b) => a * b, divide: (a, b) => a / b,
  power, remainder: pythonRemainder, fmod: (a, b) => a % b, hypot: Math.hypot,
  arctan2: Math.atan2, maximum: Math.max, minimum: Math.min,
  fmax: (a, b) => (a !== a ? b : b !== b ? a : Math.max(a, b)),
  fmin: (a, b) => (a !== a ? b : b !== b ? a : Math.min(a, b)),
  less: (a, b) => +(a < b), less_equal: (a, b) => +(a <= b),
  equal: (a, b) => +(a === b), not_equal: (a, b) => +(a !== b), logical_and: (a, b) => +(a !== 0 && b !== 0),
  logical_or: (a, b) => +(a !== 0 || b !== 0), logical_xor: (a, b) => +((a !== 0) !== (b !== 0)),
  where: (condition, a, b) => (condition !== 0 ? a : b),
};

function power(a, b) {
  if (b === 0.5) return Math.sqrt(a); // as NumPy does
  return a === 1 || (a === -1 && (b === Infinity || b === -Infinity)) ? 1 : a ** b;
}

export function roundHalfEven(a) {
  const below = Math.floor(a);
  const rest = a - below;
  const nearest = rest < 0.5 || (rest === 0.5 && below % 2 === 0) ? below : below + 1;
  return nearest === 0 && a < 0 ? -0 : nearest;
}

function pythonRemainder(a, b) {
  const r = a % b;
  return r !== 0 && r < 0 !== b < 0 ? r + b : r === 0 ? (b < 0 ? -0 : 0) : r;
}
