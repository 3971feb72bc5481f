import assert from "node:assert/strict";
import { test } from "node:test";

import { asSetting, rowsByKind } from "../../../livefig/controls/controls.js";
import { onGrid } from "../../../livefig/controls/sliders.js";
import { settingsFor } from "../../../livefig/page/access.js";
import { farther } from "../../../livefig/page/handle.js";

const linear = { base: null, min: -3, max: 3, step: 0.1, low: -3, high: 3 };
const log = { base: 10, min: -3, max: 0.3, step: 0.1, low: 1e-3, high: 10 ** 0.3 };
const near = (found, wanted) => assert.ok(Math.abs(found - wanted) < 1e-12, `${found} is not ${wanted}`);

test("a dragged value lands on the grid of its slider, and in its range", () => {
  assert.deepEqual(
    [0.34, 99, -99].map((x) => onGrid(linear, x)),
    [0.3, 3, -3],
  );
  near(onGrid(log, 0.1), 0.1);
  near(onGrid(log, 1e9), 10 ** 0.3);
  near(onGrid(log, 1e-9), 1e-3);
  near(onGrid(log, -1), 1e-3);
});

test("the last step of a slider may be shorter than the others", () => {
  assert.equal(onGrid({ base: null, min: 0, max: 1, step: 0.3 }, 2), 1);
});

test("the keys move by steps, on a logarithmic slider by those of the exponent, and to both ends", () => {
  near(farther(linear, 1, -2), 0.8);
  near(farther(log, 0.1, 10), 1);
  assert.deepEqual([farther(linear, 1, Infinity), farther(log, 1, -Infinity)], [3, 1e-3]);
});

test("a setting is a whole number where only those are wanted, an index, or true or false", () => {
  assert.equal(asSetting({ low: 0, whole: true }, 2.7), 3);
  assert.equal(asSetting({ low: 0, whole: false }, 2.7), 2.7);
  assert.equal(asSetting({ options: ["a", "b"] }, 1), 1);
  assert.deepEqual(
    [0, 1].map((x) => asSetting({}, x)),
    [false, true],
  );
});

test("a script sets controls by their values and options by their labels, and is told what cannot be", () => {
  const controls = { lr: linear, rule: { options: ["plain", "momentum"] }, grid: {} };
  const figure = { controls: new Map(Object.entries(controls)) };
  assert.deepEqual(settingsFor(figure, { lr: 0.25, rule: "momentum", grid: 1 }), { lr: 0.25, rule: 1, grid: true });
  assert.deepEqual(settingsFor(figure, { rule: 0 }), { rule: 0 });
  assert.throws(() => settingsFor(figure, { rate: 1 }), /no control "rate"/);
  assert.throws(() => settingsFor(figure, { rule: "none" }), /rule has no option none/);
  assert.throws(() => settingsFor(figure, { lr: "0.1" }), /lr must be a finite number/);
});

test("every kind of control has a row", () => {
  for (const row of Object.values(rowsByKind())) assert.equal(row.length, 4);
});
