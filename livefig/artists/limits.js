// Limits of axes that follow, with their ticks: how they are painted. limits.py is the twin.

import { short, toPoints } from "../drawing/paint.js";
import { ticks } from "../drawing/ticks.js";

const LARGEST = 1e100; // beyond it the floats of some machine end
const LEAST_WIDTH = 1e-9; // of limits, as a share of the larger one: below it floats do not tell ticks apart
const AT_ZERO = -1000; // where matplotlib's logarithmic axes have 0 and below, in powers of ten

export const LIMITS = {
  limits({ x, y }, axes, numbers) {
    return { ...paintedSide(x, axes.x, numbers.slice(0, 2), "x"), ...paintedSide(y, axes.y, numbers.slice(2), "y") };
  },
};

export const LIMIT_REMARKS = {
  limits(artist, numbers) {
    return scales(artist).every((scale, row) => good(scale, ...numbers.slice(2 * row, 2 * row + 2)))
      ? ""
      : "limits_kept";
  },
};

/**
 * The axes of a figure with the limits that follow; those of `before` where they are the same, so that what lies on them
 * need not be painted anew.  last : by artist, the last limits that could be shown.
 */
export function followed(spec, results, last, before) {
  spec.artists.forEach((artist, i) => {
    if (artist.kind === "limits") last[i] = kept(scales(artist), results[i].numbers, last[i]);
  });
  return spec.axes.map((of, i) => {
    const [x, y] = [stretched(of.x, last, 0), stretched(of.y, last, 2)];
    const was = before?.[i];
    const same = was?.of === of && ["a", "b"].every((key) => was.x[key] === x[key] && was.y[key] === y[key]);
    return same ? was : { ...of, of, x, y };
  });
}

const scales = ({ x, y }) => [x.ticks.scale, y.ticks.scale];

/** Whether axes can have these limits: two different finite numbers, positive ones on a logarithmic axis. */
function good(scale, first, last) {
  const [low, high] = first < last ? [first, last] : [last, first];
  const largest = Math.max(Math.abs(low), Math.abs(high));
  const wide = high - low > LEAST_WIDTH * largest && largest > 1 / LARGEST && largest < LARGEST;
  return wide && (scale === "linear" || low > 1 / LARGEST);
}

/** The limits of both directions; where they are not good, the last ones. */
function kept(both, numbers, last) {
  return both.flatMap((scale, row) => {
    const [from, to] = [2 * row, 2 * row + 2];
    return Array.from((good(scale, ...numbers.slice(from, to)) ? numbers : last).slice(from, to));
  });
}

/** A direction from one limit to another; one that follows none stays. */
function stretched(axis, last, at) {
  if (axis.limits === undefined) return axis;
  const [first, final] = last[axis.limits].slice(at, at + 2);
  const [begin, end] = axis.ends;
  const [start, stop] = axis.scale === "log" ? [Math.log10(first), Math.log10(final)] : [first, final];
  const a = (end - begin) / (stop - start);
  const b = begin - a * start;
  const zero = (axis.zero ?? null) === null ? axis.zero : a * AT_ZERO + b;
  return { ...axis, low: Math.min(first, final), high: Math.max(first, final), a, b, zero };
}

function paintedSide(side, axis, limits, own) {
  const [major, minor, offset] = ticks(side.ticks, ...limits);
  const turned = (x, y) => (own === "x" ? [x, y] : [y, x]).map(short);
  const parts = {};
  for (const [name, isMinor, begin, end] of side.segments) {
    const segment = ([place]) => {
      const at = toPoints(axis, place);
      return `M${turned(at, begin).join(" ")}L${turned(at, end).join(" ")}`;
    };
    parts[name] = { d: (isMinor ? minor : major).map(segment).join("") };
  }
  side.words.forEach(([name, isMinor, shift, across], number) => {
    const word = ([place, label]) => {
      const [x, y] = turned(toPoints(axis, place) + shift, across);
      return label && `<text x="${x}" y="${y}">${labelMarkup(label, side.powers)}</text>`;
    };
    let inner = (isMinor ? minor : major).map(word).join("");
    if (offset && side.end && number === 0) {
      const [x, y, anchor] = side.end;
      inner += `<text x="${short(x)}" y="${short(y)}" style="text-anchor:${anchor}">${offset}</text>`;
    }
    parts[name] = { inner };
  });
  return parts;
}

function labelMarkup(label, powers) {
  const [base, exponent] = label.split("^");
  if (exponent === undefined) return label;
  const times = base.includes("×");
  const template = powers[2 * times + exponent.startsWith("−")];
  return template.replace("{c}", base.split("×")[0]).replace("{e}", exponent.replace("−", ""));
}
