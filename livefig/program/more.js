// Operations that many programs do without: products of matrices, order, and sums at places. machine.js has the others.

import { product, range, repeated, together } from "./shapes.js";

const MOST_WRITTEN = 32; // products of numbers that are written out

const extreme = (beats) => (out, to, x, at, by, length) => {
  let best = 0;
  for (let k = 1; k < length; k++) if (beats(x[at + k * by], x[at + best * by])) best = k;
  out[to] = best;
};
const ordered = (give) => (out, to, x, at, by, length) => {
  const value = (k) => x[at + k * by];
  const last = (k) => Number.isNaN(value(k));
  const order = range(length).sort((i, j) => last(i) - last(j) || (value(i) > value(j)) - (value(i) < value(j)));
  for (let k = 0; k < length; k++) out[to + k * by] = give(order[k], value(order[k]));
};
export const MORE_REDUCTIONS = {
  argmax: extreme((a, b) => a > b || (a !== a && b === b)),
  argmin: extreme((a, b) => a < b || (a !== a && b === b)),
};
export const MORE_SCANS = {
  sort: ordered((_, value) => value),
  argsort: ordered((place) => place),
};

/** Operations by their names, for what writes them. */
export const moreOperations = ({
  act,
  addProduct,
  made,
  move,
  pieces,
  rows,
  scalar,
  short,
  stepsOf,
  stride,
  zero,
}) => ({
  matmul(a, b) {
    const [m, length] = a.shape.slice(-2);
    const n = b.shape.at(-1);
    const [before, others] = [a, b].map((x) => x.shape.slice(0, -2));
    const out = made([...together([before, others]), m, n], stepsOf(a, b));
    const { shape, size } = out;
    const left = repeated([...before, m, 1], shape).map((row) => row * length);
    const right = repeated([...others, 1, n], shape).map((column) => column + (column - (column % n)) * (length - 1));
    if (short(out) && length && size * length <= MOST_WRITTEN) {
      for (let i = 0; i < size; i++) {
        const [total, x, y] = [out.at + i, a.at + left[i], b.at + right[i]];
        scalar("multiply", total, x, y);
        for (let k = 1; k < length; k++) addProduct(total, x + k, y + k * n);
      }
      return out;
    }
    return act(out, (data, count) => {
      const [x, y] = [a.memory.data, b.memory.data];
      for (let to = 0, r = 0; r < count; r++)
        for (let i = 0; i < size; i++) {
          let p = r * stride(a) + left[i];
          let q = r * stride(b) + right[i];
          let total = length ? x[p] * y[q] : 0;
          for (let k = 1; k < length; k++) total += x[++p] * y[(q += n)];
          data[to++] = total;
        }
    });
  },

  put(index, x, { shape, steps }) {
    const out = made(shape, steps);
    if (!index.numbers || !short(out) || !short(x)) return pieces(out, x, index, 1, stride(out), true);
    for (let i = 0; i < out.size; i++) move(out.at + i, zero().at);
    index.numbers.forEach((place, i) => scalar("add", out.at + place, out.at + place, x.at + i));
    return out;
  },
  put_rows(k, x, { shape, steps }) {
    return pieces(made(shape, steps), x, k, product(steps === null ? shape.slice(1) : shape), 0, true);
  },
  searchsorted(xs, x) {
    return act(made(x.shape, x.steps), (data, count) => {
      for (let i = 0; i < count * x.size; i++) {
        const value = x.memory.data[i];
        let low = 0;
        for (let high = rows(xs) * xs.size; low < high; ) {
          const middle = (low + high) >> 1;
          if (xs.memory.data[middle] <= value || value !== value) low = middle + 1;
          else high = middle;
        }
        data[i] = low;
      }
    });
  },
});
