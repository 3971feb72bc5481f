// Lines and their markers; rules and bands across the axes: how they are painted. lines.py is the twin.

import {
  HORIZON,
  markerAt,
  marksOf,
  pathThrough,
  project,
  rectangle,
  short,
  stepped,
  toPoints,
  widthOf,
} from "../drawing/paint.js";

export const LINES = {
  line(artist, axes, numbers) {
    const [x, y] = project(axes, numbers, widthOf(artist));
    const parts = { line: { d: artist.joined ? polyline(...stepped(x, y, artist.steps), axes.canvas) : "" } };
    if (artist.marker) {
      const [first, step] = artist.every;
      const marks = [];
      for (let i = first; i < x.length; i += step) marks.push(markerAt(x[i], y[i], artist.marker, axes.box));
      parts.marker = marksOf(marks, artist.apart);
    }
    return parts;
  },

  rule({ across, ends }, axes, [value]) {
    const at = toPoints(axes[across], value);
    return {
      rule: { d: Number.isFinite(at) ? pathThrough(ends.map((end) => (across === "x" ? [at, end] : [end, at]))) : "" },
    };
  },

  span({ across, ends }, axes, numbers) {
    const at = [...numbers].map((v) => toPoints(axes[across], v));
    return { span: { d: across === "x" ? rectangle(at, ends) : rectangle(ends, at) } };
  },
};

/** A polyline cut at a box; gaps where it is not finite. */
export function polyline(x, y, [left, top, right, bottom]) {
  const low = [left, top];
  const high = [right, bottom];
  let d = "";
  let penX = NaN;
  let penY = NaN;
  for (let i = 0; i + 1 < x.length; i++) {
    const cut = cutSegment([x[i], y[i]], [x[i + 1], y[i + 1]], low, high);
    if (cut === null) {
      penX = NaN;
      continue;
    }
    const [[x0, y0], [x1, y1]] = cut;
    if (x0 === x1 && y0 === y1) continue;
    if (x0 !== penX || y0 !== penY) d += `M${short(x0)} ${short(y0)}`;
    d += `L${short(x1)} ${short(y1)}`;
    penX = x1;
    penY = y1;
  }
  return d;
}

/** The part of the segment pq inside a box (Liang and Barsky 1984), exactly on its edge, or null. */
export function cutSegment(p, q, low, high) {
  const far = ([x, y]) => Math.max(Math.abs(x), Math.abs(y));
  const d = [q[0] - p[0], q[1] - p[1]];
  if (![...p, ...q, ...d].every(Number.isFinite) || Math.min(far(p), far(q), Math.abs(d[0]), Math.abs(d[1])) > HORIZON)
    return null;
  // From the near end the cut is exact, however far the other one is.
  if (far(p) > far(q)) {
    const cut = cutSegment(q, p, low, high);
    return cut && cut.reverse();
  }
  let t0 = 0;
  let t1 = 1;
  let start = [];
  let end = q;
  for (const i of [0, 1]) {
    if (d[i] === 0) {
      if (p[i] < low[i] || p[i] > high[i]) return null;
      continue;
    }
    const enter = d[i] > 0 ? low[i] : high[i];
    const leave = d[i] > 0 ? high[i] : low[i];
    if ((enter - p[i]) / d[i] > t0) {
      t0 = (enter - p[i]) / d[i];
      start = [];
      start[i] = enter;
    }
    if ((leave - p[i]) / d[i] < t1) {
      t1 = (leave - p[i]) / d[i];
      end = [];
      end[i] = leave;
    }
  }
  return t0 > t1
    ? null
    : [[0, 1].map((i) => start[i] ?? p[i] + t0 * d[i]), [0, 1].map((i) => end[i] ?? p[i] + t1 * d[i])];
}
