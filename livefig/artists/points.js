// Scatters, and fields of arrows: how they are painted. points.py is the twin.

import { places } from "../drawing/colormap.js";
import { FAR, depths, markerAt, marksOf, ofColour, outline, project } from "../drawing/paint.js";

export const POINTS = {
  points({ columns, markers, colours, styles, apart }, axes, numbers) {
    const [x, y] = project(axes, numbers, columns.length);
    const marks = [];
    for (let i = 0; i < x.length; i++) marks.push(markerAt(x[i], y[i], markers[i % markers.length], axes.box));
    let turns = styles;
    if (colours) {
      const values = marks.map((_, i) => numbers[(i + 1) * columns.length - 1]);
      const table = colours.table.map((digits) => digits && ofColour(digits));
      turns = Array.from(places(colours, values), (place) => table[place]);
      turns.forEach((style, i) => {
        if (!style) marks[i] = "";
      });
    }
    const order = farFirst(axes, numbers, columns.length);
    const sorted = order.map((i) => marks[i]);
    return { points: marksOf(sorted, apart, turns && order.map((i) => turns[i % turns.length])) };
  },

  arrows(artist, axes, numbers) {
    const [x, y] = project(axes, numbers, 4);
    const drawn = Array.from(x, (_, i) => arrow(artist, x[i], y[i], numbers[4 * i + 2], numbers[4 * i + 3]));
    return { arrows: marksOf(drawn, false, artist.styles) };
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
