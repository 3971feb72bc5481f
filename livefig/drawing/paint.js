// What the painters of all kinds of artists share: points of the SVG, paths and markers. paint.py is the twin.

import { around } from "./polar.js";

const MARGIN = 20; // points around the box where markers and areas are cut, so that the cut is not seen
export const FAR = 1e5; // points; nothing is drawn farther out
export const HORIZON = 1e12; // points; between two ends farther apart both ways, floats no longer tell where a line runs

export const short = (x) => Math.floor(x * 100 + 0.5) / 100;

export const toPoints = ({ scale, a, b, zero }, value) =>
  scale === "linear" ? a * value + b : value <= 0 ? (zero ?? NaN) : a * Math.log10(value) + b;

/** How many numbers of an artist belong together: a row of its data. */
export const widthOf = (artist) => artist.columns.length || 1;

/** The points of the SVG for rows of data that begin with x, y, or in three dimensions with x, y, z. */
export function project(axes, numbers, width) {
  const n = numbers.length / width;
  const x = new Float64Array(n);
  const y = new Float64Array(n);
  for (let i = 0, k = 0; i < n; i++, k += width) {
    if (axes.matrix) {
      const [px, py, w] = axes.matrix.map(
        (row) => row[0] * numbers[k] + row[1] * numbers[k + 1] + row[2] * numbers[k + 2] + row[3],
      );
      x[i] = px / w;
      y[i] = py / w;
    } else {
      x[i] = toPoints(axes.x, numbers[k]);
      y[i] = toPoints(axes.y, numbers[k + 1]);
    }
  }
  return axes.polar ? around(axes.polar, x, y) : [x, y];
}

/** How far away points of three-dimensional axes are. */
export function depths({ matrix: [, , w, z] }, numbers, width) {
  const at = (row, k) => row[0] * numbers[k] + row[1] * numbers[k + 1] + row[2] * numbers[k + 2] + row[3];
  return Array.from({ length: numbers.length / width }, (_, i) => at(z, i * width) / at(w, i * width));
}

/**
 * Shapes as one path; with styles, which they have in turn, neighbours of one style are a path.
 * apart: each is a path of its own, which covers those before it.
 */
export function marksOf(marks, apart, styles) {
  if (!apart && !styles) return { d: marks.join("") };
  const runs = [];
  marks.forEach((d, i) => {
    const style = styles ? styles[i % styles.length] : "";
    if (d && !apart && runs.at(-1)?.[0] === style) runs.at(-1)[1] += d;
    else if (d) runs.push([style, d]);
  });
  return { inner: runs.map(([style, d]) => `<path style="${style}" d="${d}"></path>`).join("") };
}

/** The style of a shape: its colour, for which a page may have another one in the dark. */
export const ofColour = (digits) => `color:var(--${digits},#${digits})`;

/** A marker at a point, if that is in the box or near it. */
export function markerAt(x, y, shape, box) {
  return inside(x, y, wide(box)) ? `M${short(x)} ${short(y)}${shape}` : "";
}

export function inside(x, y, [left, top, right, bottom]) {
  return x >= left && x <= right && y >= top && y <= bottom;
}

/** A path through points; empty for none. */
export function pathThrough(points) {
  const near = (v) => short(Math.min(Math.max(v, -FAR), FAR));
  const text = points.map(([x, y]) => `${near(x)} ${near(y)}`).join("L");
  return text && `M${text}`;
}

/** A closed path; of what reaches far out of a box, the part in it and a margin (Sutherland and Hodgman 1974). */
export function outline(points, box) {
  if (box) {
    wide(box).forEach((edge, i) => {
      const axis = i % 2;
      const other = 1 - axis;
      const within = (p) => (i < 2 ? p[axis] >= edge : p[axis] <= edge);
      const kept = [];
      points.forEach((q, k) => {
        const p = points.at(k - 1);
        if (within(p) !== within(q)) {
          const [near, far] = within(p) ? [p, q] : [q, p];
          const cut = [];
          cut[axis] = edge;
          cut[other] = near[other] + ((edge - near[axis]) / (far[axis] - near[axis])) * (far[other] - near[other]);
          kept.push(cut);
        }
        if (within(q)) kept.push(q);
      });
      points = kept;
    });
  }
  const d = pathThrough(points);
  return d && `${d}z`;
}

/** The corners of a staircase through points, as matplotlib's drawstyles `steps-pre`, `-mid` and `-post`. */
export function stepped(x, y, steps) {
  if (!steps) return [x, y];
  const u = [];
  const v = [];
  for (let i = 0; i < x.length; i++) {
    if (steps === "mid") {
      u.push(i ? (x[i - 1] + x[i]) / 2 : x[i], i + 1 < x.length ? (x[i] + x[i + 1]) / 2 : x[i]);
      v.push(y[i], y[i]);
    } else {
      if (i) {
        u.push(x[steps === "pre" ? i - 1 : i]);
        v.push(y[steps === "pre" ? i : i - 1]);
      }
      u.push(x[i]);
      v.push(y[i]);
    }
  }
  return [u, v];
}

/** A box and a margin around it. */
export function wide([left, top, right, bottom], margin = MARGIN) {
  return [left - margin, top - margin, right + margin, bottom + margin];
}

/** A rectangle between two x and two y; empty if one of them is not finite. */
export function rectangle([x0, x1], [y0, y1]) {
  if (![x0, x1, y0, y1].every(Number.isFinite)) return "";
  // biome-ignore format: four corners
  return outline([[x0, y0], [x1, y0], [x1, y1], [x0, y1]]);
}
