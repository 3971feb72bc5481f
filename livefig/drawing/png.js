// A picture in the colours of a table as the address of a PNG, byte for byte that of Python. png.py is the twin.

const PALETTE = 3; // the PNG types of colour
const RGBA = 6;
const BLOCK = 65535; // bytes: what one block without compression may hold

/** An address for an image: `pixels`, row after row, are places in a table of "rrggbb", "rrggbbaa" or "". */
export function png(columns, pixels, table) {
  const rows = pixels.length / columns;
  const first = table.map((colour) => table.indexOf(colour)); // of each colour: some stand there twice
  const slots = new Uint16Array(table.length);
  for (const place of pixels) slots[first[place]] = 1;
  const colours = [];
  first.forEach((own, place) => {
    slots[place] = own < place ? slots[own] : slots[own] && colours.push(rgbaOf(table[place])) - 1;
  });
  const few = colours.length <= 256;
  const size = few ? 1 : 4;
  const data = new Uint8Array(rows * (1 + columns * size)); // each line says first, by a 0, that it is not filtered
  for (let i = 0, at = 0; i < pixels.length; i++) {
    if (i % columns === 0) at++;
    if (few) data[at++] = slots[pixels[i]];
    else for (const channel of colours[slots[pixels[i]]]) data[at++] = channel;
  }
  const parts = [
    [0x89, 0x50, 0x4e, 0x47, 13, 10, 0x1a, 10],
    chunk("IHDR", [...word(columns), ...word(rows), 8, few ? PALETTE : RGBA, 0, 0, 0]),
  ];
  if (few) {
    parts.push(chunk("PLTE", colours.map((colour) => colour.slice(0, 3)).flat()));
    parts.push(
      chunk(
        "tRNS",
        colours.map((colour) => colour[3]),
      ),
    );
  }
  parts.push(chunk("IDAT", stored(data)), chunk("IEND", []));
  let text = "";
  for (const part of parts)
    for (let i = 0; i < part.length; i += 8192) text += String.fromCharCode(...part.slice(i, i + 8192));
  return `data:image/png;base64,${btoa(text)}`;
}

const rgbaOf = (colour) =>
  (colour || "00000000")
    .padEnd(8, "f")
    .match(/../g)
    .map((digits) => Number.parseInt(digits, 16));

const word = (number) => [number >>> 24, (number >>> 16) & 255, (number >>> 8) & 255, number & 255];

/** Bytes as zlib has them without compression (RFC 1950 and 1951). */
function stored(data) {
  const found = new Uint8Array(data.length + 5 * Math.ceil(data.length / BLOCK) + 6);
  found.set([0x78, 1]);
  let at = 2;
  let a = 1;
  let b = 0;
  for (let i = 0; i < data.length; i += BLOCK) {
    const block = data.subarray(i, i + BLOCK);
    const { length } = block;
    found.set([Number(i + length === data.length), length & 255, length >> 8, ~length & 255, (~length >> 8) & 255], at);
    found.set(block, at + 5);
    at += 5 + length;
  }
  for (const byte of data) {
    a = (a + byte) % 65521;
    b = (b + a) % 65521;
  }
  found.set(word(((b << 16) | a) >>> 0), at);
  return found;
}

const CRC = Uint32Array.from({ length: 256 }, (_, byte) => {
  for (let bit = 0; bit < 8; bit++) byte = byte & 1 ? (byte >>> 1) ^ 0xedb88320 : byte >>> 1;
  return byte;
});

function chunk(kind, data) {
  const found = new Uint8Array(data.length + 12);
  found.set(word(data.length));
  found.set(
    [...kind].map((letter) => letter.charCodeAt(0)),
    4,
  );
  found.set(data, 8);
  let sum = -1;
  for (let i = 4; i < data.length + 8; i++) sum = CRC[(sum ^ found[i]) & 255] ^ (sum >>> 8);
  found.set(word(~sum >>> 0), data.length + 8);
  return found;
}
