// Heights on a grid: how images, meshes and contour lines are painted. fields.py is the twin.

import { places } from "../drawing/colormap.js";
import { isolines } from "../drawing/isolines.js";
import { outline, pathThrough, toPoints } from "../drawing/paint.js";
import { png } from "../drawing/png.js";

export const FIELDS = {
  image({ columns, flipped, fine, colours }, axes, numbers) {
    const across = columns.length;
    const rows = numbers.length / across;
    const [down, right] = fine;
    const heights = between(between(turned(numbers, rows, across, flipped), rows, across, down), across, 1, right);
    return { image: { href: png(across * right, places(colours, heights), colours.table) } };
  },

  contour(artist, axes, numbers) {
    const { x, y, corners } = artist;
    const [heights, levels] = heightsAndLevels(artist, numbers);
    const parts = {};
    levels.forEach((level, number) => {
      let d = "";
      for (const line of increasing(levels) ? isolines(heights, x.length, level, corners) : []) {
        const points = line.map(([column, row]) => [toPoints(axes.x, at(x, column)), toPoints(axes.y, at(y, row))]);
        d += line[0] === line[line.length - 1] ? outline(points.slice(0, -1)) : pathThrough(points);
      }
      parts[`level${number}`] = { d };
    });
    return parts;
  },
};

/** What a figure says of heights, by the word for it. */
export const FIELD_REMARKS = {
  contour(artist, numbers) {
    const [heights, levels] = heightsAndLevels(artist, numbers);
    const finite = heights.filter(Number.isFinite);
    if (!finite.length) return "";
    if (!increasing(levels)) return "levels_fall";
    let low = Infinity;
    let high = -Infinity;
    for (const height of finite) {
      low = Math.min(low, height);
      high = Math.max(high, height);
    }
    return levels.some((level) => low <= level && level < high) ? "" : "no_level";
  },
};

/** Whether matplotlib takes these levels. */
const increasing = (levels) => levels.every((level, k) => !k || level > levels[k - 1]);

/** Apart what a contour has got: its levels may follow its heights. */
function heightsAndLevels({ x, y, levels }, numbers) {
  const count = x.length * y.length;
  return [numbers.slice(0, count), levels ?? numbers.slice(count)];
}

/** Where a place of a grid is, which may lie between two of its numbers. */
function at(grid, place) {
  const low = Math.min(Math.floor(place), grid.length - 2);
  return grid[low] + (place - low) * (grid[low + 1] - grid[low]);
}

/** Rows from the top, and columns from the left. */
function turned(numbers, rows, across, [upwards, leftwards]) {
  if (!upwards && !leftwards) return numbers;
  const found = new Float64Array(numbers.length);
  for (let i = 0, k = 0; i < rows; i++)
    for (let j = 0; j < across; j++)
      found[k++] = numbers[(upwards ? rows - 1 - i : i) * across + (leftwards ? across - 1 - j : j)];
  return found;
}

/**
 * Along an axis of `count` entries, which are `stride` apart, so many numbers for each one, interpolated between the
 * middles; outside of those nothing changes. Up to both middles beside it there is nothing where a height is missing.
 */
function between(numbers, count, stride, fine) {
  if (fine === 1) return numbers;
  const found = new Float64Array(numbers.length * fine);
  for (let start = 0, at = 0; start < numbers.length; start += count * stride)
    for (let k = (1 - fine) / 2; k < count * fine - (fine - 1) / 2; k++) {
      const place = Math.floor(k / fine);
      const [before, low, high] = [-1, 0, 1].map((step) => stride * Math.min(Math.max(place + step, 0), count - 1));
      const share = (k - place * fine) / fine;
      for (let i = start; i < start + stride; i++)
        found[at++] = share
          ? (1 - share) * numbers[i + low] + share * numbers[i + high]
          : [before, high].every((beside) => Number.isFinite(numbers[i + beside]))
            ? numbers[i + low]
            : NaN;
    }
  return found;
}
