// Moving artists: from their data to the attributes of their SVG parts (paint.py is the twin, name by name).

const MARGIN = 20; // points around the box where markers and areas are cut, so that the cut is not seen
const FAR = 1e5; // points; nothing is drawn farther out
const HORIZON = 1e12; // points; between two ends farther apart both ways, floats no longer tell where a line runs

const short = (x) => Math.floor(x * 100 + 0.5) / 100;

export const toPoints = ({ scale, a, b, zero }, value) =>
  scale === "linear" ? a * value + b : value <= 0 ? zero ?? NaN : a * Math.log10(value) + b;

/** How many numbers of an artist belong together: a row of its data. */
export const widthOf = (artist) => artist.columns.length || 1;

/** The attributes of each part of an artist for its data: numbers, row after row. */
export function place(artist, axes, numbers) {
  return PAINTERS[artist.kind](artist, axes, numbers);
}

const PAINTERS = {
  line(artist, axes, numbers) {
    const [x, y] = project(axes, numbers, widthOf(artist));
    const parts = { line: { d: artist.joined ? polyline(...stepped(x, y, artist.steps), axes.canvas) : "" } };
    if (artist.marker) parts.marker = marksOf(Array.from(x, (a, i) => marker(a, y[i], artist.marker, axes.box)), artist.apart);
    return parts;
  },

  points({ columns, markers, colours, apart }, axes, numbers) {
    const [x, y] = project(axes, numbers, columns.length), marks = [];
    for (let i = 0; i < x.length; i++) marks.push(marker(x[i], y[i], markers[i % markers.length], axes.box));
    const order = farFirst(axes, numbers, columns.length);
    if (!colours) return { points: marksOf(order.map((i) => marks[i]), apart) };
    const runs = []; // neighbours of one colour share a path
    order.forEach((i) => {
      const mark = marks[i];
      if (!mark) return;
      const colour = colourOf(colours, numbers[(i + 1) * columns.length - 1]), last = runs[runs.length - 1];
      if (colour && last && last[0] === colour && !apart) last[1] += mark;
      else if (colour) runs.push([colour, mark]);
    });
    return { points: { inner: runs.map(([colour, d]) => `<path style="color:var(--${colour},#${colour})" d="${d}"></path>`).join("") } };
  },

  arrows(artist, axes, numbers) {
    const [x, y] = project(axes, numbers, 4);
    let d = "";
    for (let i = 0; i < x.length; i++) d += arrow(artist, x[i], y[i], numbers[4 * i + 2], numbers[4 * i + 3]);
    return { arrows: { d } };
  },

  bars({ upright, sides, bases }, axes, numbers) {
    const [along, across] = upright ? [axes.x, axes.y] : [axes.y, axes.x], parts = {};
    sides.forEach((ends, i) => {
      const side = ends.map((v) => toPoints(along, v)), end = [bases[i], bases[i] + numbers[i]].map((v) => toPoints(across, v));
      parts[`bar${i}`] = { d: upright ? box(side, end) : box(end, side) };
    });
    return parts;
  },

  area({ along, steps }, axes, numbers) {
    const finite = (...at) => at.every(Number.isFinite);
    if (!along) {
      const [x, y] = project(axes, numbers, 2), points = [];
      x.forEach((a, i) => { if (finite(a, y[i])) points.push([a, y[i]]); });
      return { area: { d: outline(points, axes.box) } };
    }
    const [time, height] = along === "x" ? [axes.x, axes.y] : [axes.y, axes.x];
    let d = "", t = [], low = [], high = []; // of the points that follow each other without a gap
    for (let i = 0; i <= numbers.length; i += 3) {
      const at = [toPoints(time, numbers[i]), toPoints(height, numbers[i + 1]), toPoints(height, numbers[i + 2])];
      if (finite(...at)) [t, low, high].forEach((list, k) => list.push(at[k]));
      else {
        const edge = (heights) => { const [u, v] = stepped(t, heights, steps); return Array.from(u, (a, k) => (along === "x" ? [a, v[k]] : [v[k], a])); };
        const back = edge(high);
        const corners = [...back.slice(0, 1), ...edge(low), ...back.reverse()];
        d += t.length > 1 ? outline(corners, axes.box) : path(corners.slice(0, 2));
        t = []; low = []; high = [];
      }
    }
    return { area: { d } };
  },

  rule({ across, ends }, axes, [value]) {
    const at = toPoints(axes[across], value);
    return { rule: { d: Number.isFinite(at) ? path(ends.map((end) => (across === "x" ? [at, end] : [end, at]))) : "" } };
  },

  span({ across, ends }, axes, numbers) {
    const at = [...numbers].map((v) => toPoints(axes[across], v));
    return { span: { d: across === "x" ? box(at, ends) : box(ends, at) } };
  },

  text({ at, columns, clipped }, axes, numbers) {
    const [[x], [y]] = project(axes, numbers, columns.length);
    if (!(clipped ? inside(x, y, wide(axes.box, 0.5)) : Number.isFinite(x) && Number.isFinite(y))) return { text: { visibility: "hidden" } };
    return { text: { visibility: "visible", transform: `translate(${short(x - at[0])} ${short(y - at[1])})` } };
  },

  shown: (artist, axes, [value]) => ({ shown: { visibility: value ? "visible" : "hidden" } }),
};

/** The points of the SVG for rows of data that begin with x, y, or in three dimensions with x, y, z. */
function project(axes, numbers, width) {
  const n = numbers.length / width, x = new Float64Array(n), y = new Float64Array(n);
  for (let i = 0, k = 0; i < n; i++, k += width) {
    if (axes.matrix) {
      const [px, py, w] = axes.matrix.map((row) => row[0] * numbers[k] + row[1] * numbers[k + 1] + row[2] * numbers[k + 2] + row[3]);
      x[i] = px / w;
      y[i] = py / w;
    } else {
      x[i] = toPoints(axes.x, numbers[k]);
      y[i] = toPoints(axes.y, numbers[k + 1]);
    }
  }
  return [x, y];
}

/** An arrow as matplotlib's quiver draws it: seven corners; a hexagon where it is too short to have a direction. */
function arrow({ width, head, unit, shortest, whole, pivot }, x, y, u, v) {
  const dx = unit[0] * u, dy = unit[1] * v, norm = Math.sqrt(dx * dx + dy * dy);
  if (![x, y, dx, dy].every(Number.isFinite)) return "";
  let length = norm / width, corners, cos = 1, sin = 0;
  if (length < shortest) {
    corners = [0, 1, 2, 3, 4, 5].map((k) => [(Math.cos((k * Math.PI) / 3) * shortest) / 2, (Math.sin((k * Math.PI) / 3) * shortest) / 2]);
  } else {
    const size = whole ? Math.min(1, length / whole) : 1;
    length = Math.min(length, FAR);
    const start = -pivot * length, half = size / 2;
    const upper = [[0, half], [length - size * head[2], half], [length - size * head[1], half * head[0]]];
    corners = [...upper, [length, 0], ...upper.map(([a, b]) => [a, -b]).reverse()].map(([a, b]) => [a + start, b]);
    cos = dx / norm;
    sin = dy / norm;
  }
  return outline(corners.map(([a, b]) => [x + width * (a * cos - b * sin), y + width * (a * sin + b * cos)]));
}

/** The order in which points are painted: in three dimensions near ones cover far ones. */
function farFirst({ matrix }, numbers, width) {
  const order = Array.from({ length: numbers.length / width }, (_, i) => i);
  if (!matrix) return order;
  const [a, b, c] = matrix[2], from = (k) => a * numbers[k] + b * numbers[k + 1] + c * numbers[k + 2];
  const away = order.map((i) => from(i * width)).map((distance) => (Number.isNaN(distance) ? -Infinity : distance));
  return order.sort((i, j) => (away[j] > away[i]) - (away[j] < away[i]));
}

/** A value's colour, as its colormap has it: the last ones are of values below, above, and of what is not finite. */
function colourOf({ table, low, high, log }, value) {
  const f = log ? Math.log : (v) => v, many = table.length - 3;
  if (!Number.isFinite(value) || (log && value <= 0 && low !== high)) return table[many + 2];
  const share = low === high ? 0 : (f(value) - f(low)) / (f(high) - f(low));
  return table[share < 0 ? many : share > 1 ? many + 1 : Math.min(Math.trunc(share * many), many - 1)];
}

/** Markers as one path; apart, each is a path of its own and covers those before it. */
function marksOf(marks, apart) {
  return apart ? { inner: marks.filter(Boolean).map((d) => `<path d="${d}"></path>`).join("") } : { d: marks.join("") };
}

/** A marker at a point, if that is in the box or near it. */
function marker(x, y, shape, box) {
  return inside(x, y, wide(box)) ? `M${short(x)} ${short(y)}${shape}` : "";
}

function inside(x, y, [left, top, right, bottom]) {
  return x >= left && x <= right && y >= top && y <= bottom;
}

/** A path through points; empty for none. */
function path(points) {
  const near = (v) => short(Math.min(Math.max(v, -FAR), FAR)), text = points.map(([x, y]) => `${near(x)} ${near(y)}`).join("L");
  return text && `M${text}`;
}

/** A closed path; of what reaches far out of a box, the part in it and a margin (Sutherland and Hodgman 1974). */
function outline(points, box) {
  if (box) wide(box).forEach((edge, i) => {
    const axis = i % 2, other = 1 - axis, within = (p) => (i < 2 ? p[axis] >= edge : p[axis] <= edge), kept = [];
    points.forEach((q, k) => {
      const p = points.at(k - 1);
      if (within(p) !== within(q)) {
        const [near, far] = within(p) ? [p, q] : [q, p], cut = [];
        cut[axis] = edge;
        cut[other] = near[other] + ((edge - near[axis]) / (far[axis] - near[axis])) * (far[other] - near[other]);
        kept.push(cut);
      }
      if (within(q)) kept.push(q);
    });
    points = kept;
  });
  const d = path(points);
  return d && `${d}z`;
}

/** The corners of a staircase through points, as matplotlib's drawstyles `steps-pre`, `-mid` and `-post`. */
function stepped(x, y, steps) {
  if (!steps) return [x, y];
  const u = [], v = [];
  for (let i = 0; i < x.length; i++) {
    if (steps === "mid") {
      u.push(i ? (x[i - 1] + x[i]) / 2 : x[i], i + 1 < x.length ? (x[i] + x[i + 1]) / 2 : x[i]);
      v.push(y[i], y[i]);
    } else {
      if (i) { u.push(x[steps === "pre" ? i - 1 : i]); v.push(y[steps === "pre" ? i : i - 1]); }
      u.push(x[i]);
      v.push(y[i]);
    }
  }
  return [u, v];
}

/** A box and a margin around it. */
function wide([left, top, right, bottom], margin = MARGIN) {
  return [left - margin, top - margin, right + margin, bottom + margin];
}

/** A rectangle between two x and two y; empty if one of them is not finite. */
function box([x0, x1], [y0, y1]) {
  return [x0, x1, y0, y1].every(Number.isFinite) ? outline([[x0, y0], [x1, y0], [x1, y1], [x0, y1]]) : "";
}

/** A polyline cut at a box; gaps where it is not finite. */
function polyline(x, y, [left, top, right, bottom]) {
  const low = [left, top], high = [right, bottom];
  let d = "", penX = NaN, penY = NaN;
  for (let i = 0; i + 1 < x.length; i++) {
    const cut = cutSegment([x[i], y[i]], [x[i + 1], y[i + 1]], low, high);
    if (cut === null) { penX = NaN; continue; }
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
function cutSegment(p, q, low, high) {
  const far = ([x, y]) => Math.max(Math.abs(x), Math.abs(y)), d = [q[0] - p[0], q[1] - p[1]];
  if (![...p, ...q, ...d].every(Number.isFinite) || Math.min(far(p), far(q), Math.abs(d[0]), Math.abs(d[1])) > HORIZON) return null;
  if (far(p) > far(q)) { // from the near end the cut is exact, however far the other one is
    const cut = cutSegment(q, p, low, high);
    return cut && cut.reverse();
  }
  let t0 = 0, t1 = 1, start = [], end = q;
  for (const i of [0, 1]) {
    if (d[i] === 0) {
      if (p[i] < low[i] || p[i] > high[i]) return null;
      continue;
    }
    const enter = d[i] > 0 ? low[i] : high[i], leave = d[i] > 0 ? high[i] : low[i];
    if ((enter - p[i]) / d[i] > t0) { t0 = (enter - p[i]) / d[i]; start = []; start[i] = enter; }
    if ((leave - p[i]) / d[i] < t1) { t1 = (leave - p[i]) / d[i]; end = []; end[i] = leave; }
  }
  return t0 > t1 ? null : [[0, 1].map((i) => start[i] ?? p[i] + t0 * d[i]), [0, 1].map((i) => end[i] ?? p[i] + t1 * d[i])];
}
