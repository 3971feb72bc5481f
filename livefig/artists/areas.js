// Filled areas and bars: how they are painted. areas.py is the twin.

import { outline, pathThrough, project, rectangle, stepped, toPoints } from "../drawing/paint.js";

export const AREAS = {
  bars({ upright, sides, bases }, axes, numbers) {
    const [along, across] = upright ? [axes.x, axes.y] : [axes.y, axes.x];
    const parts = {};
    sides.forEach((ends, i) => {
      const side = ends.map((v) => toPoints(along, v));
      const end = [bases[i], bases[i] + numbers[i]].map((v) => toPoints(across, v));
      parts[`bar${i}`] = { d: upright ? rectangle(side, end) : rectangle(end, side) };
    });
    return parts;
  },

  area({ along, steps }, axes, numbers) {
    const finite = (...at) => at.every(Number.isFinite);
    if (!along) {
      const [x, y] = project(axes, numbers, 2);
      const points = [];
      x.forEach((a, i) => {
        if (finite(a, y[i])) points.push([a, y[i]]);
      });
      return { area: { d: outline(points, axes.box) } };
    }
    const [time, height] = along === "x" ? [axes.x, axes.y] : [axes.y, axes.x];
    let d = "";
    let t = [];
    let low = [];
    let high = []; // of the points that follow each other without a gap
    for (let i = 0; i <= numbers.length; i += 3) {
      const at = [toPoints(time, numbers[i]), toPoints(height, numbers[i + 1]), toPoints(height, numbers[i + 2])];
      if (finite(...at)) [t, low, high].forEach((list, k) => list.push(at[k]));
      else {
        const edge = (heights) => {
          const [u, v] = stepped(t, heights, steps);
          return Array.from(u, (a, k) => (along === "x" ? [a, v[k]] : [v[k], a]));
        };
        const back = edge(high);
        const corners = [...back.slice(0, 1), ...edge(low), ...back.reverse()];
        d += t.length > 1 ? outline(corners, axes.box) : pathThrough(corners.slice(0, 2));
        t = [];
        low = [];
        high = [];
      }
    }
    return { area: { d } };
  },
};
