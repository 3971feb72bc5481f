// Shapes of arrays, as NumPy has them, and the places of their numbers in C order.

export const product = (shape) => shape.reduce((a, b) => a * b, 1);
export const range = (length) => Array.from({ length }, (_, i) => i);

/** The shape that arrays have together, as NumPy broadcasts them. */
export function together(shapes) {
  const axes = Math.max(...shapes.map((shape) => shape.length));
  const lengths = (axis) => shapes.map((shape) => shape[axis - axes + shape.length] ?? 1);
  return range(axes).map((axis) => lengths(axis).find((length) => length !== 1) ?? 1);
}

/** from + i·by + j·by + … for i, j, … below their counts, in C order. */
export function grid(from, axes) {
  return axes.reduce((numbers, [count, by]) => {
    const more = new Float64Array(numbers.length * count);
    return more.map((_, i) => numbers[Math.floor(i / count)] + (i % count) * by);
  }, Float64Array.of(from));
}

/** For every number of an array of shape `to`, its place in one of shape `from` that is repeated to it. */
export function repeated(from, to) {
  let width = product(from);
  const axes = to.map((count, axis) => {
    const length = from[axis - to.length + from.length] ?? 1;
    width /= length;
    return [count, length === 1 ? 0 : width];
  });
  return Int32Array.from(grid(0, axes));
}
