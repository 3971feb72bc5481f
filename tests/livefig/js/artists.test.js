import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { test } from "node:test";
import { inflateSync } from "node:zlib";

import { painters, place } from "../../../livefig/artists/kinds.js";
import { followed } from "../../../livefig/artists/limits.js";
import { cutSegment } from "../../../livefig/artists/lines.js";
import { places } from "../../../livefig/drawing/colormap.js";
import { png } from "../../../livefig/drawing/png.js";
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
    [...places(colours, [-1, 0, 1, 2, 3, NaN])].map((place) => colours.table[place]),
    ["below", "a", "b", "b", "above", "none"],
  );
});

/** Width, height, kind of colour, palette and lines of a PNG that is not compressed and has one block. */
function opened(href) {
  const bytes = Buffer.from(href.split(",")[1], "base64");
  const chunks = {};
  for (let at = 8; at < bytes.length; at += bytes.readUInt32BE(at) + 12)
    chunks[bytes.toString("latin1", at + 4, at + 8)] = bytes.subarray(at + 8, at + 8 + bytes.readUInt32BE(at));
  const data = [...inflateSync(chunks.IDAT)];
  const [width, height, kind] = [chunks.IHDR.readUInt32BE(0), chunks.IHDR.readUInt32BE(4), chunks.IHDR[9]];
  const length = data.length / height;
  const lines = Array.from({ length: height }, (_, i) => data.slice(i * length, (i + 1) * length));
  assert.ok(lines.every((line) => line.shift() === 0));
  return { width, kind, lines, palette: [...(chunks.PLTE ?? [])], opacity: [...(chunks.tRNS ?? [])] };
}

test("a picture has a palette of the colours that occur, each once", () => {
  const table = ["ff0000", "00ff0080", "ff0000", ""];
  assert.deepEqual(opened(png(2, [2, 1, 0, 3], table)), {
    width: 2,
    kind: 3,
    lines: [
      [0, 1],
      [0, 2],
    ],
    palette: [255, 0, 0, 0, 255, 0, 0, 0, 0],
    opacity: [255, 128, 0],
  });
});

test("a picture of more colours than a palette holds says each of them", () => {
  const table = Array.from(
    { length: 300 },
    (_, i) => `0000${(i % 256).toString(16).padStart(2, "0")}${i < 256 ? "" : "7f"}`,
  );
  const { kind, lines } = opened(
    png(
      300,
      Array.from(table, (_, i) => i),
      table,
    ),
  );
  assert.equal(kind, 6);
  assert.deepEqual(lines[0].slice(0, 8), [0, 0, 0, 255, 0, 0, 1, 255]);
  assert.deepEqual(lines[0].slice(-4), [0, 0, 43, 127]);
});

test("a picture may be longer than a block of zlib", () => {
  const { lines } = opened(png(300, new Uint16Array(90000).fill(1, 80000), ["000000", "ffffff"]));
  assert.equal(
    lines.flat().reduce((sum, slot) => sum + slot),
    10000,
  );
});

test("an image has its first row on top and its first column on the left, unless it is flipped", () => {
  const colours = { table: ["000000", "ffffff", "00ff00", "ff0000", ""], low: 0, high: 1, log: false };
  const lines = (flipped) =>
    opened(
      place({ kind: "image", columns: ["1", "2"], flipped, fine: [1, 1], colours }, axes, [-1, 0, 1, 2]).image.href,
    ).lines;
  // The slots follow the table: black, white, below, above.
  const [a, b, c, d] = [2, 0, 1, 3];
  assert.deepEqual([lines([false, false]), lines([true, false]), lines([false, true])], [
    [[a, b], [c, d]],
    [[c, d], [a, b]],
    [[b, a], [d, c]],
  ]); // biome-ignore format: as they stand
});

test("a smooth image goes in equal steps from middle to middle, and is flat outside", () => {
  const table = Array.from({ length: 100 }, (_, i) => `0000${String(i).padStart(2, "0")}`);
  const colours = { table: [...table, "ff0000", "00ff00", ""], low: 0, high: 100, log: false };
  const image = { kind: "image", columns: ["1", "2"], flipped: [false, false], fine: [3, 3], colours };
  const { lines, palette } = opened(place(image, axes, [0, 30, 60, 90]).image.href);
  const shades = lines.map((line) => line.map((slot) => Number(palette[3 * slot + 2].toString(16))));
  assert.deepEqual(shades[0], [0, 0, 10, 20, 30, 30]);
  assert.deepEqual(
    shades.map((line) => line[0]),
    [0, 0, 20, 40, 60, 60],
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

test("axes stay what they are while their limits do, so that nothing on them is painted anew", () => {
  const side = { ...axes.x, ticks: { scale: "linear" }, limits: 0, ends: [0, 100] };
  const spec = { artists: [{ kind: "limits", x: side, y: side }], axes: [axes, { x: side, y: axes.y }] };
  const at = (high, before) => followed(spec, [{ numbers: [0, high, 0, 1] }], [[0, 1, 0, 1]], before);
  const [still, follows] = at(5);
  assert.equal(follows.x.a, 20);
  const same = at(5, [still, follows]);
  assert.ok(same[0] === still && same[1] === follows);
  const other = at(4, [still, follows]);
  assert.ok(other[0] === still && other[1] !== follows && other[1].x.a === 25);
});

test("every painter takes an artist, its axes and its numbers", () => {
  for (const [kind, paint] of Object.entries(painters())) assert.equal(paint.length, 3, kind);
});
