// Texts that move, and artists that are shown or hidden: how they are painted. texts.py is the twin.

import { inside, project, short, wide } from "../drawing/paint.js";

export const TEXTS = {
  text({ at, columns, clipped }, axes, numbers) {
    const [[x], [y]] = project(axes, numbers, columns.length);
    if (!(clipped ? inside(x, y, wide(axes.box, 0.5)) : Number.isFinite(x) && Number.isFinite(y)))
      return { text: { visibility: "hidden" } };
    return { text: { visibility: "visible", transform: `translate(${short(x - at[0])} ${short(y - at[1])})` } };
  },

  shown: (artist, axes, [value]) => ({ shown: { visibility: value ? "visible" : "hidden" } }),
};
