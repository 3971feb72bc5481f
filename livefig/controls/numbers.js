// Numbers as readers see them: Python's format specifications, character for character. numbers.py is the twin.

import { roundHalfEven } from "../record/ops.js";

export const SPEC = /^([+ ]?)(\$?)(,?)(?:\.(\d+))?([defg%]?)$/;
export const FIELD = /\{\{|\}\}|\{([^\s{}:]+)(?::([^{}]*))?\}/g; // or a brace, doubled
/** What each type of a format makes of a number that is not negative. */
export const TYPES = {
  d: (x) => BigInt(roundHalfEven(x)).toString(),
  e: (x, precision) => pythonExponent(rounded(x, precision, "toExponential")),
  f: (x, precision) => rounded(x, precision, "toFixed"),
  g: general,
  "%": (x, precision) => rounded(x * 100, precision, "toFixed") + "%",
};

/** digits(x) by toFixed or toExponential, but with ties to the even digit as in Python. */
function rounded(x, digits, method) {
  if (method === "toFixed" && x >= 1e21) return BigInt(x).toString() + (digits ? "." + "0".repeat(digits) : "");
  const text = x[method](digits);
  const more = x[method](Math.min(100, digits + 40));
  const [mantissa, exponent = ""] = more.split("e");
  const point = mantissa.indexOf(".");
  const tail = mantissa.slice(point + 1 + digits);
  if (point < 0 || !/^50*$/.test(tail)) return text;
  const even = mantissa.slice(0, point + 1 + digits).replace(/\.$/, "");
  if ("02468".includes(even.slice(-1))) return even + (exponent && "e" + exponent);
  return text;
}

function pythonExponent(text) {
  return text.replace(/e([+-])(\d)$/, "e$10$2");
}

function general(x, precision) {
  const digits = Math.max(precision, 1);
  if (x === 0) return "0";
  const scientific = rounded(x, digits - 1, "toExponential");
  const exponent = Number(scientific.split("e")[1]);
  const trim = (s) => (s.includes(".") ? s.replace(/\.?0+$/, "") : s);
  if (exponent < -4 || exponent >= digits) {
    const [mantissa, power] = scientific.split("e");
    return pythonExponent(trim(mantissa) + "e" + power);
  }
  return trim(rounded(x, digits - 1 - exponent, "toFixed"));
}

export function formatNumber(value, spec, words) {
  if (typeof value === "string") return value;
  if (Number.isNaN(value)) return words.nan;
  if (!Number.isFinite(value)) return (value < 0 ? "−" : "") + words.infinity;
  const [, sign, dollar, comma, given, type] = SPEC.exec(spec || ".6g");
  let text = TYPES[type || "g"](Math.abs(value), given === undefined ? 6 : Number(given));
  if (comma) text = text.replace(/^\d+/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ","));
  const minus = value < 0 && /[1-9]/.test(text); // what rounds to zero has none
  return (minus ? "−" : sign) + dollar + text.replace("-", "−");
}

const TYPED = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const GROUPS = /^[+-]?[1-9]\d{0,2}(,\d{3})+$/; // 1,000: here a thousand, there one

/** The number that a reader has typed, with a point or a comma, and any minus; NaN if it is none, or might be another. */
export function readNumber(typed) {
  const text = typed.trim().replace("−", "-");
  const plain = text.replace(",", ".");
  return TYPED.test(plain) && !GROUPS.test(text) ? Number(plain) : NaN;
}

/** The sentence with its {fields} filled in. Doubled braces are braces. */
export function fill(sentence, values, words) {
  return sentence.replace(FIELD, (all, name, spec) => {
    if (!name) return all[0];
    if (!Object.hasOwn(values, name)) return all;
    return formatNumber(typeof values[name] === "string" ? values[name] : Number(values[name]), spec, words);
  });
}
