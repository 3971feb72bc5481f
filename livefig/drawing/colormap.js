// Which colour of a colormap's table a value has. colormap.py is the twin.

/** For each value the place of its colour in the table, whose last three are of those below, above, and of none. */
export function places({ table, low, high, log }, values) {
  const many = table.length - 3;
  const scale = log ? Math.log10 : (value) => value;
  const from = scale(low);
  const width = scale(high) - from;
  const found = new Uint16Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    const share = low === high ? 0 : (scale(value) - from) / width;
    if (!Number.isFinite(value) || (log && value <= 0 && low !== high)) found[i] = many + 2;
    else found[i] = share < 0 ? many : share > 1 ? many + 1 : Math.min(Math.trunc(share * many), many - 1);
  }
  return found;
}
