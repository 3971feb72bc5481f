// Surfaces and wireframes over a grid in space, and polygons there: how they are painted. surfaces.py is the twin.

import { places } from "../drawing/colormap.js";
import { depths, project, short } from "../drawing/paint.js";

const DIM = 0.3; // what is left of a colour turned away from the lamp; turned to it, all of it
const NOTHING = "0000"; // a colour that is not seen; an edge around it is

export const SURFACES = {
  surface({ colours, face, light, ...grid }, axes, numbers) {
    return painted({ colours, face, light }, axes, pointsOf(grid, numbers), (tell) => aroundFaces(grid, tell));
  },

  faces({ corners, ...colouring }, axes, numbers) {
    return painted(colouring, axes, numbers, (tell) => {
      for (let first = 0; first < numbers.length / 3; first += corners)
        tell(Array.from({ length: corners }, (_, k) => first + k));
    });
  },

  wireframe(grid, axes, numbers) {
    const spots = spotsOf(axes, pointsOf(grid, numbers));
    const columns = grid.columns.length;
    const rows = numbers.length / columns;
    let d = "";
    const line = (count, at) => {
      let pen = false;
      for (let i = 0; i < count; i++) {
        const there = Number.isFinite(numbers[at(i)]);
        if (there) d += (pen ? "L" : "M") + spots[at(i)];
        pen = there;
      }
    };
    for (const row of grid.down) line(columns, (i) => row * columns + i);
    for (const column of grid.across) line(rows, (i) => i * columns + column);
    return { lines: { d } };
  },
};

/** Faces, the farthest first. `each` tells the points around each of them. */
function painted({ colours, face, light }, axes, points, each) {
  const spots = spotsOf(axes, points);
  const away = depths(axes, points, 3);
  const faces = [];
  const means = [];
  const there = Number.isFinite;
  each((around) => {
    const corners = around.filter((k) => there(points[3 * k]) && there(points[3 * k + 1]) && there(points[3 * k + 2]));
    if (!corners.length) return;
    let depth = 0;
    let height = 0;
    let outline = "";
    for (const k of corners) {
      depth += away[k];
      height += points[3 * k + 2];
      outline += (outline && "L") + spots[k];
    }
    means.push(height / corners.length);
    faces.push({
      depth: depth / corners.length,
      outline,
      share: light.length ? brightness(points, corners, light) : 1,
    });
  });
  const mapped = colours && places(colours, means);
  faces.forEach((one, k) => {
    one.colour = mapped ? colours.table[mapped[k]] : shaded(face, one.share);
  });
  faces.sort((a, b) => b.depth - a.depth);
  return { faces: { faces: faces.map(({ colour, outline }) => [`#${colour || NOTHING}`, `M${outline}z`]) } };
}

/** x, y and z of every point; x and y are repeated where they have one row or one column. */
function pointsOf({ x, y, columns }, numbers) {
  const many = columns.length;
  const points = new Float64Array(3 * numbers.length);
  for (let k = 0, row = 0; k < numbers.length; row++)
    for (let column = 0; column < many; column++, k++) {
      const at = (grid) => (grid[row] || grid[0])[grid[0].length > 1 ? column : 0];
      points[3 * k] = at(x);
      points[3 * k + 1] = at(y);
      points[3 * k + 2] = numbers[k];
    }
  return points;
}

/** The points of the SVG as texts. */
function spotsOf(axes, points) {
  const [x, y] = project(axes, points, 3);
  return Array.from(x, (a, k) => `${short(a)} ${short(y[k])}`);
}

/** The points around each face: along its first row, down the right, and back. */
function aroundFaces({ down, across, columns }, tell) {
  for (let i = 1; i < down.length; i++)
    for (let j = 1; j < across.length; j++) {
      const [top, bottom, left, right] = [down[i - 1], down[i], across[j - 1], across[j]];
      const around = [];
      for (let column = left; column < right; column++) around.push(top * columns.length + column);
      for (let row = top; row < bottom; row++) around.push(row * columns.length + right);
      for (let column = right; column > left; column--) around.push(bottom * columns.length + column);
      for (let row = bottom; row > top; row--) around.push(row * columns.length + left);
      tell(around);
    }
}

/** What is left of the colour of a face in a light, as mplot3d shades it. */
function brightness(points, corners, light) {
  const [a, b, c] = [0, 1, 2].map((k) => 3 * corners[Math.floor((k * corners.length) / 3)]);
  const [ux, uy, uz] = [0, 1, 2].map((i) => points[a + i] - points[b + i]);
  const [vx, vy, vz] = [0, 1, 2].map((i) => points[b + i] - points[c + i]);
  const [nx, ny, nz] = [uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx];
  const shade = (nx * light[0] + ny * light[1] + nz * light[2]) / Math.sqrt(nx * nx + ny * ny + nz * nz);
  return DIM + ((1 - DIM) * ((shade || 0) + 1)) / 2;
}

/** A colour [red, green, blue, opacity], each up to 255, as hexadecimal digits. */
function shaded([red, green, blue, alpha], share) {
  const digits = (channel) =>
    Math.floor(channel + 0.5 + 256)
      .toString(16)
      .slice(-2);
  return [red, green, blue].map((channel) => digits(share * channel)).join("") + (alpha < 255 ? digits(alpha) : "");
}
