import assert from "node:assert/strict";
import { test } from "node:test";

import { PAINTERS, place } from "../../../livefig/artists/kinds.js";
import { cutSegment } from "../../../livefig/artists/lines.js";
import { colourOf } from "../../../livefig/artists/points.js";
import { outline, short, stepped, toPoints } from "../../../livefig/drawing/paint.js";

// A picture of 100 by 100 points that shows x and y from 0 to 10, y upwards.
const axes = {
  box: [0, 0, 100, 100],
  canvas: [-1, -1, 101, 101],
  x: { scale: "linear", a: 10, b: 0 },
  y: { scale: "linear", a: -10, b: 100 },
};

test("a line goes through its points, with a gap where there is no number", () => {
  const line = { kind: "line", joined: true, steps: "", marker: null, columns: ["x", "y"] };
  assert.deepEqual(place(line, axes, [1, 1, 2, 2, NaN, 3, 4, 4, 5, 4]), { line: { d: "M10 90L20 80M40 60L50 60" } });
});

test("no point and one point make no line", () => {
  const line = { kind: "line", joined: true, steps: "", marker: null, columns: ["x", "y"] };
  for (const numbers of [[], [1, 1]]) assert.deepEqual(place(line, axes, numbers), { line: { d: "" } });
});

test("a segment is cut exactly on the edge, however far its other end is", () => {
  assert.deepEqual(cutSegment([50, 50], [1e300, 50], [0, 0], [100, 100]), [
    [50, 50],
    [100, 50],
  ]);
  assert.equal(cutSegment([-1e13, -1e13], [1e13, 1e13], [0, 0], [100, 100]), null);
});

test("a logarithmic axis has no place for zero, unless it says one", () => {
  assert.equal(toPoints({ scale: "log", a: 10, b: 5, zero: 1e4 }, 0), 1e4);
  assert.ok(Number.isNaN(toPoints({ scale: "log", a: 10, b: 5, zero: null }, -1)));
  assert.equal(toPoints({ scale: "log", a: 10, b: 5 }, 100), 25);
});

test("values below and above a colormap, and those that are no numbers, have colours of their own", () => {
  const colours = { table: ["a", "b", "below", "above", "none"], low: 0, high: 2, log: false };
  assert.deepEqual(
    [-1, 0, 1, 2, 3, NaN].map((v) => colourOf(colours, v)),
    ["below", "a", "b", "b", "above", "none"],
  );
});

test("a staircase goes up before, in the middle of, or after its step", () => {
  const points = (how) => stepped([0, 2], [1, 5], how).map((list) => [...list]);
  assert.deepEqual(points("pre"), [
    [0, 0, 2],
    [1, 5, 5],
  ]);
  assert.deepEqual(points("mid"), [
    [0, 1, 1, 2],
    [1, 1, 5, 5],
  ]);
  assert.deepEqual(points("post"), [
    [0, 2, 2],
    [1, 1, 5],
  ]);
});

test("an outline is closed, and cut a margin around the box", () => {
  assert.equal(
    outline([
      [1, 1],
      [9, 1],
      [9, 9],
    ]),
    "M1 1L9 1L9 9z",
  );
  assert.equal(
    outline(
      [
        [0, 0],
        [1e6, 0],
        [1e6, 50],
        [0, 50],
      ],
      [0, 0, 100, 100],
    ),
    "M0 0L120 0L120 50L0 50z",
  );
});

test("coordinates have two decimals, ties go up", () => {
  assert.deepEqual([0.125, -0.125, 3, 1 / 3].map(short), [0.13, -0.12, 3, 0.33]);
});

test("every painter takes an artist, its axes and its numbers", () => {
  for (const [kind, paint] of Object.entries(PAINTERS)) assert.equal(paint.length, 3, kind);
});
