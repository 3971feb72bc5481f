// Circles, ellipses, rectangles and wedges: how they are painted. patches.py is the twin.

import { outline, project, short } from "../drawing/paint.js";

const FULL = 1e-12; // degrees by which a circle may fail to close
const radians = (degrees) => (degrees * Math.PI) / 180;
const closed = (d) => d && `${d}z`;

export const PATCHES = {
  circle: (artist, axes, [x, y, radius]) => ({ circle: { d: round(axes, x, y, 2 * radius, 2 * radius, 0) } }),

  ellipse: (artist, axes, numbers) => ({ ellipse: { d: round(axes, ...numbers) } }),

  rectangle({ angle }, axes, [x, y, width, height]) {
    // biome-ignore format: four corners
    const corners = [[0, 0], [width, 0], [width, height], [0, height]];
    const [u, v] = project(
      axes,
      rotated(corners, angle).flatMap(([a, b]) => [a + x, b + y]),
      2,
    );
    const points = Array.from(u, (a, i) => [a, v[i]]);
    return { rectangle: { d: points.flat().every(Number.isFinite) ? outline(points, axes.box) : "" } };
  },

  wedge({ width }, axes, [x, y, radius, start, stop]) {
    if (!Number.isFinite(start + stop)) return { wedge: { d: "" } };
    const whole = Math.abs(stop - start - 360) <= FULL;
    const outer = (whole ? arc(0, 360, 16) : arc(start, stop)).map(([a, b]) => [a * radius, b * radius]);
    const share = radius ? (radius - width) / radius : 1;
    const inner = width === null ? [[0, 0]] : [...outer].reverse().map(([a, b]) => [a * share, b * share]);
    const [edge, back] = [outer, inner].map((points) => curve(axes, points, x, y));
    return { wedge: { d: closed(edge + (whole ? back : back.replace("M", "L"))) } };
  },
};

function round(axes, x, y, width, height, angle) {
  const points = arc(-90, 270, 8).map(([a, b]) => [(a * width) / 2, (b * height) / 2]);
  return closed(curve(axes, rotated(points, angle), x, y));
}

/** The control points of an arc of the unit circle: of so many curves, or as many as matplotlib has by itself. */
function arc(start, stop, count) {
  const turns = (stop - start) / 360;
  const full = Math.round(turns) !== 0 && Math.abs(turns - Math.round(turns)) <= FULL;
  const first = radians(start);
  const last = radians(full ? start + 360 : stop - 360 * Math.floor(turns));
  const n = count ?? 2 ** Math.ceil((last - first) / (Math.PI / 2));
  const step = (last - first) / n;
  const alpha = (Math.sin(step) * (Math.sqrt(4 + 3 * Math.tan(step / 2) ** 2) - 1)) / 3;
  const beside = (angle, way) => [Math.cos(angle) - way * Math.sin(angle), Math.sin(angle) + way * Math.cos(angle)];
  const points = [beside(first, 0)];
  for (let i = 0; i < n; i++) {
    const [from, to] = [first + step * i, first + step * (i + 1)];
    points.push(beside(from, alpha), beside(to, -alpha), beside(to, 0));
  }
  return points;
}

function rotated(points, degrees) {
  const [cos, sin] = [Math.cos(radians(degrees)), Math.sin(radians(degrees))];
  return points.map(([a, b]) => [cos * a - sin * b, sin * a + cos * b]);
}

/** A path of cubic curves through control points around a place; empty if one of them is nowhere. */
function curve(axes, points, x, y) {
  const [u, v] = project(
    axes,
    points.flatMap(([a, b]) => [a + x, b + y]),
    2,
  );
  if (![...u, ...v].every(Number.isFinite)) return "";
  const [first, ...others] = Array.from(u, (a, i) => `${short(a)} ${short(v[i])}`);
  let d = `M${first}`;
  for (let i = 0; i < others.length; i += 3) d += `C${others.slice(i, i + 3).join(" ")}`;
  return d;
}
