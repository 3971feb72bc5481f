// Arrows between two points: how they are painted. pointers.py is the twin.

import { inside, outline, pathThrough, project, short, wide } from "../drawing/paint.js";

const SHORTEST = 1e-6; // points: a shorter arrow has no direction

export const POINTERS = {
  arrow({ corners }, axes, [x, y, dx, dy]) {
    const length = Math.hypot(dx, dy);
    const [cos, sin] = length ? [dx / length, dy / length] : [0, 1];
    const points = corners.flatMap(([along, share, across]) => {
      const far = along + share * length;
      return [x + dx + cos * far - sin * across, y + dy + sin * far + cos * across];
    });
    const found = inPicture(axes, points);
    return { arrow: { d: found.flat().every(Number.isFinite) ? outline(found, axes.box) : "" } };
  },

  pointer({ begin, heads, head, pad, shrink, within }, axes, numbers) {
    let ends = inPicture(axes, numbers);
    const seen = !within || inside(...ends[0], wide(within, 0.5));
    if (!seen || !ends.flat().every(Number.isFinite) || distance(...ends) < SHORTEST)
      return { line: { d: "" }, head: { d: "" } };
    if (begin) ends = [...ends].reverse();
    shrink.forEach((by, end) => {
      const away = distance(...ends);
      if (by < away) ends[end] = towards(ends[end], ends[1 - end], by / away);
    });
    const line = [...ends];
    let lines = "";
    let filled = "";
    heads.forEach((kind, end) => {
      const [tip, other] = [ends[end], ends[1 - end]];
      if (!kind || !distance(tip, other)) return;
      const corners = headOf(tip, other, head, pad);
      line[end] = corners[1];
      if (kind === "filled") filled += outline(corners);
      else lines += pathThrough(corners);
    });
    const [start, middle, end] = [line[0], towards(...ends, 0.5), line[1]].map((point) => point.map(short).join(" "));
    return { line: { d: `M${start}Q${middle} ${end}${lines}` }, head: { d: filled } };
  },
};

function inPicture(axes, numbers) {
  const [u, v] = project(axes, numbers, 2);
  return Array.from(u, (a, i) => [a, v[i]]);
}

const distance = ([a, b], [c, d]) => Math.hypot(c - a, d - b);
const towards = ([a, b], [c, d], share) => [a + share * (c - a), b + share * (d - b)];

/** The corners of a head: its tip, so that its stroke ends at a point, is the second one. */
function headOf(tip, other, [length, width], pad) {
  const away = distance(tip, other);
  const [ux, uy] = [(other[0] - tip[0]) / away, (other[1] - tip[1]) / away];
  const [x, y] = [tip[0] + pad * ux, tip[1] + pad * uy];
  const corner = (side) => [x + length * ux + side * width * uy, y + length * uy - side * width * ux];
  return [corner(1), [x, y], corner(-1)];
}
