// What a reader has answered: kept on the reader's device, and as a file. results.py is the twin.

import { digest } from "./digest.js";

export const RESULTS_FORMAT = "livefig-results";
export const RESULTS_VERSION = 1;
const SEAL = /,"seal":"([0-9a-f]*)"\}\s*$/;

/** The answers of a reader in one copy of a book. Nothing of it leaves the device by itself. */
export class Memory {
  /** place: what no other copy of the book has, its address.  book: its title and version. */
  constructor(place, book) {
    Object.assign(this, { name: `livefig ${place}`, book, here: {} });
  }

  /** All that is kept: the answers by the ids of asks, the reader's name, and whether nothing shall be kept. */
  get all() {
    try {
      return JSON.parse(localStorage.getItem(this.name)) ?? this.here;
    } catch {
      return this.here; // closed to this page, or damaged: it lasts as long as the page
    }
  }

  write(all) {
    this.here = all;
    try {
      localStorage.setItem(this.name, JSON.stringify(all.off ? { off: true } : all));
      this.open = true;
    } catch {
      this.open = false;
    }
  }

  /** What is kept, with what has been answered on this page although nothing shall be kept. */
  get now() {
    const all = this.all;
    return all.off ? { ...this.here, off: true } : all;
  }

  answer(id) {
    return this.now.answers?.[id];
  }

  keep(id, record) {
    const { now, book } = this;
    this.write({ ...now, answers: { ...now.answers, [id]: { page: book.page ?? "", ...record } } });
  }

  set(facts) {
    this.write({ ...this.now, ...facts });
  }

  /** The object that a file of results holds. */
  results() {
    const { answers = {}, name = "" } = this.now;
    const given = Object.entries(answers).filter(([, { verdict, shown }]) => verdict || shown !== undefined);
    return {
      format: RESULTS_FORMAT,
      version: RESULTS_VERSION,
      book: this.book.title ?? "",
      edition: this.book.version ?? "",
      name,
      saved: new Date().toISOString(),
      answers: Object.fromEntries(given.map(([id, record]) => [id, without(record, "draft")])),
    };
  }

  /** Take over the answers of a file; false if it holds none of this book. */
  take(text) {
    const found = resultsIn(text);
    if (!found || (found.book && this.book.title && found.book !== this.book.title)) return false;
    this.set({ name: found.name || this.now.name, answers: { ...this.now.answers, ...found.answers } });
    return true;
  }
}

const without = (record, left) => Object.fromEntries(Object.entries(record).filter(([name]) => name !== left));

/** The text of a file of results: JSON, with a digest of itself at its end. */
export function sealedResults(results) {
  const text = JSON.stringify(results);
  return `${text.slice(0, -1)},"seal":"${digest(text)}"}\n`;
}

/** The results in a text, whoever has edited it; null if there are none. */
export function resultsIn(text) {
  try {
    const found = JSON.parse(text);
    const records = Object.values(found.answers);
    const whole = records.every(
      (record) => typeof record.kind === "string" && typeof (record.answer ?? "") === "string",
    );
    return found.format === RESULTS_FORMAT && found.version === RESULTS_VERSION && whole ? found : null;
  } catch {
    return null;
  }
}

/** Whether a text is as it was saved. */
export const untouched = (text) => digest(text.replace(SEAL, "}")) === SEAL.exec(text)?.[1];
