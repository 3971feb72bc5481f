// Lines of equal height on a grid, where contourpy draws them. isolines.py is the twin.

/**
 * The lines on which heights, row after row, are `level`, as pairs of a column and a row; what is higher lies on their
 * left, rows upwards. A line that is closed ends where it begins. Between two neighbours of the grid a height changes
 * evenly. Where a line could pass between four of them either way, their mean decides. Where one is not finite, there
 * is no line; but in the triangle of the other three, if `corners` says so.
 */
export function isolines(heights, columns, level, corners) {
  const following = new Map(); // each crossed edge and the one to which the line goes on
  const places = new Map();
  const count = heights.length;
  for (let first = 0; first + columns + 1 < count; first++) {
    if ((first + 1) % columns === 0) continue;
    const above = heights[first] > level;
    const [right, over, across] = [first + 1, first + columns, first + columns + 1];
    if (above === heights[right] > level && above === heights[over] > level && above === heights[across] > level)
      continue;
    const ring = [first, right, across, over].filter((k) => Number.isFinite(heights[k]));
    if (ring.length < (corners ? 3 : 4)) continue;
    const crossed = [];
    ring.forEach((p, k) => {
      const q = ring[(k + 1) % ring.length];
      const down = heights[p] > level;
      if (down === heights[q] > level) return;
      const [low, high] = p < q ? [p, q] : [q, p];
      const edge = low * count + high;
      if (!places.has(edge)) places.set(edge, crossing(low, high, level, heights, columns));
      crossed.push([edge, down]);
    });
    const between = crossed.length === 4 && mean(...ring.map((k) => heights[k])) <= level;
    crossed.forEach(([edge, down], k) => {
      if (down) following.set(edge, crossed.at((k + (between ? -1 : 1)) % crossed.length)[0]);
    });
  }
  const ends = new Set(following.values());
  const lines = [];
  for (const start of [...[...following.keys()].filter((edge) => !ends.has(edge)), ...following.keys()]) {
    if (!following.has(start)) continue;
    const line = [places.get(start)];
    for (let at = start; following.has(at); ) {
      const to = following.get(at);
      following.delete(at);
      line.push(places.get(to));
      at = to;
    }
    lines.push(line);
  }
  return lines;
}

/** The mean of heights around a quad, in contourpy's order, so that it is the same number. */
const mean = (a, b, c, d) => 0.25 * (a + b + d + c);

function crossing(p, q, level, heights, columns) {
  const share = (level - heights[p]) / (heights[q] - heights[p]);
  const row = Math.floor(p / columns);
  const column = p % columns;
  return [column + share * ((q % columns) - column), row + share * (Math.floor(q / columns) - row)];
}
