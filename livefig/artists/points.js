// Scatters, and fields of arrows: how they are painted. points.py is the twin.

import { places } from "../drawing/colormap.js";
import { FAR, depths, markerAt, marksOf, outline, project } from "../drawing/paint.js";

export const POINTS = {
  points({ columns, markers, colours, apart }, axes, numbers) {
    const [x, y] = project(axes, numbers, columns.length);
    const marks = [];
    for (let i = 0; i < x.length; i++) marks.push(markerAt(x[i], y[i], markers[i % markers.length], axes.box));
    const order = farFirst(axes, numbers, columns.length);
    if (!colours) {
      const sorted = order.map((i) => marks[i]);
      return { points: marksOf(sorted, apart) };
    }
    const coloured = places(
      colours,
      marks.map((_, i) => numbers[(i + 1) * columns.length - 1]),
    );
    const runs = []; // neighbours of one colour share a path
    order.forEach((i) => {
      const mark = marks[i];
      if (!mark) return;
      const colour = colours.table[coloured[i]];
      const last = runs[runs.length - 1];
      if (colour && last && last[0] === colour && !apart) last[1] += mark;
      else if (colour) runs.push([colour, mark]);
    });
    return {
      points: {
        inner: runs.map(([colour, d]) => `<path style="color:var(--${colour},#${colour})" d="${d}"></path>`).join(""),
      },
    };
  },

  arrows(artist, axes, numbers) {
    const [x, y] = project(axes, numbers, 4);
    let d = "";
    for (let i = 0; i < x.length; i++) d += arrow(artist, x[i], y[i], numbers[4 * i + 2], numbers[4 * i + 3]);
    return { arrows: { d } };
  },
};

/** An arrow as matplotlib's quiver draws it: seven corners; a hexagon where it is too short to have a direction. */
function arrow({ width, head, unit, shortest, whole, pivot }, x, y, u, v) {
  const dx = unit[0] * u;
  const dy = unit[1] * v;
  const norm = Math.sqrt(dx * dx + dy * dy);
  if (![x, y, dx, dy].every(Number.isFinite)) return "";
  let length = norm / width;
  let corners;
  let cos = 1;
  let sin = 0;
  if (length < shortest) {
    const turns = [0, 1, 2, 3, 4, 5].map((k) => (k * Math.PI) / 3);
    corners = turns.map((turn) => [(Math.cos(turn) * shortest) / 2, (Math.sin(turn) * shortest) / 2]);
  } else {
    const size = whole ? Math.min(1, length / whole) : 1;
    length = Math.min(length, FAR);
    const start = -pivot * length;
    const half = size / 2;
    const upper = [
      [0, half],
      [length - size * head[2], half],
      [length - size * head[1], half * head[0]],
    ];
    corners = [...upper, [length, 0], ...upper.map(([a, b]) => [a, -b]).reverse()].map(([a, b]) => [a + start, b]);
    cos = dx / norm;
    sin = dy / norm;
  }
  return outline(corners.map(([a, b]) => [x + width * (a * cos - b * sin), y + width * (a * sin + b * cos)]));
}

/** The order in which points are painted: in three dimensions near ones cover far ones. */
function farFirst(axes, numbers, width) {
  const order = Array.from({ length: numbers.length / width }, (_, i) => i);
  if (!axes.matrix) return order;
  const away = depths(axes, numbers, width).map((depth) => (Number.isNaN(depth) ? -Infinity : depth));
  return order.sort((i, j) => (away[j] > away[i]) - (away[j] < away[i]));
}
