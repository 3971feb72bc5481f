// The tape machine: runs a recorded function on arrays of doubles. FORMAT.md describes the program. machine.py is the twin.

import { roundHalfEven, SCALAR } from "../record/ops.js";
import { callOperation } from "./calls.js";
import { MORE_REDUCTIONS, MORE_SCANS, moreOperations } from "./more.js";
import { grid, product, range, repeated, together } from "./shapes.js";

/**
 * The operations that a program may hold, with what follows their names: v values, s a shape, l a length, f a formula,
 * a plain numbers, + their number and so many values.
 */
// biome-ignore format: a table
export const SIGNATURES = {
  ...Object.fromEntries(Object.entries(SCALAR).map(([name, f]) => [name, "v".repeat(f.length)])),
  reshape: "vs", broadcast: "vs", take: "vv", put: "vvs", rows: "vv", put_rows: "vvs", join: "+", matmul: "vv",
  "add.reduce": "va", "maximum.reduce": "va", "minimum.reduce": "va", "add.accumulate": "va", argmax: "va",
  argmin: "va", sort: "va", argsort: "va", searchsorted: "vv", steps: "l", head: "vl", call: "+f", leaf: "",
  loop: "a", history: "aa",
};
export const TAPE_FORMAT = "livefig-tape";
export const TAPE_VERSION = 2;

// Instructions: what short arrays are written out as, number by number; a function of numbers; work on whole arrays.
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
const MULTIPLY_ADD = 10;
const MOVE = 11;
const APPLY = 12;
const CALL = 13;
// biome-ignore format: a table
const CODES = {
  add: ADD, subtract: SUBTRACT, multiply: MULTIPLY, divide: DIVIDE, square: SQUARE, negative: NEGATIVE, exp: EXP,
  less: LESS, less_equal: LESS_EQUAL, where: WHERE,
};
const SHORT = 16;
const ALL = -1; // all bits

/** Carry out a block on the numbers v. Five numbers are an instruction: its code, the slot of its result, operands. */
function execute({ code, calls }, v) {
  for (let i = 0; i < code.length; i += 5) {
    // biome-ignore format: a table
    switch (code[i]) {
      case ADD: v[code[i + 1]] = v[code[i + 2]] + v[code[i + 3]]; break;
      case SUBTRACT: v[code[i + 1]] = v[code[i + 2]] - v[code[i + 3]]; break;
      case MULTIPLY: v[code[i + 1]] = v[code[i + 2]] * v[code[i + 3]]; break;
      case DIVIDE: v[code[i + 1]] = v[code[i + 2]] / v[code[i + 3]]; break;
      case SQUARE: v[code[i + 1]] = v[code[i + 2]] * v[code[i + 2]]; break;
      case NEGATIVE: v[code[i + 1]] = -v[code[i + 2]]; break;
      case EXP: v[code[i + 1]] = Math.exp(v[code[i + 2]]); break;
      case LESS: v[code[i + 1]] = v[code[i + 2]] < v[code[i + 3]] ? 1 : 0; break;
      case LESS_EQUAL: v[code[i + 1]] = v[code[i + 2]] <= v[code[i + 3]] ? 1 : 0; break;
      case WHERE: v[code[i + 1]] = v[code[i + 2]] !== 0 ? v[code[i + 3]] : v[code[i + 4]]; break;
      case MULTIPLY_ADD: v[code[i + 1]] = v[code[i + 4]] + v[code[i + 2]] * v[code[i + 3]]; break;
      case MOVE: v[code[i + 1]] = v[code[i + 2]]; break;
      case APPLY: v[code[i + 1]] = calls[code[i + 4]](v[code[i + 2]], v[code[i + 3]]); break;
      case CALL: calls[code[i + 4]](); break;
    }
  }
}

// Elementwise work on n numbers of x, y, z, each in steps of 1, or of 0 if it is a single number. What is frequent has
// a loop of its own, since a call for each number takes longer than the arithmetic.
// biome-ignore format: a table
const KERNELS = {
  add(out, n, x, p, y, q) { for (let i = 0; i < n; i++) out[i] = x[p * i] + y[q * i]; },
  subtract(out, n, x, p, y, q) { for (let i = 0; i < n; i++) out[i] = x[p * i] - y[q * i]; },
  multiply(out, n, x, p, y, q) { for (let i = 0; i < n; i++) out[i] = x[p * i] * y[q * i]; },
  divide(out, n, x, p, y, q) { for (let i = 0; i < n; i++) out[i] = x[p * i] / y[q * i]; },
  maximum(out, n, x, p, y, q) { for (let i = 0; i < n; i++) out[i] = Math.max(x[p * i], y[q * i]); },
  square(out, n, x) { for (let i = 0; i < n; i++) out[i] = x[i] * x[i]; },
  negative(out, n, x) { for (let i = 0; i < n; i++) out[i] = -x[i]; },
  exp(out, n, x) { for (let i = 0; i < n; i++) out[i] = Math.exp(x[i]); },
  sin(out, n, x) { for (let i = 0; i < n; i++) out[i] = Math.sin(x[i]); },
  cos(out, n, x) { for (let i = 0; i < n; i++) out[i] = Math.cos(x[i]); },
  tanh(out, n, x) { for (let i = 0; i < n; i++) out[i] = Math.tanh(x[i]); },
  where(out, n, x, p, y, q, z, r) { for (let i = 0; i < n; i++) out[i] = x[p * i] !== 0 ? y[q * i] : z[r * i]; },
};
const applying = (f) => (out, n, x, p, y, q) => {
  for (let i = 0; i < n; i++) out[i] = f(x[p * i], y[q * i]);
};

// Work along an axis, on one line of numbers after the other: from x[at] in steps of `by`, into out[to], in the same
// steps if it has as many results.
const fold = (f) => (out, to, x, at, by, length) => {
  let total = length ? x[at] : NaN;
  for (let k = 1; k < length; k++) total = f(total, x[at + k * by]);
  out[to] = total;
};
const REDUCTIONS = {
  "add.reduce"(out, to, x, at, by, length) {
    let total = length ? x[at] : 0;
    for (let k = 1; k < length; k++) total += x[at + k * by];
    out[to] = total;
  },
  "maximum.reduce": fold(Math.max),
  "minimum.reduce": fold(Math.min),
};
const SCANS = {
  "add.accumulate"(out, to, x, at, by, length) {
    for (let k = 0; k < length; k++) out[to + k * by] = k ? out[to + (k - 1) * by] + x[at + k * by] : x[at];
  },
};

const stepCount = (n) => (Number.isFinite(n) ? Math.max(0, roundHalfEven(n)) : 0);
const rowCount = (n) => (n >= -0.5 ? stepCount(n) + 1 : 0);

/** The shape and the numbers of a constant, after the earlier ones. */
function readConstant(written, earlier) {
  if (Array.isArray(written)) return { shape: shapeOf(written), numbers: written.flat(Infinity).map(Number) };
  if (typeof written !== "object") return { shape: [], numbers: [Number(written)] };
  const { shape, of, base64, from, by, last, times, columns } = written;
  if (times) {
    const { shape, numbers } = earlier[times[0]];
    return { shape, numbers: numbers.map((number) => number * times[1]) };
  }
  if (of) {
    const once = readConstant(of);
    return { shape, numbers: Array.from(repeated(once.shape, shape), (place) => once.numbers[place]) };
  }
  if (columns) {
    const apart = columns.map((column) => readConstant(column).numbers);
    const numbers = Array.from(apart[0]).flatMap((_, i) => apart.map((column) => column[i]));
    return { shape: [apart[0].length, apart.length], numbers };
  }
  if (base64 !== undefined)
    return { shape, numbers: new Float64Array(Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)).buffer) };
  if (written.grid) return { shape, numbers: grid(written.grid[0], written.grid.slice(1)) };
  const numbers = grid(from, [[product(shape), by]]);
  if (last !== undefined) numbers[numbers.length - 1] = last;
  return { shape, numbers };
}
const shapeOf = (list) => (Array.isArray(list) ? [list.length, ...shapeOf(list[0])] : []);

/**
 * run(inputs) -> one {numbers, shape, same} for each output, whose numbers stand until the next run. The inputs are one
 * list of numbers, argument after argument; an output has its steps first; `same`: it is that of the run before. All
 * arrays are in C order.
 * formulas: those that the program calls, by their names: of the orders of a derivative its operations, each behind its
 * arguments, as [node, operation, ...nodes], [node, "number", value] or [node, "variable", place].
 */
export function machine(program, formulas = {}) {
  const { ops, op, arg, shapes, lengths, loops, inputs, outputs } = program;
  if (program.format !== TAPE_FORMAT || program.version !== TAPE_VERSION)
    throw new Error(`not a tape of version ${TAPE_VERSION}`);
  const unknown = ops.find((name) => !Object.hasOwn(SIGNATURES, name));
  if (unknown !== undefined) throw new Error(`no operation is called ${unknown}`);

  // A value has a `shape`, and `steps`: null, or the slot of their number; then shape and size are those of a row.
  // `memory.data` has its numbers: what has no steps, a part of all slots that begins at `at`; what has, all its rows.
  // `fixed`: it is the same in every run. `needs`: the inputs on which it depends, each a bit; all bits in a loop.
  const values = [];
  const histories = [];
  const slots = { data: null };
  const parts = []; // the values that are parts of the slots
  let end = 0; // of the slots
  const blocks = [];
  const newBlock = () => blocks[blocks.push({ code: [], calls: [] }) - 1];
  const once = newBlock(); // what depends on constants alone
  const main = newBlock();
  let block = main; // the one that is being written
  let needs = 0; // of the values that are being made
  let used = 0; // what the operations of a loop need from before it
  let stale = 0; // the inputs that have changed since a run came to its end
  let begun = false; // whether one has
  const lengthNeeds = []; // by the slot of a number of steps

  function made(shape, steps = null, at = end) {
    const memory = { data: new Float64Array(0) };
    const ofSteps = steps === null ? 0 : lengthNeeds[steps];
    const x = { shape, steps, at, size: product(shape), fixed: block === once, needs: needs | ofSteps, memory };
    if (steps !== null) return x;
    end = Math.max(end, at + x.size);
    parts.push(x);
    return x;
  }
  /** What is needed from before a loop: what changes in it is not. */
  const andNeeds = (all, x) => (x.needs === ALL ? all : all | x.needs);
  const short = (x) => x.steps === null && x.size <= SHORT;
  const rows = (x) => (x.steps === null ? 1 : rowCount(slots.data[x.steps]));
  const stride = (x) => (x.steps === null ? 0 : x.size);
  const stepsOf = (...xs) => xs.find((x) => x.steps !== null)?.steps;

  const emit = (code, out, a, b, c) => block.code.push(code, out, a, b, c);
  const call = (f) => emit(CALL, 0, 0, 0, block.calls.push(f) - 1);
  /** An operation on numbers in slots. */
  function scalar(name, out, a, b, c) {
    if (name in CODES) emit(CODES[name], out, a, b, c);
    else emit(APPLY, out, a, b, block.calls.push(SCALAR[name]) - 1);
  }
  /** The numbers of x with room for `count` rows. */
  function room({ memory, size }, count) {
    const { data } = memory;
    if (data.length < count * size) {
      memory.data = new Float64Array(Math.max(count * size, 2 * data.length));
      memory.data.set(data);
    }
    return memory.data;
  }
  /** An operation on whole arrays: work(numbers of the result, its rows). What has not changed is not done again. */
  function act(out, work) {
    call(() => {
      if (begun && !(out.needs & stale)) return;
      const count = rows(out);
      work(room(out, count), count);
    });
    return out;
  }
  function assign(to, { at, memory }) {
    if (short(to)) for (let i = 0; i < to.size; i++) emit(MOVE, to.at + i, at + i);
    else act(to, (data, count) => data.set(memory.data.subarray(0, count * to.size)));
    return to;
  }
  const copied = (x) => assign(made(x.shape, x.steps), x);

  /**
   * In each row pieces of `width` numbers, taken from their places in x; or those of x, `adding` them at their places
   * to zeros. A row where the places are has `ofRow` numbers.
   */
  function pieces(out, x, places, width, ofRow, adding) {
    const [step, size, other] = [stride(places), places.size, adding ? stride(x) : out.size];
    return act(out, (data, count) => {
      const from = x.memory.data;
      const numbers = places.memory.data;
      if (adding) data.fill(0, 0, count * out.size);
      const many = adding ? rows(step ? places : x) : count;
      for (let r = 0; r < many; r++)
        for (let j = 0; j < size; j++) {
          const place = r * ofRow + numbers[r * step + j] * width;
          const at = r * other + j * width;
          if (adding) for (let i = 0; i < width; i++) data[place + i] += from[at + i];
          else for (let i = 0; i < width; i++) data[at + i] = from[place + i];
        }
    });
  }

  /** The numbers of x, of each of its rows, at places that are known. */
  function arranged(x, shape, steps, data) {
    const begin = data[0] ?? 0;
    if (steps === null && data.every((place, i) => place === begin + i)) return made(shape, null, x.at + begin);
    const out = made(shape, steps);
    if (!short(out)) return pieces(out, x, { steps: null, size: data.length, memory: { data } }, 1, stride(x));
    data.forEach((place, i) => emit(MOVE, out.at + i, x.at + place));
    return out;
  }

  function elementwise(name, ...args) {
    const out = made(together(args.map((x) => x.shape)), stepsOf(...args));
    const { shape, steps, size } = out;
    if (short(out)) {
      const places = args.map((x) => repeated(x.shape, shape));
      for (let i = 0; i < size; i++) scalar(name, out.at + i, ...args.map((x, j) => x.at + places[j][i]));
      return out;
    }
    const single = (x) => x.steps === null && x.size === 1;
    const fits = (x) => single(x) || (x.steps === steps && x.size === size);
    const broadcast = (x) => perform("broadcast", [x, { shape, steps, fixed: steps === null }]);
    const [x, y = x, z = x] = args.map((value) => (fits(value) ? value : broadcast(value)));
    const [p, q, r] = [x, y, z].map((value) => (single(value) ? 0 : 1));
    const kernel = KERNELS[name] ?? applying(SCALAR[name]);
    return act(out, (data, count) => kernel(data, count * size, x.memory.data, p, y.memory.data, q, z.memory.data, r));
  }

  /** A reduction, which takes the axis away, or a scan, which does not. */
  function along(name, x, axis) {
    const inRow = x.steps === null ? axis : axis - 1; // -1: the steps
    const over = inRow < 0;
    const length = x.shape[inRow];
    const by = product(x.shape.slice(inRow + 1));
    const apart = [product(x.shape.slice(0, inRow)), length * by];
    const starts = over ? range(x.size) : grid(0, [apart, [by, 1]]);
    const scan = { ...SCANS, ...MORE_SCANS }[name];
    const left = x.shape.filter((_, i) => scan || i !== inRow);
    const out = made(left, over && !scan ? null : x.steps);
    const [operation, reduce] = name.split(".");
    if (reduce === "reduce" && short(x) && x.size) {
      for (const [i, at] of starts.entries()) {
        const total = out.at + i;
        if (length === 1) emit(MOVE, total, x.at + at);
        for (let k = 1; k < length; k++) scalar(operation, total, k > 1 ? total : x.at + at, x.at + at + k * by);
      }
      return out;
    }
    const line = scan ?? { ...REDUCTIONS, ...MORE_REDUCTIONS }[name];
    return act(out, (data) => {
      const from = x.memory.data;
      const count = rows(x);
      for (let r = 0; r < (over ? 1 : count); r++)
        for (let i = 0; i < starts.length; i++)
          line(data, r * out.size + (scan ? starts[i] : i), from, r * x.size + starts[i], by, over ? count : length);
    });
  }

  const operations = {
    reshape(x, { shape, steps }) {
      if (x.steps === steps) return { ...x, shape };
      const out = made(shape, steps);
      return act(out, (data, count) => data.set(x.memory.data.subarray(0, count * out.size)));
    },
    broadcast: (x, { shape, steps }) => arranged(x, shape, steps, repeated(x.shape, shape)),
    take(x, index) {
      if (index.numbers) return arranged(x, index.shape, x.steps, Int32Array.from(index.numbers));
      return pieces(made(index.shape, stepsOf(x, index)), x, index, 1, stride(x));
    },
    rows(x, k) {
      const shape = x.steps === null ? x.shape.slice(1) : x.shape;
      return pieces(made(shape, k.steps), x, k, product(shape), 0);
    },
    join(...xs) {
      const out = made([xs.reduce((sum, x) => sum + x.size, 0)], stepsOf(...xs));
      const { at, size: whole } = out;
      let begin = 0;
      for (const x of xs) {
        const { size } = x;
        const to = begin;
        if (short(out)) assign(made(x.shape, null, at + to), x);
        else
          act(out, (data, count) => {
            const from = x.memory.data;
            const step = stride(x);
            for (let r = 0; r < count; r++)
              for (let i = 0; i < size; i++) data[r * whole + to + i] = from[r * step + i];
          });
        begin += size;
      }
      return out;
    },
    steps({ steps }) {
      return act(made([], steps), (data, count) => {
        for (let i = 0; i < count; i++) data[i] = i;
      });
    },
    head: (x, { steps, fixed }) => ({ ...made(x.shape.slice(1), steps), fixed: x.fixed && fixed, memory: x.memory }),
    history: (number, place) => histories[number][place],
  };

  const constants = [];
  function constant(shape, numbers) {
    const before = block;
    block = once;
    const value = { ...made(shape), needs: 0, numbers };
    block = before;
    return constants[constants.push(value) - 1];
  }

  /** What other files need to write operations. */
  const writer = {
    formulas,
    act,
    constant,
    made,
    perform,
    pieces,
    rows,
    scalar,
    short,
    stepsOf,
    stride,
    zero: () => zero,
    block: () => block,
    move: (to, from) => emit(MOVE, to, from),
    addProduct: (to, x, y) => emit(MULTIPLY_ADD, to, x, y, to),
  };
  Object.assign(operations, moreOperations?.(writer), callOperation?.(writer));

  /** Write an operation; into the block `once` if its arguments are fixed. */
  function perform(name, args) {
    const before = { block, needs };
    if (args.every((x) => x.fixed ?? true)) block = once;
    needs = args.reduce((all, x) => all | x.needs, 0);
    used = args.reduce(andNeeds, used);
    const known = name in SCALAR ? elementwise : along;
    const value = operations[name]?.(...args) ?? known(name, ...args);
    ({ block, needs } = before);
    return value;
  }

  /** A loop, the operation with the number `at`; its body follows. If only the number of steps is another, it goes on. */
  function loop(number, at) {
    const { n, length, start, next, keep } = loops[number];
    const outer = { block, needs, used };
    const steps = values[n].at;
    lengthNeeds[steps] = values[n].needs;
    const begin = newBlock();
    const body = newBlock();
    block = begin;
    needs = ALL;
    const k = made([]);
    const states = start.map((place) => copied(values[place]));
    const last = end;
    const kept = keep.map((place) => ({ ...states[place], steps, memory: { data: new Float64Array(0) } }));
    histories[number] = kept;
    values.push(null, k, ...states);
    block = body;
    used = start.map((place) => values[place]).reduce(andNeeds, 0);
    compile(at + 2 + start.length, at + 1 + length);
    const mayBeState = (x) => x.steps !== null || (k.at < x.at && x.at < last);
    const following = next.map((place) => (mayBeState(values[place]) ? copied(values[place]) : values[place]));
    states.forEach((state, i) => assign(state, following[i]));
    const own = next.map((place) => values[place]).reduce(andNeeds, used);
    const inner = outer.block !== main;
    for (const x of [...states, ...kept]) x.needs = inner ? ALL : own | values[n].needs;
    ({ block, needs } = outer);
    used = andNeeds(outer.used | own, values[n]);
    const keepAll = (step) => {
      for (const { at: from, size, memory } of kept)
        for (let i = 0; i < size; i++) memory.data[step * size + i] = slots.data[from + i];
    };
    let done = Infinity; // the steps that the states have made
    call(() => {
      const count = stepCount(slots.data[steps]);
      for (const x of kept) room(x, count + 1);
      if (inner || count < done || own & stale) {
        execute(begin, slots.data);
        keepAll(0);
        done = 0;
      }
      for (; done < count; done++) {
        slots.data[k.at] = done;
        execute(body, slots.data);
        keepAll(done + 1);
      }
    });
  }

  let read = 0; // of the arguments of all operations
  function compile(from, to) {
    for (let i = from; i < to; i++) {
      const name = ops[op[i]];
      const signature = SIGNATURES[name].replace("+", () => "v".repeat(arg[read++]));
      const args = Array.from(signature, (letter) => argument(letter, arg[read++]));
      if (name === "loop") {
        loop(args[0], i);
        i += loops[args[0]].length;
      } else values.push(perform(name, args));
    }
  }
  function argument(letter, given) {
    if (letter === "v") return values[given];
    if (letter === "a") return given;
    if (letter === "f") return program.formulas[given];
    const shape = letter === "s" ? shapes[given] : [-1 - given];
    if (!(shape[0] < 0)) return { shape, steps: null, fixed: true };
    const { at, fixed, needs: ofSteps } = values[lengths[-1 - shape[0]]];
    lengthNeeds[at] = ofSteps;
    return { shape: shape.slice(1), steps: at, fixed, needs: ofSteps };
  }

  const bits = []; // by the slot of an input
  for (const [, ...shape] of inputs) {
    needs = 1 << Math.min(bits.length, 30);
    const input = made(shape);
    for (let i = 0; i < input.size; i++) bits.push(needs);
    values.push(input);
  }
  needs = 0;
  block = once;
  const zero = made([]);
  for (const written of program.constants) {
    const { shape, numbers } = readConstant(written, constants);
    constant(shape, numbers);
  }
  values.push(...constants);
  block = main;
  compile(0, op.length);

  slots.data = new Float64Array(end);
  for (const { at, size, memory } of parts) memory.data = slots.data.subarray(at, at + size);
  for (const { at, numbers } of constants) slots.data.set(numbers, at);
  for (const each of blocks) each.code = Int32Array.from(each.code);
  execute(once, slots.data);
  return (numbers) => {
    bits.forEach((bit, i) => {
      if (!Object.is(slots.data[i], numbers[i])) stale |= bit;
    });
    slots.data.set(numbers);
    execute(main, slots.data);
    const changed = stale;
    stale = 0;
    begun = true;
    return outputs.map(([place]) => {
      const { shape, steps, size, memory, needs } = values[place];
      const count = rows({ steps });
      const whole = steps === null ? shape : [count, ...shape];
      return { numbers: memory.data.subarray(0, count * size), shape: whole, same: !(needs & changed) };
    });
  };
}
