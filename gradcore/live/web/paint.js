// Moving artists: from data to the `d` of SVG paths (artists.py is the twin).

const short = (x) => Math.round(x * 100) / 100;

const toPoints = ({ scale, a, b }, value) => a * (scale === "log" ? Math.log10(value) : value) + b;

/** The parts of an artist for its data: numbers x, y, x, y, … of n points. */
function place(artist, axes, numbers) {
  const n = numbers.length / 2, x = new Float64Array(n), y = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    x[i] = toPoints(axes.x, numbers[2 * i]);
    y[i] = toPoints(axes.y, numbers[2 * i + 1]);
  }
  const [left, top, right, bottom] = axes.box;
  let marker = "";
  if (artist.marker) {
    for (let i = 0; i < n; i++) {
      if (x[i] >= left && x[i] <= right && y[i] >= top && y[i] <= bottom) marker += `M${short(x[i])} ${short(y[i])}${artist.marker}`;
    }
  }
  return { line: artist.joined ? polyline(x, y, axes.box) : "", marker };
}

/** A polyline cut at the box (with a margin, so that the cut is not seen), gaps where it is not finite. */
function polyline(x, y, [left, top, right, bottom]) {
  const margin = 20, low = [left - margin, top - margin], high = [right + margin, bottom + margin];
  let d = "", penX = NaN, penY = NaN;
  for (let i = 0; i + 1 < x.length; i++) {
    const cut = cutSegment(x[i], y[i], x[i + 1], y[i + 1], low, high);
    if (cut === null) { penX = NaN; continue; }
    if (cut[0] !== penX || cut[1] !== penY) d += `M${short(cut[0])} ${short(cut[1])}`;
    d += `L${short(cut[2])} ${short(cut[3])}`;
    penX = cut[2];
    penY = cut[3];
  }
  return d;
}

/** The part of a segment inside a box (Liang and Barsky 1984), or null. */
function cutSegment(px, py, qx, qy, low, high) {
  if (!Number.isFinite(px + py) || !Number.isFinite(qx + qy)) return null;
  const dx = qx - px, dy = qy - py;
  let t0 = 0, t1 = 1;
  for (const [p, d, lo, hi] of [[px, dx, low[0], high[0]], [py, dy, low[1], high[1]]]) {
    if (d === 0) {
      if (p < lo || p > hi) return null;
      continue;
    }
    const s = (lo - p) / d, t = (hi - p) / d;
    t0 = Math.max(t0, Math.min(s, t));
    t1 = Math.min(t1, Math.max(s, t));
  }
  if (t0 > t1) return null;
  return [t0 === 0 ? px : px + t0 * dx, t0 === 0 ? py : py + t0 * dy, t1 === 1 ? qx : px + t1 * dx, t1 === 1 ? qy : py + t1 * dy];
}
