// Both ends of a range on a page: two sliders, each with a number box. ranges.py is the twin.

import { sliderRow, stopOf } from "./sliders.js";

export const RANGES = { FloatRangeSliderModel: rangeRow, IntRangeSliderModel: rangeRow };

function rangeRow(control, row, words, change) {
  let now = control.setting;
  const rows = ["high", "low"].map((bound, end) => {
    // No end passes the other one.
    const own = Object.defineProperty({ ...control, setting: now[end] }, bound, { get: () => now[1 - end] });
    const take = (value, typing) => {
      const kept = Math.min(Math.max(value, own.low), own.high);
      change(now.with(end, kept), kept === value ? typing : undefined);
    };
    return sliderRow(own, row.querySelectorAll(".live-control")[end], words, take);
  });
  return {
    show(pair, typing) {
      now = pair;
      rows.forEach((one, end) => one.show(pair[end], typing));
    },
    restored() {
      const found = rows.map((one) => one.restored());
      return found.some((value) => value !== null) ? found.map((value, end) => value ?? now[end]).sort(byValue) : null;
    },
    enable: (yes) => rows.forEach((one) => one.enable(yes)),
  };
}

const byValue = (a, b) => a - b;

/** The number of a pair of stops. */
export function pairOf(control, [first, last]) {
  const upper = stopOf(control, last);
  return (upper * (upper + 1)) / 2 + stopOf(control, first);
}
