// Where the ticks of an axis stand, and what they say, as matplotlib has it. ticks.py is the twin.

const AUTO = { steps: [1, 2, 2.5, 5, 10], most: 9, least: 2 }; // of matplotlib's AutoLocator
const SHORT_OF_OFFSET = 1e3; // an offset has more than so many units: it saves four digits

/**
 * The major and the minor ticks between two limits, each with its label, and what stands at the end of the axis.
 * A power of ten is written as 10^2 or 3×10^−2.
 */
export function ticks(spec, first, last) {
  const [low, high] = first < last ? [first, last] : [last, first];
  const log = spec.scale === "log";
  const major = spec.at ?? (log ? decades(spec, low, high).places : evenPlaces(spec, low, high));
  const minor = log && spec.minor ? minorPlaces(spec, low, high) : [];
  const near = 1e-5 * (log10(high) - log10(low));
  const own = minor.filter((place) => major.every((other) => Math.abs(log10(place) - log10(other)) > near));
  const [labels, offset] = log ? [powerLabels(low, high), ""] : numberLabels(major, low, high);
  const scale = log ? log10 : (value) => value;
  const slack = (scale(high) - scale(low)) * 1e-10;
  const seen = (place) => scale(place) >= scale(low) - slack && scale(place) <= scale(high) + slack;
  const told = (places) => places.filter(seen).map((place) => [place, labels(place)]);
  return [told(major), told(own), offset];
}

const tenTo = (exponent) => Number(`1e${exponent}`);

/** Exact for powers of ten. */
function log10(value) {
  const found = Math.log10(value);
  const whole = Math.round(found);
  return tenTo(whole) === value ? whole : found;
}

const decade = (value) => Math.floor(log10(value));

/** As Python divides: a whole number, and the rest. */
function divided(a, b) {
  let rest = a % b;
  if (rest < 0) rest += b;
  const share = (a - rest) / b;
  const whole = Math.floor(share);
  return [share - whole > 0.5 ? whole + 1 : whole, rest];
}

/** matplotlib's MaxNLocator: at most so many steps, the smallest good one that is large enough. */
function evenPlaces({ steps, most, least }, low, high) {
  const middle = (high + low) / 2;
  const far = Math.abs(middle) / (high - low) >= 100;
  const offset = far ? Math.sign(middle) * tenTo(decade(Math.abs(middle))) : 0;
  const unit = tenTo(decade((high - low) / most));
  const [from, to] = [low - offset, high - offset];
  const all = [...steps.slice(0, -1).map((step) => 0.1 * step), ...steps, 10 * steps[1]].map((step) => step * unit);
  const large = all.findIndex((step) => step >= (to - from) / most);
  let places = [];
  for (const step of all.slice(0, large < 0 ? all.length : large + 1).reverse()) {
    const start = divided(from, step)[0] * step;
    const near = offset ? Math.min(0.4999, Math.max(1e-10, 10 ** (Math.log10(Math.abs(offset) / step) - 12))) : 1e-10;
    const [down, over] = divided(from - start, step);
    const [up, rest] = divided(to - start, step);
    const begin = Math.abs(over / step - 1) < near ? down + 1 : down;
    const end = Math.abs(rest / step) < near ? up : up + 1;
    places = Array.from({ length: Math.max(0, Math.ceil(end + 1 - begin)) }, (_, k) => (begin + k) * step + start);
    if (places.filter((place) => place >= from && place <= to).length >= least) break;
  }
  return places.map((place) => place + offset);
}

/** matplotlib's LogLocator at powers of ten: their places, how far they are apart, and how many there could be. */
function decades({ most }, low, high) {
  const [from, to] = [log10(low), log10(high)];
  const [begin, end] = [Math.ceil(from), Math.floor(to)];
  const there = end - begin + 1;
  let stride = Math.floor(there / (most + 1)) + 1;
  const count = Math.min(Math.ceil(there / stride), most);
  let exponents = [];
  if (count === 0) {
    exponents = [begin - 1, end + 1];
    stride = end - begin + 2;
  } else if (count === 1) {
    const middle = Math.round((from + to) / 2);
    stride = Math.max(middle - (begin - 1), end + 1 - middle);
    exponents = [middle - stride, middle, middle + stride];
  } else {
    stride = Math.floor((there - 1) / (count - 1));
    if (stride < there / count) stride = Math.floor(there / count);
    const least = Math.max(there - stride * count, 0);
    const most = Math.min(there - stride * (count - 1), stride);
    const round = ((-begin % stride) + stride) % stride;
    const offset = least <= round && round < most ? round : least;
    for (let k = begin + offset - stride; k <= end + stride; k += stride) exponents.push(k);
  }
  return { places: exponents.map(tenTo), stride, there, begin, end };
}

/** Minor ticks between powers of ten; of few, even ones. */
function minorPlaces(spec, low, high) {
  const { places, stride, there, begin, end } = decades(spec, low, high);
  if (there >= 10) return [];
  const found = [];
  if (stride === 1 || there <= 1)
    for (let k = begin - 1; k <= end; k++) for (let digit = 2; digit < 10; digit++) found.push(digit * tenTo(k));
  const seen = found.filter((place) => place >= low && place <= high).length;
  return stride === 1 && places.length - 2 + seen <= 1 ? evenPlaces(AUTO, low, high) : found;
}

/** matplotlib's ScalarFormatter: a function that writes a place, and what stands at the end of the axis. */
function numberLabels(places, low, high) {
  if (!places.length) return [() => "", ""];
  const seen = places.filter((place) => place >= low && place <= high);
  const offset = offsetOf(seen);
  const largest = Math.max(...seen.map(Math.abs), 0);
  let order = 0;
  if (seen.length) order = offset ? decade(high - low) : largest ? decade(largest) : 0;
  if (order > -5 && order < 6) order = 0;
  const scaled = (place) => (place - offset) / tenTo(order);
  const all = places.map(scaled);
  const wide = places.length < 2 ? [...all, scaled(low), scaled(high)] : all;
  const range = Math.max(...wide) - Math.min(...wide) || Math.max(...wide.map(Math.abs)) || 1;
  const digits = decade(range);
  let decimals = Math.max(0, 3 - digits);
  const round = (value, count) => Math.round(value * tenTo(count)) / tenTo(count);
  const short = (count) => all.every((value) => Math.abs(value - round(value, count)) < 1e-3 * tenTo(digits));
  while (decimals >= 0 && short(decimals)) decimals--;
  const write = (place) => {
    const value = scaled(place);
    return minus((Math.abs(value) < 1e-8 ? 0 : value).toFixed(decimals + 1));
  };
  const said = (order ? `1e${order}` : "") + (offset ? (offset > 0 ? "+" : "") + scientific(offset) : "");
  return [write, minus(said)];
}

const minus = (text) => text.replaceAll("-", "−");

/** What is taken from all places, if that saves four digits. */
function offsetOf(places) {
  const [low, high] = [Math.min(...places), Math.max(...places)];
  if (!places.length || low === high || (low <= 0 && high >= 0)) return 0;
  const [least, most] = [Math.abs(low), Math.abs(high)].sort((a, b) => a - b);
  const whole = (value, order) => divided(value, tenTo(order))[0];
  const top = Math.ceil(log10(most));
  let order = top;
  while (whole(least, order) === whole(most, order)) order--;
  order++;
  if ((most - least) / tenTo(order) <= 1e-2) {
    order = top;
    while (whole(most, order) - whole(least, order) <= 1) order--;
    order++;
  }
  const units = whole(most, order);
  return units >= SHORT_OF_OFFSET ? Math.sign(low) * units * tenTo(order) : 0;
}

function scientific(value) {
  const order = decade(Math.abs(value));
  const digits = Number(Number((value / tenTo(order)).toFixed(10)).toPrecision(10));
  return order ? `${digits}e${order}` : `${digits}`;
}

/** matplotlib's LogFormatterSciNotation: a function that writes a place; "" if its digit has no label. */
function powerLabels(low, high) {
  const [from, to] = [low, high].map((value) => Math.log(value) / Math.log(10));
  const count = Math.floor(to) - (Math.ceil(from) - 1); // powers of ten from the lower limit on
  const digits = count > 1 ? [1] : to - from > 0.4 ? [1, 2, 3, 4, 6, 10] : [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
  const near = (value) => Math.abs(value - Math.round(value)) <= 1e-9 * Math.max(Math.abs(value), Math.round(value));
  return (place) => {
    const at = Math.log(place) / Math.log(10);
    const exponent = near(at) ? Math.round(at) : Math.floor(at);
    const digit = 10 ** (at - exponent);
    if (!digits.includes(Math.round(digit))) return "";
    if (near(at)) return minus(`10^${exponent}`);
    return minus(`${near(digit) ? Math.round(digit) : Number(digit.toPrecision(6))}×10^${exponent}`);
  };
}
