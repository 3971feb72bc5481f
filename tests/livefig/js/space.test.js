import assert from "node:assert/strict";
import { test } from "node:test";

import { place } from "../../../livefig/artists/kinds.js";
import { box, matrix, seenFrom } from "../../../livefig/drawing/space.js";

// A cube from −1 to 1, seen without perspective: a point of it is a point of the SVG, y downwards.
const camera = {
  roll: 0,
  distance: 10,
  zoom: null,
  world: [
    [1, 0],
    [1, 0],
    [1, 0],
  ],
  page: [
    [10, 0],
    [-10, 0],
  ],
};
const side = { ticks: [0], pads: [1], reach: [0.1, 0.2], pad: 2, rotates: true };
const space = {
  view: [-90, 0],
  camera,
  limits: [
    [-1, 1],
    [-1, 1],
    [-1, 1],
  ],
  point: 0.1,
  sides: [side, side, side],
};
const seen = (view, point) => {
  const [x, y, w, z] = matrix(camera, view).map((row) => row.reduce((sum, c, i) => sum + c * (point[i] ?? 1), 0));
  return [x / w, y / w, z / w].map((value) => Math.round(value * 1e9) / 1e9 + 0);
};

test("from the front x goes right and z up, from the right y goes right, from above y goes up; near is less far", () => {
  assert.deepEqual(seen([-90, 0], [1, 0, 0.5]).slice(0, 2), [1, -0.5]);
  assert.deepEqual(seen([0, 0], [0, 1, 0.5]).slice(0, 2), [1, -0.5]);
  assert.deepEqual(seen([-90, 90], [1, 0.5, 0]).slice(0, 2), [1, -0.5]);
  assert.ok(seen([-90, 0], [0, -1, 0])[2] < seen([-90, 0], [0, 1, 0])[2]);
});

test("only axes in space are seen from elsewhere", () => {
  const axes = [{ box: [] }, { space: 0, matrix: "old" }];
  assert.deepEqual(seenFrom(axes, [space], [[0, 0]]), [
    { box: [], matrix: undefined },
    { space: 0, matrix: matrix(camera, [0, 0]) },
  ]);
});

test("in the view of the picture no label has moved, and in every view each part has a place", () => {
  const first = box(space, space.view, 3);
  assert.ok(Object.values(first).every(({ d, transform }) => d ?? transform === "translate(0 0)"));
  assert.equal(Object.keys(first).filter((name) => name.startsWith("space3.")).length, 3 * 7);
  for (const view of [
    [0, 0],
    [0, 90],
    [-90, -90],
    [400, 12],
  ])
    assert.ok(!JSON.stringify(box(space, view, 3)).includes("NaN"), view);
});

test("a nearer face covers a farther one, and where a height is missing there is a triangle or nothing", () => {
  const surface = {
    kind: "surface",
    columns: ["1", "2", "3"],
    x: [[-1, 0, 1]],
    y: [[-1], [1]],
    down: [0, 1],
    across: [0, 1, 2],
    colours: null,
    face: [255, 0, 0, 255],
    light: [],
  };
  const faces = (view, heights) => place(surface, { matrix: matrix(camera, view) }, heights).faces.faces;
  const [left, right] = ["M-1 0L0 0L0 0L-1 0z", "M0 0L1 0L1 0L0 0z"].map((d) => ["#ff0000", d]);
  assert.deepEqual(faces([-80, 0], [0, 0, 0, 0, 0, 0]).length, 2);
  assert.deepEqual(faces([-90, 0], [0, 0, 0, 0, 0, 0]), [left, right]);
  assert.equal(faces([-90, 0], [0, 0, 0, 0, 0, NaN])[1][1], "M0 0L1 0L0 0z");
  assert.equal(faces([-90, 0], [NaN, NaN, 0, NaN, NaN, 0]).length, 1);
  const near = ([, d]) => Math.sign(Number(d.split("L")[2].split(" ")[0]));
  assert.notEqual(near(faces([-10, 0], [0, 0, 0, 0, 0, 0])[1]), near(faces([170, 0], [0, 0, 0, 0, 0, 0])[0]));
});
