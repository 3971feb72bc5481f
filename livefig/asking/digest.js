// Digests, and texts sealed with words: who does not know the words cannot read the text. digest.py is the twin.
// SHA-256 stands here (FIPS 180-4), for a page without a secure address has none, and the browser's own takes its time.

const SHORT = 16;
const PRIMES = Array.from({ length: 312 }, (_, n) => n).filter(
  (n) => n > 1 && Array.from({ length: n }, (_, d) => d).every((d) => d < 2 || n % d),
);
/** The first 32 binary digits behind the point of a root. */
const digits = (root) => (root % 1) * 2 ** 32;
const ROUNDS = Uint32Array.from(PRIMES, (prime) => digits(Math.cbrt(prime)));
const START = PRIMES.slice(0, 8).map((prime) => digits(Math.sqrt(prime)));

const turned = (x, n) => (x >>> n) | (x << (32 - n));

/** The SHA-256 of some bytes, as bytes. */
export function sha256(bytes) {
  const padded = new Uint8Array(((bytes.length + 8) >> 6) * 64 + 64);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, Math.floor(bytes.length / 2 ** 29));
  view.setUint32(padded.length - 4, bytes.length << 3);
  const state = Uint32Array.from(START);
  const w = new Uint32Array(64);
  for (let at = 0; at < padded.length; at += 64) {
    for (let i = 0; i < 64; i++) {
      if (i < 16) {
        w[i] = view.getUint32(at + 4 * i);
        continue;
      }
      const [early, late] = [w[i - 15], w[i - 2]];
      w[i] =
        w[i - 16] +
        w[i - 7] +
        (turned(early, 7) ^ turned(early, 18) ^ (early >>> 3)) +
        (turned(late, 17) ^ turned(late, 19) ^ (late >>> 10));
    }
    let [a, b, c, d, e, f, g, h] = state;
    for (let i = 0; i < 64; i++) {
      const one = (h + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + ((e & f) ^ (~e & g)) + ROUNDS[i] + w[i]) | 0;
      const two = ((turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [a, b, c, d, e, f, g, h] = [one + two, a, b, c, d + one, e, f, g];
    }
    [a, b, c, d, e, f, g, h].forEach((x, i) => {
      state[i] += x;
    });
  }
  const result = new DataView(new ArrayBuffer(32));
  state.forEach((x, i) => result.setUint32(4 * i, x));
  return new Uint8Array(result.buffer);
}

const hashed = (...words) => sha256(new TextEncoder().encode(words.join("\n")));

/** A short number for some words, in their order. */
export function digest(...words) {
  return Array.from(hashed(...words), (byte) => byte.toString(16).padStart(2, "0"))
    .join("")
    .slice(0, SHORT);
}

/** The text that was sealed with these words. */
export function unsealed(text, ...words) {
  const bytes = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
  for (let at = 0; at < bytes.length; at += 32)
    hashed("seal", String(at / 32), ...words).forEach((byte, i) => {
      bytes[at + i] ^= byte; // beyond the end nothing is written
    });
  return new TextDecoder().decode(bytes);
}
