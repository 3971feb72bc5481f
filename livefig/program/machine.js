// The tape machine: runs a recorded function on doubles. FORMAT.md describes the program. machine.py is the twin.

// biome-ignore format: a table
const SCALAR = {
  negative: (a) => -a, absolute: Math.abs, sign: (a) => Math.sign(a) + 0, square: (a) => a * a,
  sqrt: Math.sqrt, cbrt: Math.cbrt,
  reciprocal: (a) => 1 / a, exp: Math.exp, exp2: (a) => 2 ** a, expm1: Math.expm1, log: Math.log, log2: Math.log2,
  log10: Math.log10, log1p: Math.log1p, sin: Math.sin, cos: Math.cos, tan: Math.tan, arcsin: Math.asin,
  arccos: Math.acos, arctan: Math.atan, sinh: Math.sinh, cosh: Math.cosh, tanh: Math.tanh, arcsinh: Math.asinh,
  arccosh: Math.acosh, arctanh: Math.atanh, floor: Math.floor, ceil: Math.ceil, trunc: Math.trunc, rint: roundHalfEven,
  isfinite: (a) => +Number.isFinite(a), isnan: (a) => +Number.isNaN(a), logical_not: (a) => +(a === 0),
  power, remainder: pythonRemainder, fmod: (a, b) => a % b, hypot: Math.hypot,
  arctan2: Math.atan2, maximum: Math.max, minimum: Math.min,
  fmax: (a, b) => (a !== a ? b : b !== b ? a : Math.max(a, b)),
  fmin: (a, b) => (a !== a ? b : b !== b ? a : Math.min(a, b)),
  equal: (a, b) => +(a === b), not_equal: (a, b) => +(a !== b), logical_and: (a, b) => +(a !== 0 && b !== 0),
  logical_or: (a, b) => +(a !== 0 || b !== 0), logical_xor: (a, b) => +((a !== 0) !== (b !== 0)),
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

// Operations that are worth a case of their own; every other one is UNARY or BINARY and called.
const ADD = 0;
const SUBTRACT = 1;
const MULTIPLY = 2;
const DIVIDE = 3;
const SQUARE = 4;
const NEGATIVE = 5;
const EXP = 6;
const LESS = 7;
const LESS_EQUAL = 8;
const WHERE = 9;
const AT = 10;
const ROW = 11;
const LOOP = 12;
const LEAF = 13;
const UNARY = 14;
const BINARY = 15;
// biome-ignore format: a table
const CODES = {
  add: ADD, subtract: SUBTRACT, multiply: MULTIPLY, divide: DIVIDE, square: SQUARE, negative: NEGATIVE, exp: EXP,
  less: LESS, less_equal: LESS_EQUAL, where: WHERE, at: AT, row: ROW, loop: LOOP, leaf: LEAF,
};
/** The operations that a program may hold, with the numbers of their arguments. */
// biome-ignore format: a table
export const ARITY = {
  ...Object.fromEntries(Object.entries(SCALAR).map(([name, f]) => [name, f.length])),
  where: 3, at: 3, row: 3, loop: 1, leaf: 0, add: 2, subtract: 2, multiply: 2, divide: 2, less: 2, less_equal: 2,
};
export const TAPE_FORMAT = "livefig-tape";
export const TAPE_VERSION = 1;

/** run(inputs) -> one {values, rows} per output: the numbers in order of the output's cells, row by row. */
export function machine(program) {
  if (program.format !== TAPE_FORMAT || program.version !== TAPE_VERSION)
    throw new Error(`not a tape of version ${TAPE_VERSION}`);
  const unknown = program.ops.find((name) => !Object.hasOwn(ARITY, name));
  if (unknown !== undefined) throw new Error(`no operation is called ${unknown}`);
  const count = program.op.length;
  const inputs = program.inputs.reduce((n, [, ...shape]) => n + shape.reduce((a, b) => a * b, 1), 0);
  const base = inputs + program.constants.length;
  const v = new Float64Array(base + count);
  v.set(program.constants.map(Number), inputs);
  const code = new Uint8Array(count);
  const a = new Int32Array(count);
  const b = new Int32Array(count);
  const c = new Int32Array(count);
  const call = Array.from({ length: count });
  for (let i = 0, at = 0; i < count; i++) {
    const name = program.ops[program.op[i]];
    const arity = ARITY[name];
    [a[i], b[i], c[i]] = program.arg.slice(at, at + arity);
    at += arity;
    code[i] = name in CODES ? CODES[name] : arity === 1 ? UNARY : BINARY;
    call[i] = SCALAR[name];
  }
  const loops = program.loops.map((loop) => ({
    ...loop,
    size: loop.start.length,
    next: Int32Array.from(loop.next),
    temporary: new Float64Array(loop.start.length),
    width: loop.keep.length,
    history: new Float64Array(loop.keep.length * 64),
  }));
  const tables = program.tables.map(({ width, cells }) => ({ width, cells: Int32Array.from(cells) }));
  const steps = (n) => (Number.isFinite(n) ? Math.max(0, roundHalfEven(n)) : 0);
  const rowCount = (n) => (n >= -0.5 ? steps(n) + 1 : 0);

  function keep(loop, state, k) {
    const { width } = loop;
    if (loop.history.length < (k + 1) * width) {
      const longer = new Float64Array(2 * (k + 1) * width);
      longer.set(loop.history);
      loop.history = longer;
    }
    for (let j = 0; j < width; j++) loop.history[k * width + j] = v[state + loop.keep[j]];
  }

  function runLoop(loop, i) {
    const { size, next, temporary } = loop;
    const k = base + i + 1;
    const state = k + 1;
    const from = i + 2 + size;
    const to = i + 1 + loop.length;
    const n = steps(v[loop.n]);
    for (let j = 0; j < size; j++) temporary[j] = v[loop.start[j]];
    v.set(temporary, state);
    keep(loop, state, 0);
    for (let step = 0; step < n; step++) {
      v[k] = step;
      block(from, to);
      for (let j = 0; j < size; j++) temporary[j] = v[next[j]];
      for (let j = 0; j < size; j++) v[state + j] = temporary[j];
      keep(loop, state, step + 1);
    }
  }

  function block(from, to) {
    for (let i = from; i < to; i++) {
      const out = base + i;
      // biome-ignore format: a table
      switch (code[i]) {
        case ADD: v[out] = v[a[i]] + v[b[i]]; break;
        case SUBTRACT: v[out] = v[a[i]] - v[b[i]]; break;
        case MULTIPLY: v[out] = v[a[i]] * v[b[i]]; break;
        case DIVIDE: v[out] = v[a[i]] / v[b[i]]; break;
        case SQUARE: v[out] = v[a[i]] * v[a[i]]; break;
        case NEGATIVE: v[out] = -v[a[i]]; break;
        case EXP: v[out] = Math.exp(v[a[i]]); break;
        case LESS: v[out] = v[a[i]] < v[b[i]] ? 1 : 0; break;
        case LESS_EQUAL: v[out] = v[a[i]] <= v[b[i]] ? 1 : 0; break;
        case WHERE: v[out] = v[a[i]] !== 0 ? v[b[i]] : v[c[i]]; break;
        case AT: v[out] = loops[a[i]].history[v[c[i]] * loops[a[i]].width + b[i]]; break;
        case ROW: v[out] = v[tables[a[i]].cells[v[c[i]] * tables[a[i]].width + b[i]]]; break;
        case LOOP: { const loop = loops[a[i]]; runLoop(loop, i); i += loop.length; break; }
        case UNARY: v[out] = call[i](v[a[i]]); break;
        case BINARY: v[out] = call[i](v[a[i]], v[b[i]]); break;
      }
    }
  }

  const main = program.rows.length ? program.rows[0].begin : count;
  return function run(values) {
    v.set(values, 0);
    block(0, main);
    const results = program.outputs.map(({ cells, rows }) => {
      const length = rows === null ? 1 : rowCount(v[program.rows[rows].n]);
      const numbers = new Float64Array(length * cells.length);
      if (rows === null)
        cells.forEach((cell, j) => {
          numbers[j] = v[cell];
        });
      return { numbers, length };
    });
    program.rows.forEach(({ n, begin, length }, number) => {
      const mine = program.outputs
        .map((output, i) => [output.cells, results[i].numbers])
        .filter((_, i) => program.outputs[i].rows === number);
      for (let k = 0, count = rowCount(v[n]); k < count; k++) {
        v[base + begin] = k;
        block(begin + 1, begin + length);
        for (const [cells, numbers] of mine)
          for (let j = 0; j < cells.length; j++) numbers[k * cells.length + j] = v[cells[j]];
      }
    });
    return results;
  };
}

/** The numbers of an output as nested arrays of the shape that the function returned. */
export function nested({ numbers, length }, { shape, rows, axis }) {
  const full = shape.slice();
  if (rows !== null) full[axis] = length;
  const inner = rows === null ? [] : shape.filter((_, i) => i !== axis);
  const at = (index) => {
    if (rows === null) return numbers[index.reduce((n, i, d) => n * full[d] + i, 0)];
    const rest = index.filter((_, d) => d !== axis);
    return numbers[rest.reduce((n, i, d) => n * inner[d] + i, index[axis])];
  };
  const build = (index) =>
    index.length === full.length
      ? at(index)
      : Array.from({ length: full[index.length] }, (_, i) => build([...index, i]));
  return build([]);
}
