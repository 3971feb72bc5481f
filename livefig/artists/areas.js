// Filled areas and bars: how they are painted. areas.py is the twin.

import { outline, pathThrough, project, stepped } from "../drawing/paint.js";

const DEGREE = Math.PI / 180;

export const AREAS = {
  bars({ upright, sides, bases }, axes, numbers) {
    const parts = {};
    sides.forEach((side, i) => {
      const [base, length] = bases.length ? [bases[i], numbers[i]] : numbers.slice(2 * i, 2 * i + 2);
      const ends = [base, base + length];
      const [[left, right], [low, high]] = upright ? [side, ends] : [ends, side];
      // biome-ignore format: four corners
      const corners = [[left, low], [right, low], [right, high], [left, high]];
      const [x, y] = project(axes, (axes.polar ? byDegrees(corners) : corners).flat(), 2);
      const finite = [...x, ...y].every(Number.isFinite);
      parts[`bar${i}`] = { d: finite ? outline(Array.from(x, (at, k) => [at, y[k]])) : "" };
    });
    return parts;
  },

  area({ along, steps }, axes, numbers) {
    if (!along) {
      const [x, y] = project(axes, numbers, 2);
      const points = [];
      x.forEach((a, i) => {
        if (Number.isFinite(a + y[i])) points.push([a, y[i]]);
      });
      return { area: { d: outline(points, axes.box) } };
    }
    const upright = along === "x";
    const curves = [1, 2].map((k) => {
      const points = [];
      for (let i = 0; i < numbers.length; i += 3)
        points.push(...(upright ? [numbers[i], numbers[i + k]] : [numbers[i + k], numbers[i]]));
      return project(axes, points, 2);
    });
    const all = curves.flat();
    let d = "";
    let first = 0; // of the points that follow each other without a gap
    const count = numbers.length / 3;
    for (let i = 0; i <= count; i++) {
      if (i < count && all.every((at) => Number.isFinite(at[i]))) continue;
      const [there, back] = curves.map((curve) => {
        const [x, y] = curve.map((at) => at.slice(first, i));
        const [u, v] = upright ? stepped(x, y, steps) : stepped(y, x, steps);
        return Array.from(u, (a, k) => (upright ? [a, v[k]] : [v[k], a]));
      });
      const corners = [...back.slice(0, 1), ...there, ...back.reverse()];
      d += i - first > 1 ? outline(corners, axes.box) : pathThrough(corners.slice(0, 2));
      first = i + 1;
    }
    return { area: { d } };
  },
};

/** In polar axes: the corners of a path whose edges are straight in the data, and a point in each degree between them. */
function byDegrees(corners) {
  return corners.flatMap(([x, y], i) => {
    const [toX, toY] = corners[(i + 1) % corners.length];
    const count = Math.ceil(Math.abs(toX - x) / DEGREE) || 1;
    return Array.from({ length: count }, (_, k) => [x + (k / count) * (toX - x), y + (k / count) * (toY - y)]);
  });
}
