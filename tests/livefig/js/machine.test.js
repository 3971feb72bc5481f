import assert from "node:assert/strict";
import { test } from "node:test";

import { ARITY, machine, nested, roundHalfEven } from "../../../livefig/program/machine.js";

/** FORMAT.md's example: a state that starts at 8 and becomes s·x + 3, n times. */
const halves = () => ({
  format: "livefig-tape",
  version: 1,
  inputs: [["x"], ["n"]],
  used: ["x", "n"],
  constants: [8, 3],
  ops: ["add", "leaf", "loop", "multiply"],
  op: [2, 1, 1, 3, 0],
  arg: [0, 6, 0, 7, 3],
  loops: [{ n: 1, length: 4, start: [2], next: [8], keep: [] }],
  tables: [],
  rows: [],
  outputs: [{ shape: [], cells: [6], rows: null, axis: 0 }],
});

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
  assert.throws(() => machine({ ...halves(), version: 2 }), /not a tape of version 1/);
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
  const program = { ...halves(), inputs: [], constants: ["-Infinity", "NaN", -0], ops: [], op: [], arg: [], loops: [] };
  const [{ numbers }] = machine({ ...program, outputs: [{ shape: [3], cells: [0, 1, 2], rows: null, axis: 0 }] })([]);
  assert.deepEqual([...numbers], [-Infinity, NaN, -0]);
});

test("an output has the shape that the function returned, its steps along their axis", () => {
  const numbers = [1, 2, 3, 4, 5, 6];
  assert.deepEqual(nested({ numbers, length: 1 }, { shape: [2, 3], rows: null, axis: 0 }), [
    [1, 2, 3],
    [4, 5, 6],
  ]);
  assert.deepEqual(nested({ numbers, length: 3 }, { shape: [1, 2], rows: 0, axis: 0 }), [
    [1, 2],
    [3, 4],
    [5, 6],
  ]);
  assert.deepEqual(nested({ numbers, length: 3 }, { shape: [2, 1], rows: 0, axis: 1 }), [
    [1, 3, 5],
    [2, 4, 6],
  ]);
  assert.deepEqual(nested({ numbers: [], length: 0 }, { shape: [1, 2], rows: 0, axis: 0 }), []);
});

test("halves are rounded to even numbers, and zero keeps its sign", () => {
  assert.deepEqual([0.5, 1.5, 2.5, -0.5, -1.5, -2.6, -0].map(roundHalfEven), [0, 2, 2, -0, -2, -3, -0]);
});

test("every operation has from none to three arguments", () => {
  for (const [name, count] of Object.entries(ARITY)) assert.ok([0, 1, 2, 3].includes(count), name);
});
