// Three-dimensional axes seen from anywhere: their camera, and the box around them. space.py is the twin.

import { pathThrough, short } from "./paint.js";

// The corners of the box as the low (0) or the high (1) end of x, y and z, and of each direction both planes across it.
// biome-ignore format: tables
const CORNERS = [[0, 0, 0], [1, 0, 0], [1, 1, 0], [0, 1, 0], [0, 0, 1], [1, 0, 1], [1, 1, 1], [0, 1, 1]];
// biome-ignore format: tables
const PLANES = [[[0, 3, 7, 4], [1, 2, 6, 5]], [[0, 1, 5, 4], [3, 2, 6, 7]], [[0, 1, 2, 3], [4, 5, 6, 7]]];
// Of the edge with the ticks of a direction: the other direction in which it is in front, and that of its ticks.
const FRONT = [1, 0, 0];
const TICKS = [1, 0, 0];
const MARGIN_OF_BOX = 0.08; // of its extent: mplot3d's unit for what stands beside the box
const LEVEL = 1e-9; // of depths: nearer ones are equal

/** What takes (x, y, z, 1) to (X, Y, w, Z): the point of the SVG is (X/w, Y/w), and Z/w grows with the distance. */
export function matrix({ roll, distance, zoom, world, page }, view) {
  const [azim, elev, tilt] = [...view, roll].map((angle) => (angle * Math.PI) / 180);
  const out = [Math.cos(elev) * Math.cos(azim), Math.cos(elev) * Math.sin(azim), Math.sin(elev)];
  const right = [-Math.sin(azim), Math.cos(azim), 0];
  const up = [-Math.sin(elev) * Math.cos(azim), -Math.sin(elev) * Math.sin(azim), Math.cos(elev)];
  const flat = zoom === null; // orthographic
  const size = flat ? 2 : zoom;
  const across = [...right.map((r, i) => size * (Math.cos(tilt) * r - Math.sin(tilt) * up[i])), 0];
  const above = [...up.map((u, i) => size * (Math.cos(tilt) * u + Math.sin(tilt) * right[i])), 0];
  const w = flat ? [0, 0, 0, 2 * distance] : [...out.map((o) => -o), zoom * distance];
  const z = flat ? [...out.map((o) => -2 * o), 2 * distance] : [0, 0, 0, -distance];
  const [x, y] = [across, above].map((row, k) => row.map((p, i) => page[k][0] * p + page[k][1] * w[i]));
  return [x, y, w, z].map((row) => [
    ...world.map(([scale], i) => row[i] * scale),
    world.reduce((sum, [, offset], i) => sum + row[i] * offset, row[3]),
  ]);
}

/** The axes of a figure as they are seen from other views, one for each space. */
export function seenFrom(axes, spaces, views) {
  const found = spaces.map(({ camera }, number) => matrix(camera, views[number]));
  return axes.map((one) => ({ ...one, matrix: found[one.space] ?? one.matrix }));
}

/** The parts of the box around a space: panes, grid, edges and ticks as paths, and how far labels have moved. */
export function box(space, view, number) {
  const drawn = outlines(space, space.view);
  const parts = {};
  for (const [name, { path, label }] of Object.entries(outlines(space, view))) {
    if (path) parts[`space${number}.${name}`] = { d: path.map(pathThrough).join("") };
    else {
      const [x, y, angle] = label;
      const [x0, y0, angle0] = drawn[name].label;
      const by = ((((angle - angle0 + 540) % 360) + 360) % 360) - 180;
      const turn = Math.abs(by) < 0.01 ? "" : ` rotate(${short(by)} ${short(x0)} ${short(y0)})`;
      parts[`space${number}.${name}`] = { transform: `translate(${short(x - x0)} ${short(y - y0)})${turn}` };
    }
  }
  return parts;
}

/** Each part as a path, which is polylines, or as a label, which is x, y and angle. */
function outlines({ camera, limits, point, sides }, view) {
  const rows = matrix(camera, view);
  const low = limits.map(([least]) => least);
  const high = limits.map(([, most]) => most);
  const project = (p) => {
    const [x, y, w, z] = rows.map((row) => row[0] * p[0] + row[1] * p[1] + row[2] * p[2] + row[3]);
    return [x / w, y / w, z / w];
  };
  const flat = (p) => project(p).slice(0, 2);
  const like = (p, changes) => p.map((value, i) => changes[i] ?? value);
  /** A point farther from the middle, but not along a direction. */
  const moved = (p, by, along) =>
    p.map((value, i) => {
      const side = value >= (low[i] + high[i]) / 2 ? 1 : -1;
      return i === along ? value : value + side * by * MARGIN_OF_BOX * (high[i] - low[i]);
    });

  const corners = CORNERS.map((ends) => project(ends.map((end, i) => (end ? high : low)[i])));
  const depths = PLANES.map((planes) => planes.map((plane) => plane.reduce((sum, k) => sum + corners[k][2], 0) / 4));
  let far = depths.map(([near, away]) => near < away); // whether the pane at the high end is the one behind
  const level = depths.map(([a, b]) => Math.abs(a - b) < LEVEL);
  if (level.filter(Boolean).length === 2) {
    // seen edge-on
    // biome-ignore format: a table
    far = [[far[0], false, false], [true, far[1], false], [true, true, far[2]]][level.indexOf(false)];
  }
  const behind = far.map((is, i) => (is ? high : low)[i]);
  const ahead = far.map((is, i) => (is ? low : high)[i]);

  const found = {};
  sides.forEach(({ ticks, pads, reach, pad, rotates }, i) => {
    found[`pane${i}`] = { path: [PLANES[i][Number(far[i])].map((k) => corners[k].slice(0, 2))] };
    const [before, after] = [(i + 1) % 3, (i + 2) % 3];
    found[`grid${i}`] = {
      path: ticks.map((at) => {
        const middle = like(behind, { [i]: at });
        return [like(middle, { [before]: ahead[before] }), middle, like(middle, { [after]: ahead[after] })].map(flat);
      }),
    };
    const edge = like(behind, { [FRONT[i]]: ahead[FRONT[i]] });
    const other = like(edge, { [i]: ahead[i] });
    const [start, end] = [edge, other].map(flat);
    found[`edge${i}`] = { path: [[start, end]] };
    const across = TICKS[i];
    const unit = MARGIN_OF_BOX * (high[across] - low[across]) * (far[across] ? 1 : -1);
    ticks.forEach((at, k) => {
      const place = like(edge, { [i]: at });
      const ends = [reach[0], -reach[1]].map((by) => like(place, { [across]: place[across] + by * unit }));
      found[`tick${i}.${k}`] = { path: [ends.map(flat)] };
      found[`label${i}.${k}`] = { label: [...flat(moved(place, pads[k] * point, i)), 0] };
    });
    const slope = (Math.atan2(end[1] - start[1], end[0] - start[0]) * 180) / Math.PI;
    const angle = ((slope + 270) % 180) - 90;
    const halfway = edge.map((value, k) => (value + other[k]) / 2);
    for (const [name, place, tilt] of [
      ["name", halfway, rotates ? angle : 0],
      ["offset", i === 2 ? other : edge, angle],
    ])
      found[`${name}${i}`] = { label: [...flat(moved(place, pad * point, i)), tilt] };
  });
  return found;
}
