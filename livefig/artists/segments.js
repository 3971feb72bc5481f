// Segments, and the lines that belong to them: how they are painted. segments.py is the twin.

import { marksOf, project } from "../drawing/paint.js";
import { LINES, polyline } from "./lines.js";

export const SEGMENTS = {
  segments({ columns, pieces }, axes, numbers) {
    const parts = {};
    pieces.forEach((piece, number) => {
      const points = summed(numbers, columns.length, piece.sums);
      const own = piece.line
        ? LINES.line({ ...piece.line, columns: ["x", "y"] }, axes, points)
        : { segments: strokes(piece, axes, points) };
      for (const name of Object.keys(own)) parts[`${number}.${name}`] = own[name];
    });
    return parts;
  },
};

/** The numbers of points, which are sums of those in rows. What has no factor may be no number. */
function summed(numbers, width, sums) {
  const found = [];
  for (let row = 0; row < numbers.length; row += width)
    for (const factors of sums)
      found.push(
        factors
          .slice(0, width)
          .reduce((sum, factor, i) => (factor ? sum + factor * numbers[row + i] : sum), factors[width]),
      );
  return found;
}

function strokes({ count, styles, apart }, axes, points) {
  const [x, y] = project(axes, points, axes.matrix ? 3 : 2);
  const found = [];
  for (let i = 0; i < x.length; i += count)
    found.push(polyline(x.slice(i, i + count), y.slice(i, i + count), axes.canvas));
  return marksOf(found, apart, styles);
}
