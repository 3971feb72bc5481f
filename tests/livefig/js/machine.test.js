import assert from "node:assert/strict";
import { test } from "node:test";

import { nested } from "../../../livefig/page/access.js";
import { SIGNATURES, machine } from "../../../livefig/program/machine.js";
import { roundHalfEven } from "../../../livefig/record/ops.js";

const NUMBERS = [3.7, -2.5, -1, -0.5, -0, 0, 0.5, 1, 2, Infinity, -Infinity, NaN];
const product = (shape) => shape.reduce((a, b) => a * b, 1);
const some = (shape, seed = 1) => ({
  shape,
  values: Array.from({ length: product(shape) }, (_, i) => Math.sin(seed + 3 * i)),
});

/** FORMAT.md's example: a state that starts at 8 and becomes s·x + 3, n times. */
const halves = () => ({
  format: "livefig-tape",
  version: 2,
  inputs: [["x"], ["n"]],
  used: ["x", "n"],
  constants: [8, 3],
  lengths: [],
  shapes: [],
  ops: ["add", "leaf", "loop", "multiply"],
  op: [2, 1, 1, 3, 0],
  arg: [0, 6, 0, 7, 3],
  loops: [{ n: 1, length: 4, start: [2], next: [8], keep: [], steps: null }],
  outputs: [[6, null]],
});

/**
 * A tape whose values have names; constants may be arrays {shape, values}. body: [result, operation, ...arguments], shapes written out; of a loop
 * [name, "loop", {n, start: {state: its start}, next, keep, body}].
 */
function tape({ inputs = [], constants = {}, lengths = [], body = [], outputs }) {
  const place = {};
  let count = 0;
  for (const name of [...inputs.map(([name]) => name), ...Object.keys(constants)]) place[name] = count++;
  const [shapes, ops, op, arg, loops] = [[], [], [], [], []];
  const number = {}; // of the loops
  const emit = (result, name, ...args) => {
    if (!ops.includes(name)) ops.push(name);
    op.push(ops.indexOf(name));
    arg.push(...args);
    place[result] = count++;
  };
  const write = {
    v: (name) => place[name] ?? assert.fail(`no value ${name}`),
    s: (shape) => shapes.push(shape) - 1,
    l: (length) => length,
    a: (plain) => plain,
  };
  const writeAll = (lines) => {
    for (const [result, name, ...args] of lines) {
      if (name === "join") emit(result, name, args.length, ...args.map(write.v));
      else if (name === "history") emit(result, name, number[args[0]], args[1]);
      else if (name !== "loop") emit(result, name, ...args.map((argument, i) => write[SIGNATURES[name][i]](argument)));
      else {
        const [{ n, start, next, keep = [], body: inner }] = args;
        const loop = { n: place[n], start: Object.values(start).map(write.v), keep, steps: null };
        number[result] = loops.push(loop) - 1;
        emit(result, name, number[result]);
        const begin = op.length;
        for (const leaf of ["k", ...Object.keys(start)]) emit(leaf, "leaf");
        writeAll(inner);
        Object.assign(loop, { next: next.map(write.v), length: op.length - begin });
      }
    }
  };
  writeAll(body);
  return {
    format: "livefig-tape",
    version: 2,
    inputs,
    used: inputs.map(([name]) => name),
    constants: Object.values(constants).map((x) => (Object.hasOwn(x, "values") ? asConstant(x) : x)),
    lengths: lengths.map(write.v),
    shapes,
    ops,
    op,
    arg,
    loops,
    outputs: outputs.map((output) => (Array.isArray(output) ? [place[output[0]], output[1]] : [place[output], null])),
  };
}

/** What a tape gives, nested arrays: at the first run, and after each in which one input was another. */
function given(program, ...inputs) {
  const numbers = inputs.flat(Infinity);
  const run = machine(program);
  const found = () => run(numbers).map((output, i) => nested(output, program.outputs[i]));
  const first = found();
  numbers.forEach((number, i) => {
    run(numbers.with(i, number + 1));
    assert.deepEqual(found(), first);
  });
  return first;
}

/** What one operation gives for arrays {shape, values}: whichever are constants or inputs, the result is the same. */
function result(name, arrays, ...plain) {
  return sameOf(arrays, [], null, (names) => [["y", name, ...names, ...plain]]);
}

/** The same; the first axis of arrays {shape, values, timed: true} is steps, n + 1 of them, and lies there in the result. */
function timed(name, arrays, n, axis, ...plain) {
  const heads = arrays.flatMap((x, i) => (x.timed ? [[`h${i}`, "head", `x${i}`, 0]] : []));
  const args = arrays.map((x, i) => (x.timed ? `h${i}` : `x${i}`));
  return sameOf(arrays, [n], axis, () => [...heads, ["y", name, ...args, ...plain]]);
}

function sameOf(arrays, lengths, axis, bodyOf) {
  const names = arrays.map((_, i) => `x${i}`);
  const n = lengths.map(() => ["n"]);
  const body = bodyOf(names);
  const found = [() => true, () => false, (i) => i > 0, (i) => i < arrays.length - 1].map((isInput) => {
    const constants = arrays.flatMap((x, i) => (isInput(i) ? [] : [[names[i], x]]));
    const inputs = arrays.flatMap(({ shape }, i) => (isInput(i) ? [[names[i], ...shape]] : []));
    const numbers = arrays.filter((_, i) => isInput(i)).map(({ values }) => values);
    const named = { inputs: [...n, ...inputs], constants: Object.fromEntries(constants) };
    return given(tape({ ...named, lengths: n.flat(), body, outputs: [["y", axis]] }), lengths, ...numbers)[0];
  });
  for (const other of found.slice(1)) assert.deepEqual(other, found[0]);
  return found[0];
}

/** An array {shape, values} as a tape has it. */
function asConstant({ shape, values }) {
  return values.length ? nested({ numbers: values, shape }, [0, null]) : { shape, base64: "" };
}

const array = (...numbers) => ({ shape: [numbers.length], values: numbers });
const number = (value) => ({ shape: [], values: [value] });
const matrix = (text) => text.split("|").map((row) => row.trim().split(/ +/).map(Number));
/** An array from its rows; its first axis may be steps. */
const from = (text) => ({ shape: [matrix(text).length, matrix(text)[0].length], values: matrix(text).flat() });
const steps = (x) => ({ ...x, timed: true });

test("a loop runs as often as its number says, rounded to the nearest even whole number", () => {
  const run = machine(halves());
  const after = (n) => run([0.5, n])[0].numbers[0];
  assert.deepEqual([0, 1, 2, 0.5, 1.5, 2.5, -3, NaN, Infinity].map(after), [8, 7, 6.5, 8, 6.5, 6.5, 8, 8, 8]);
});

test("a machine starts afresh at every run", () => {
  const run = machine(halves());
  run([NaN, 9]);
  assert.equal(run([0.5, 2])[0].numbers[0], 6.5);
});

test("a tape of another format or version is refused", () => {
  assert.throws(() => machine({ ...halves(), version: 1 }), /not a tape of version 2/);
  assert.throws(() => machine({ ...halves(), format: "other" }), /not a tape/);
});

test("an operation that is not known is refused by its name, also one that every object has", () => {
  for (const name of ["multiplied", "toString"]) {
    assert.throws(
      () => machine({ ...halves(), ops: ["add", "leaf", "loop", name] }),
      new RegExp(`no operation is called ${name}`),
    );
  }
});

test("constants that JSON cannot write come as texts", () => {
  const constants = { a: "-Infinity", b: "NaN", c: -0, d: ["Infinity", 0.1, "NaN"] };
  const found = given(tape({ constants, outputs: ["a", "b", "c", "d"] }));
  assert.deepEqual(found, [-Infinity, NaN, -0, [Infinity, 0.1, NaN]]);
});

test("a constant array is a list, a progression, base64, or a part of a grid", () => {
  const base64 = btoa(String.fromCharCode(...new Uint8Array(new Float64Array([0.1, -0, NaN]).buffer)));
  const constants = {
    list: [[1], [2]],
    progression: { shape: [2, 2], from: -1, by: 0.1 },
    base64: { shape: [3], base64 },
    grid: { shape: [2, 3], grid: [5, [2, 10], [3, -2]] },
    empty: { shape: [0, 2], base64: "" },
  };
  assert.deepEqual(given(tape({ constants, outputs: Object.keys(constants) })), [
    [[1], [2]],
    matrix(`-1 ${-1 + 0.1} | ${-1 + 0.1 * 2} ${-1 + 0.1 * 3}`),
    [0.1, -0, NaN],
    matrix("5 3 1 | 15 13 11"),
    [],
  ]);
});

test("a constant of a smaller shape is repeated along its axes of length 1", () => {
  const constants = {
    down: { shape: [2, 3], of: { shape: [1, 3], from: 1, by: 1 } },
    across: { shape: [2, 3], of: [[7], ["NaN"]] },
    all: { shape: [2, 2], of: { shape: [1, 1], grid: [4] } },
  };
  const wanted = ["1 2 3 | 1 2 3", "7 7 7 | NaN NaN NaN", "4 4 | 4 4"].map(matrix);
  assert.deepEqual(given(tape({ constants, outputs: Object.keys(constants) })), wanted);
});

test("a progression may end elsewhere, and a constant may be a multiple of an earlier one", () => {
  const constants = {
    line: { shape: [4], from: 0, by: 0.1, last: 0.3 },
    twice: { times: [0, -2] },
    rows: { shape: [2, 4], of: { shape: [1, 4], from: 1, by: 1, last: 5 } },
    half: { times: [2, 0.5] },
  };
  const wanted = [
    [0, 0.1, 0.2, 0.3],
    [-0, -0.2, -0.4, -0.6],
    [
      [1, 2, 3, 5],
      [1, 2, 3, 5],
    ],
    [
      [0.5, 1, 1.5, 2.5],
      [0.5, 1, 1.5, 2.5],
    ],
  ];
  assert.deepEqual(given(tape({ constants, outputs: Object.keys(constants) })), wanted);
});

// For some numbers what an operation gives, as NumPy says.
// biome-ignore format: a table
const ELEMENTWISE = {
  negative: [[2, -2], [0, -0]], absolute: [[-2, 2]], sign: [[-3, -1], [-0, 0], [NaN, NaN]], square: [[-3, 9]],
  sqrt: [[9, 3], [-1, NaN]], cbrt: [[-8, -2]], reciprocal: [[4, 0.25], [0, Infinity]], exp: [[0, 1]], exp2: [[3, 8]],
  expm1: [[0, 0]], log: [[1, 0], [0, -Infinity]], log2: [[8, 3]], log10: [[1000, 3]], log1p: [[0, 0]], sin: [[0, 0]],
  cos: [[0, 1]], tan: [[0, 0]], arcsin: [[1, Math.PI / 2]], arccos: [[1, 0]], arctan: [[Infinity, Math.PI / 2]],
  sinh: [[0, 0]], cosh: [[0, 1]], tanh: [[Infinity, 1]], arcsinh: [[0, 0]], arccosh: [[1, 0]],
  arctanh: [[1, Infinity]], floor: [[-0.5, -1]], ceil: [[0.5, 1]], trunc: [[-1.5, -1]], rint: [[2.5, 2], [-0.4, -0]],
  isfinite: [[1, 1], [NaN, 0], [Infinity, 0]], isnan: [[1, 0], [NaN, 1]], logical_not: [[0, 1], [-0, 1], [NaN, 0]],
  add: [[1, 2, 3]], subtract: [[1, 2, -1]], multiply: [[3, 2, 6]], divide: [[1, -0, -Infinity], [0, 0, NaN]],
  power: [[2, 3, 8], [1, NaN, 1], [-1, Infinity, 1], [NaN, 0, 1]], remainder: [[-7, 3, 2], [7, -3, -2], [-6, 3, 0]],
  fmod: [[-7, 3, -1]], hypot: [[3, 4, 5]], arctan2: [[0, -1, Math.PI]], maximum: [[1, NaN, NaN], [2, 1, 2]],
  minimum: [[NaN, 1, NaN], [2, 1, 1]], fmax: [[1, NaN, 1], [1, 2, 2]], fmin: [[NaN, 1, 1], [1, 2, 1]],
  less: [[1, 2, 1], [2, 2, 0], [NaN, 1, 0]], less_equal: [[2, 2, 1], [3, 2, 0]], equal: [[2, 2, 1], [NaN, NaN, 0]],
  not_equal: [[2, 2, 0], [NaN, NaN, 1]], logical_and: [[NaN, 2, 1], [0, 1, 0]], logical_or: [[0, 0, 0], [0, NaN, 1]],
  logical_xor: [[1, 2, 0], [0, 3, 1]], where: [[1, 5, 6, 5], [0, 5, 6, 6], [NaN, 5, 6, 5], [-0, 5, 6, 6]],
};

test("elementwise operations give NumPy's numbers", () => {
  for (const [name, cases] of Object.entries(ELEMENTWISE))
    for (const [i, numbers] of cases.entries()) {
      const wanted = numbers.at(-1);
      const found = result(name, numbers.slice(0, -1).map(number));
      assert.deepEqual(found, wanted, `${name}, ${i}`);
    }
});

const structural = "reshape broadcast take put rows put_rows join matmul add.reduce maximum.reduce minimum.reduce";
const others = "add.accumulate argmax argmin sort argsort searchsorted steps head call leaf loop history";

test("every operation is tried here", () => {
  assert.deepEqual(
    Object.keys(SIGNATURES).sort(),
    [...Object.keys(ELEMENTWISE), ...`${structural} ${others}`.split(" ")].sort(),
  );
  for (const signature of Object.values(SIGNATURES)) assert.match(signature, /^([vsla]*|\+f?)$/);
});

test("an elementwise operation does to all numbers of arrays, short, long or with steps, what it does to one", () => {
  for (const name of Object.keys(ELEMENTWISE)) {
    const arity = SIGNATURES[name].length;
    const columns = Array.from({ length: arity }, (_, j) => [...NUMBERS.slice(j * 3), ...NUMBERS.slice(0, j * 3)]);
    const wanted = NUMBERS.map((_, i) =>
      result(
        name,
        columns.map((values) => number(values[i])),
      ),
    );
    const [count, twice] = [NUMBERS.length, [...wanted, ...wanted]];
    assert.deepEqual(
      result(
        name,
        columns.map((values) => ({ shape: [count], values })),
      ),
      wanted,
      name,
    );
    const long = columns.map((values) => ({ shape: [2 * count], values: [...values, ...values] }));
    assert.deepEqual(result(name, long), twice, `long ${name}`);
    assert.deepEqual(timed(name, long.map(steps), 14, 0), twice.slice(0, 15), `${name} with steps`);
  }
});

test("shapes broadcast as NumPy's do, in each row where there are steps", () => {
  const column = { shape: [4, 1], values: [10, 20, 30, 40] };
  const line = array(1, 2, 3);
  assert.deepEqual(result("subtract", [column, line]), matrix("9 8 7 | 19 18 17 | 29 28 27 | 39 38 37"));
  const long = { shape: [30, 1], values: some([30]).values };
  const differences = long.values.map((a) => line.values.map((b) => b - a));
  assert.deepEqual(result("subtract", [line, long]), differences);
  assert.deepEqual(
    result("subtract", [number(1), long]),
    long.values.map((a) => [1 - a]),
  );
  assert.deepEqual(result("add", [{ shape: [2, 0], values: [] }, array(1)]), [[], []]);

  const rows = steps(from("1 2 | 3 4 | 5 6"));
  assert.deepEqual(timed("subtract", [rows, number(1)], 2, 0), matrix("0 1 | 2 3 | 4 5"));
  assert.deepEqual(timed("subtract", [array(10, 20), rows], 2, 0), matrix("9 18 | 7 16 | 5 14"));
  assert.deepEqual(timed("subtract", [steps(array(7, 8, 9)), rows], 2, 0), matrix("6 5 | 5 4 | 4 3"));
  const scaled = ["1 2 | 10 20", "3 4 | 30 40", "5 6 | 50 60"].map(matrix);
  assert.deepEqual(timed("multiply", [rows, { shape: [2, 1], values: [1, 10] }], 2, 0), scaled);
});

test("reshape and broadcast keep and repeat numbers", () => {
  assert.deepEqual(result("reshape", [array(1, 2, 3, 4, 5, 6)], [3, 2]), matrix("1 2 | 3 4 | 5 6"));
  assert.deepEqual(result("broadcast", [array(1, 2)], [2, 2]), matrix("1 2 | 1 2"));
  assert.deepEqual(result("broadcast", [array(1, 2)], [0, 2]), []);
  const wide = [1, 2].map((x) => Array(20).fill(x));
  assert.deepEqual(result("broadcast", [{ shape: [2, 1], values: [1, 2] }], [2, 20]), wide);
  const rows = steps(from("1 2 | 3 4 | 5 6"));
  assert.deepEqual(timed("reshape", [rows], 1, 0, [-1, 2, 1]), [
    [[1], [2]],
    [[3], [4]],
  ]);
  assert.deepEqual(timed("broadcast", [rows], 1, 0, [-1, 2, 2]), ["1 2 | 1 2", "3 4 | 3 4"].map(matrix));
  assert.deepEqual(timed("broadcast", [array(1, 2)], 2, 0, [-1, 2]), matrix("1 2 | 1 2 | 1 2"));
});

test("steps whose number is known may become an ordinary axis, and one may become steps", () => {
  for (const width of [1, 30]) {
    const x = some([4, width]);
    const program = tape({
      constants: { x, three: 3 },
      lengths: ["three"],
      body: [
        ["rows", "reshape", "x", [-1, width]],
        ["twice", "add", "rows", "rows"],
        ["plain", "reshape", "twice", [2, 2 * width]],
      ],
      outputs: [["rows", 0], "plain"],
    });
    const [rows, plain] = given(program);
    assert.deepEqual(rows.flat(), x.values);
    assert.deepEqual([plain.length, plain[0].length], [2, 2 * width]);
    assert.deepEqual(
      plain.flat(),
      x.values.map((value) => value + value),
    );
  }
});

test("take reads places that count in C order", () => {
  const x = from("10 11 12 | 13 14 15");
  assert.deepEqual(result("take", [x, from("5 0 | 3 3")]), matrix("15 10 | 13 13"));
  assert.deepEqual(result("take", [x, array(2, 3, 4)]), [12, 13, 14]);
  const long = array(...Array.from({ length: 40 }, (_, i) => (7 * i) % 6));
  const found = long.values.map((i) => 10 + i);
  assert.deepEqual(result("take", [x, long]), found);
  const part = array(...Array.from({ length: 30 }, (_, i) => 5 + i));
  assert.deepEqual(result("take", [long, part]), long.values.slice(5, 35));

  const rows = steps(from("1 2 3 | 4 5 6"));
  const places = steps(from("2 2 0 | 1 0 0"));
  assert.deepEqual(timed("take", [rows, array(2, 0)], 1, 0), matrix("3 1 | 6 4"));
  assert.deepEqual(timed("take", [array(7, 8, 9), places], 1, 0), matrix("9 9 7 | 8 7 7"));
  assert.deepEqual(timed("take", [rows, places], 1, 0), matrix("3 3 1 | 5 4 4"));
});

test("put adds every number at its place, in order, to zeros", () => {
  const index = array(3, 0, 1, 3, 3);
  const numbers = array(1e16, 2, -0, 1, 1); // 1e16 + 1 + 1 is 1e16, and 1 + 1 + 1e16 is not
  assert.deepEqual(result("put", [index, numbers], [2, 2]), matrix("2 0 | 0 1e16"));
  assert.deepEqual(result("put", [index, numbers], [30]), Array(30).fill(0).with(0, 2).with(3, 1e16));

  const v = steps(from("1 2 | 3 4 | 5 6"));
  const places = steps(from("0 1 | 1 1 | 2 0"));
  assert.deepEqual(timed("put", [array(2, 0), v], 2, 0, [-1, 3]), matrix("2 0 1 | 4 0 3 | 6 0 5"));
  assert.deepEqual(timed("put", [places, v], 2, 0, [-1, 3]), matrix("1 2 0 | 0 7 0 | 6 0 5"));
  assert.deepEqual(timed("put", [places, array(1, 10)], 2, 0, [-1, 3]), matrix("1 10 0 | 0 11 0 | 10 0 1"));
  assert.deepEqual(timed("put", [places, v], 2, null, [3]), [1 + 6, 2 + 3 + 4, 5]);
  assert.deepEqual(timed("put", [array(2, 2), v], 1, null, [3]), [0, 0, 1 + 2 + 3 + 4]);
});

test("rows are read by their numbers, and given back", () => {
  const x = from("1 2 | 3 4 | 5 6");
  const k = steps(array(2, 0, 2, 1));
  assert.deepEqual(result("rows", [x, number(1)]), [3, 4]);
  assert.deepEqual(result("rows", [array(7, 8), number(1)]), 8);
  assert.deepEqual(timed("rows", [steps(x), number(2)], 2, null), [5, 6]);
  assert.deepEqual(timed("rows", [x, k], 3, 0), matrix("5 6 | 1 2 | 5 6 | 3 4"));
  assert.deepEqual(timed("rows", [steps(x), k], 2, 0), matrix("5 6 | 1 2 | 5 6"));

  const v = steps(from("1 2 | 3 4 | 5 6 | 7 8"));
  assert.deepEqual(result("put_rows", [number(1), array(7, 8)], [3, 2]), matrix("0 0 | 7 8 | 0 0"));
  assert.deepEqual(timed("put_rows", [k, v], 3, null, [3, 2]), matrix("3 4 | 7 8 | 6 8"));
  assert.deepEqual(timed("put_rows", [k, array(1, 10)], 3, null, [3, 2]), matrix("1 10 | 1 10 | 2 20"));
  assert.deepEqual(timed("put_rows", [number(1), array(7, 8)], 2, 0, [-1, 2]), matrix("0 0 | 7 8 | 0 0"));
});

test("join puts all numbers of one value after those of the other, in each row", () => {
  assert.deepEqual(result("join", [{ shape: [2, 1], values: [1, 2] }, number(3), array(4)]), [1, 2, 3, 4]);
  const long = some([20]);
  assert.deepEqual(result("join", [array(1, 2), long, array(3)]), [1, 2, ...long.values, 3]);
  const rows = steps(from("1 2 | 3 4"));
  assert.deepEqual(timed("join", [number(8), rows, array(9)], 1, 0), matrix("8 1 2 9 | 8 3 4 9"));
});

/** The product of two matrices, summed up first to last. */
function matrixProduct({ shape: [m, length], values: a }, { shape: [, n], values: b }) {
  const entry = (i, j) => {
    let total = a[i * length] * b[j];
    for (let k = 1; k < length; k++) total += a[i * length + k] * b[k * n + j];
    return total;
  };
  return Array.from({ length: m }, (_, i) => Array.from({ length: n }, (_, j) => entry(i, j)));
}

test("matmul sums products first to last, in short and long matrices", () => {
  for (const [m, length, n] of matrix("2 2 2 | 1 3 1 | 4 2 2 | 3 1 5 | 9 8 7 | 1 40 1 | 20 1 2")) {
    const [a, b] = [some([m, length]), some([length, n], 2)];
    assert.deepEqual(result("matmul", [a, b]), matrixProduct(a, b), `${m}×${length} by ${length}×${n}`);
  }
  assert.deepEqual(result("matmul", [some([2, 0]), some([0, 1])]), [[0], [0]]);
});

test("axes before the matrices broadcast, and steps are rows of them", () => {
  const some3 = (shape, seed) => [0, 1, 2].map((i) => some(shape, seed + i));
  const stacked = (parts, ...axes) => ({ shape: [...axes, ...parts[0].shape], values: parts.flatMap((x) => x.values) });
  for (const [m, length, n] of matrix("1 2 1 | 3 4 2")) {
    const a = some3([m, length], 1);
    const b = some3([length, n], 9);
    const all = a.map((x) => b.map((y) => matrixProduct(x, y)));
    assert.deepEqual(result("matmul", [stacked(a, 3, 1), stacked(b, 3)]), all);
    const [left, right] = [stacked(a, 3), stacked(b, 3)];
    const [first, second] = [all.map((row) => row[0]), all[0]];
    assert.deepEqual(timed("matmul", [steps(left), b[0]], 2, 0), first);
    assert.deepEqual(timed("matmul", [a[0], steps(right)], 2, 0), second);
    const each = all.map((row, i) => row[i]);
    assert.deepEqual(timed("matmul", [steps(left), steps(right)], 1, 0), each.slice(0, 2));
    assert.deepEqual(timed("matmul", [steps(stacked(a, 3, 1)), right], 2, 0), all);
  }
});

// What an operation makes of a line of numbers.
const LINES = {
  "add.reduce": (line) => line.reduce((a, b) => a + b),
  "maximum.reduce": (line) => Math.max(...line),
  "minimum.reduce": (line) => Math.min(...line),
  "add.accumulate": (line) => line.map((_, i) => LINES["add.reduce"](line.slice(0, i + 1))),
  argmax: (line) => line.indexOf(Math.max(...line)),
  argmin: (line) => line.indexOf(Math.min(...line)),
  sort: (line) => line.toSorted((a, b) => a - b),
  argsort: (line) => LINES.sort(line).map((x) => line.indexOf(x)),
};

/** What f makes of every line along an axis of three, by what it gives at every place. */
function alongAxis(f, { shape, values }, axis) {
  const lengths = f(values.slice(0, shape[axis])).length;
  const build = (place) => {
    const d = place.length;
    if (d < 3) {
      const next = (_, i) => build([...place, i]);
      return d === axis && !lengths ? build([...place, 0]) : Array.from({ length: shape[d] }, next);
    }
    const at = (k) => place.with(axis, k).reduce((total, i, e) => total * shape[e] + i, 0);
    const found = f(Array.from({ length: shape[axis] }, (_, k) => values[at(k)]));
    return lengths ? found[place[axis]] : found;
  };
  return build([]);
}

test("reductions and scans go along any axis, first to last, steps too", () => {
  for (const [name, f] of Object.entries(LINES))
    for (const shape of matrix("2 3 2 | 5 4 3 | 1 2 1 | 1 1 1"))
      for (const axis of [0, 1, 2]) {
        const x = some(shape);
        const wanted = alongAxis(f, x, axis);
        assert.deepEqual(result(name, [x], axis), wanted, `${name} of ${shape} along ${axis}`);
        const out = axis === 0 && !Array.isArray(f([1])) ? null : 0;
        const found = timed(name, [steps(x)], shape[0] - 1, out, axis);
        assert.deepEqual(found, wanted, `${name} of ${shape} along ${axis}, the first steps`);
      }
});

test("a sum starts with its first number, and NaN goes through extremes", () => {
  assert.equal(result("add.reduce", [array(-0, -0)], 0), -0);
  assert.equal(result("add.reduce", [array(-0)], 0), -0);
  assert.deepEqual(result("add.reduce", [some([0, 2])], 0), [0, 0]);
  assert.deepEqual(result("add.accumulate", [array(-0, -0, 1)], 0), [-0, -0, 1]);
  for (const name of ["maximum.reduce", "minimum.reduce"]) {
    assert.equal(result(name, [array(1, NaN, 3)], 0), NaN);
    assert.equal(result(name, [array(...some([40]).values, NaN)], 0), NaN);
  }
});

test("places of extremes are those of the first one, or of the first NaN", () => {
  assert.equal(result("argmax", [array(1, 3, 1, 3)], 0), 1);
  assert.equal(result("argmin", [array(1, 3, 1, 3)], 0), 0);
  for (const name of ["argmax", "argmin"]) assert.equal(result(name, [array(1, NaN, -3, NaN, 5)], 0), 1);
});

test("sorting puts NaN last and keeps the order of equal numbers", () => {
  const x = [array(2, NaN, 0, Infinity, -0, -Infinity, NaN, 2)];
  assert.deepEqual(result("sort", x, 0), [-Infinity, 0, -0, 2, 2, Infinity, NaN, NaN]);
  assert.deepEqual(result("argsort", x, 0), [5, 2, 4, 0, 7, 3, 1, 6]);
});

test("searchsorted counts the numbers that are not larger", () => {
  const xs = array(1, 2, 2, 5);
  const x = array(1, 0, 1.5, 2, 4, 5, Infinity, NaN);
  const wanted = [1, 0, 1, 3, 3, 4, 4, 4];
  assert.deepEqual(result("searchsorted", [xs, x]), wanted);
  assert.deepEqual(timed("searchsorted", [xs, steps(x)], 7, 0), wanted);
  assert.deepEqual(timed("searchsorted", [xs, steps(from("1 2 3 | 4 5 6"))], 1, 0), matrix("1 3 3 | 3 4 4"));
});

/** A walk x ← x − lr·(g·x) of two numbers, and its history. */
const WALK = [
  "walk",
  "loop",
  {
    n: "n",
    start: { x: "start" },
    next: ["y"],
    keep: [0],
    body: [
      ["gx", "multiply", "g", "x"],
      ["move", "multiply", "lr", "gx"],
      ["y", "subtract", "x", "move"],
    ],
  },
];
const walk = (body = [], outputs = [["h", 0]]) =>
  tape({
    inputs: [["lr"], ["n"], ["start", 2]],
    constants: { g: array(1, 2) },
    lengths: ["n"],
    body: [WALK, ["h", "history", "walk", 0], ...body],
    outputs,
  });
const walked = (lr, n, start) => {
  const all = [start];
  for (let i = 0; i < n; i++) all.push(all[i].map((x, j) => x - lr * ((j + 1) * x)));
  return all;
};

test("a history has all states, the start first, however their number changes", () => {
  const program = walk([["last", "rows", "h", "n"]], [["h", 0], ["h", 1], "last", "x"]);
  const run = machine(program);
  for (const n of [3, 5, 100, 0, 7]) {
    const results = run([0.1, n, 4, 5]);
    const wanted = walked(0.1, n, [4, 5]);
    assert.deepEqual(results[0].shape, [n + 1, 2]);
    const turned = [0, 1].map((j) => wanted.map((row) => row[j]));
    const all = results.map((found, i) => nested(found, program.outputs[i]));
    assert.deepEqual(all, [wanted, turned, wanted[n], wanted[n]]);
  }
});

test("of −1 steps there is no state; operations on no rows give none, or zeros", () => {
  const body = [
    ["loss", "add.reduce", "h", 1],
    ["sum", "add.reduce", "h", 0],
    ["k", "steps", 0],
    ["both", "join", "k", "loss"],
  ];
  const run = (n) => given(walk(body, [["h", 0], ["loss", 0], "sum", ["both", 0]]), 0.1, n, 4, 5);
  assert.deepEqual(run(-1), [[], [], [0, 0], []]);
  assert.deepEqual(run(NaN), [[], [], [0, 0], []]);
  for (const n of [0, 0.5, -0.5, Infinity]) assert.deepEqual(run(n), [[[4, 5]], [9], [4, 5], [[0, 9]]]);
});

test("two lengths go side by side, and may be equal", () => {
  const program = tape({
    inputs: [["n"], ["m"]],
    lengths: ["n", "m"],
    body: [
      ["a", "steps", 0],
      ["b", "steps", 1],
      ["square", "multiply", "b", "b"],
      ["picked", "rows", "square", "a"],
      ["total", "add.reduce", "b", 0],
      ["c", "multiply", "a", "total"],
    ],
    outputs: [
      ["a", 0],
      ["picked", 0],
      ["c", 0],
    ],
  });
  assert.deepEqual(given(program, 2, 4), [
    [0, 1, 2],
    [0, 1, 4],
    [0, 10, 20],
  ]);
  assert.deepEqual(given(program, 1, 1), [
    [0, 1],
    [0, 1],
    [0, 1],
  ]);
});

test("head makes the first rows steps", () => {
  assert.deepEqual(timed("negative", [steps(array(1, 2, 3, 4))], 1, 0), [-1, -2]);
  const constants = { x: from("1 2 | 3 4 | 5 6") };
  const program = tape({
    inputs: [["n"]],
    lengths: ["n"],
    constants,
    body: [["h", "head", "x", 0]],
    outputs: [["h", 1]],
  });
  const run = machine(program);
  const found = (n) => nested(run([n])[0], program.outputs[0]);
  assert.deepEqual([found(0), found(2), found(-1)], [[[1], [2]], matrix("1 3 5 | 2 4 6"), [[], []]]);
});

test("states change at once, whatever they are next", () => {
  const long = some([30]);
  const program = tape({
    inputs: [["n"], ["a"], ["b"], ["c", 2]],
    constants: { long, longer: some([30], 5), turn: array(1, 0) },
    body: [
      [
        "swap",
        "loop",
        {
          n: "n",
          start: { p: "a", q: "b", r: "c", s: "long", t: "longer", u: "a", w: "a" },
          next: ["q", "p", "turned", "t", "s", "k", "part"],
          body: [
            ["turned", "take", "r", "turn"],
            ["first", "reshape", "r", [2]],
            ["part", "add.reduce", "first", 0],
          ],
        },
      ],
    ],
    outputs: ["p", "q", "r", "s", "t", "u", "w"],
  });
  const other = some([30], 5);
  assert.deepEqual(given(program, 0, 1, 2, [3, 4]), [1, 2, [3, 4], long.values, other.values, 1, 1]);
  assert.deepEqual(given(program, 3, 1, 2, [3, 4]), [2, 1, [4, 3], other.values, long.values, 2, 7]);
});

test("states may have steps, and lengths may change from step to step", () => {
  // Of m = 0, 1, … below n: total ← total + (0 + 1 + … + m); all ← −all, which has the steps 0 … p.
  const program = tape({
    inputs: [["n"], ["p"]],
    constants: { zero: 0 },
    lengths: ["p", "m"],
    body: [
      ["rows", "steps", 0],
      [
        "outer",
        "loop",
        {
          n: "n",
          start: { total: "zero", all: "rows", same: "rows" },
          next: ["more", "turned", "all"],
          keep: [0],
          body: [
            ["m", "add", "k", "zero"],
            ["each", "steps", 1],
            ["sum", "add.reduce", "each", 0],
            ["more", "add", "total", "sum"],
            ["turned", "negative", "all"],
          ],
        },
      ],
    ],
    outputs: ["total", ["all", 0], ["same", 0]],
  });
  assert.deepEqual(given(program, 4, 2), [0 + 1 + 3 + 6, [0, 1, 2], [-0, -1, -2]]);
  assert.deepEqual(given(program, 1, 3), [0, [-0, -1, -2, -3], [0, 1, 2, 3]]);
});

test("an inner loop starts afresh in every outer step, with its own number of steps", () => {
  // Outer state s; inner: k steps of z ← z·s from 1, with its history; s ← s + sum of that history.
  const program = tape({
    inputs: [["n"], ["s0"]],
    constants: { one: 1 },
    lengths: [],
    body: [
      [
        "outer",
        "loop",
        {
          n: "n",
          start: { s: "s0" },
          next: ["grown"],
          body: [
            ["count", "multiply", "k", "one"],
            [
              "inner",
              "loop",
              { n: "count", start: { z: "one" }, next: ["times"], keep: [0], body: [["times", "multiply", "z", "s"]] },
            ],
            ["powers", "history", "inner", 0],
            ["sum", "add.reduce", "powers", 0],
            ["grown", "add", "s", "sum"],
          ],
        },
      ],
    ],
    outputs: ["s"],
  });
  const wanted = (n, s) => {
    for (let k = 0; k < n; k++) {
      let sum = 1;
      let z = 1;
      for (let i = 0; i < k; i++) {
        z *= s;
        sum += z;
      }
      s += sum;
    }
    return s;
  };
  const run = machine(program);
  for (const n of [5, 2, 0, 4]) assert.equal(run([n, 0.5])[0].numbers[0], wanted(n, 0.5));
});

test("what only constants decide is there from the beginning, inside loops too", () => {
  const program = tape({
    inputs: [["n"]],
    constants: { a: array(1, 2), b: { shape: [30, 1], from: 0, by: 1 }, zero: 0 },
    body: [
      [
        "sums",
        "loop",
        {
          n: "n",
          start: { s: "zero" },
          next: ["more"],
          body: [
            ["table", "multiply", "a", "b"],
            ["line", "add.reduce", "table", 0],
            ["sum", "add.reduce", "line", 0],
            ["more", "add", "s", "sum"],
          ],
        },
      ],
    ],
    outputs: ["s", "line", "b"],
  });
  const b = Array.from({ length: 30 }, (_, i) => [i]);
  assert.deepEqual(given(program, 0), [0, [435, 870], b]);
  assert.deepEqual(given(program, 2), [2610, [435, 870], b]);
});

test("a call is written out where it stands, in the shape that its arguments have together", () => {
  const all = [
    [0, "variable", 0],
    [1, "sin", 0],
    [2, "number", 2],
    [3, "multiply", 1, 2],
  ];
  const formulas = { f: ([order]) => all.slice(0, order ? 2 : 4), g: () => [all[2]] };
  const called = { ops: ["call"], op: [0, 0, 0], arg: [2, 0, 1, 0, 2, 0, 1, 1, 2, 0, 1, 2] };
  const program = {
    ...tape({
      inputs: [
        ["x", 3],
        ["y", 2, 1],
      ],
      body: [],
      outputs: [],
    }),
    ...called,
    outputs: [2, 3, 4].map((value) => [value, null]),
    formulas: [
      ["f", 0, 0],
      ["f", 1, 0],
      ["g", 0, 0],
    ],
  };
  const x = [0.1, 0.2, 0.3];
  const rows = (row) => [row, row];
  const wanted = [rows(x.map((one) => 2 * Math.sin(one))), rows(x.map(Math.sin)), rows([2, 2, 2])];
  const found = machine(program, formulas)([...x, 7, 8]);
  assert.deepEqual(
    Array.from(found, (one) => nested(one, [0, null])),
    wanted,
  );
});

test("an output has the shape that the function returned, its steps along their axis", () => {
  const numbers = [1, 2, 3, 4, 5, 6];
  assert.deepEqual(nested({ numbers, shape: [2, 3] }, [0, null]), matrix("1 2 3 | 4 5 6"));
  assert.deepEqual(nested({ numbers, shape: [3, 1, 2] }, [0, 1]), [matrix("1 2 | 3 4 | 5 6")]);
  assert.deepEqual(nested({ numbers, shape: [3, 2] }, [0, 0]), matrix("1 2 | 3 4 | 5 6"));
  assert.deepEqual(nested({ numbers, shape: [3, 2] }, [0, 1]), matrix("1 3 5 | 2 4 6"));
  assert.deepEqual(nested({ numbers: [], shape: [0, 2] }, [0, 0]), []);
  assert.equal(nested({ numbers: [7], shape: [] }, [0, null]), 7);
});

test("halves are rounded to even numbers, and zero keeps its sign", () => {
  assert.deepEqual([0.5, 1.5, 2.5, -0.5, -1.5, -2.6, -0].map(roundHalfEven), [0, 2, 2, -0, -2, -3, -0]);
});

test("an output is the same as in the run before where no input that it depends on has changed", () => {
  // The powers of a, k of them, and b times 30 numbers: what does not change is not computed again.
  const program = tape({
    inputs: [["a"], ["b"], ["n"]],
    constants: { one: 1, many: some([30], 5) },
    body: [
      [
        "powers",
        "loop",
        { n: "n", start: { p: "one" }, next: ["times"], keep: [0], body: [["times", "multiply", "p", "a"]] },
      ],
      ["kept", "history", "powers", 0],
      ["scaled", "multiply", "many", "b"],
      ["sum", "add", "scaled", "p"],
    ],
    outputs: [["kept", 0], "p", "scaled", "sum", "many"],
  });
  const run = machine(program);
  const same = (...numbers) => run(numbers).map((output) => output.same);
  run([2, 3, 4]);
  assert.deepEqual(same(2, 3, 4), [true, true, true, true, true]);
  assert.deepEqual(same(2, 5, 4), [true, true, false, false, true]);
  assert.deepEqual(same(3, 5, 4), [false, false, true, false, true]);
  assert.deepEqual(same(3, 5, 6), [false, false, true, false, true]);
  for (const n of [6, 9, 2, 3]) {
    const [kept, p] = run([3, 5, n]).map(({ numbers }) => Array.from(numbers));
    assert.deepEqual([kept, p], [Array.from({ length: n + 1 }, (_, k) => 3 ** k), [3 ** n]]);
  }
});

test("what is repeated for every step of a loop is repeated for more steps", () => {
  const long = some([30], 5);
  const program = tape({
    inputs: [["n"]],
    constants: { long },
    body: [
      [
        "walk",
        "loop",
        { n: "n", start: { s: "long" }, next: ["more"], keep: [0], body: [["more", "add", "s", "long"]] },
      ],
      ["kept", "history", "walk", 0],
      ["shifted", "add", "kept", "long"],
    ],
    outputs: [["shifted", 0]],
  });
  const run = machine(program);
  for (const n of [2, 5, 3, 40]) {
    assert.deepEqual(run([n])[0].numbers, machine(program)([n])[0].numbers);
  }
});
