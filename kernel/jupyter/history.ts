import { glob } from './glob.ts';

/** One cell as history keeps it: its session, its execution count there, its code, its result's text. */
export interface Entry {
  session: number;
  line: number;
  input: string;
  output: string;
}

/** Where history outlives the kernel. Both functions must not throw. */
export interface HistoryStore {
  load(): Entry[];
  append(entry: Entry): void;
}

/** How many cells history keeps, and how long a text may be that it keeps, in UTF-16 units. */
export const historyLimit = 1000;
const textLimit = 100_000;

export class History {
  readonly session: number;
  #entries: Entry[];
  readonly #store: HistoryStore | undefined;

  constructor(store?: HistoryStore) {
    this.#store = store;
    this.#entries = store?.load().slice(-historyLimit) ?? [];
    this.session = 1 + this.#entries.reduce((last, entry) => Math.max(last, entry.session), 0);
  }

  /** The running cell belongs to history already; `finish` adds its result and stores it. */
  begin(line: number, input: string): Entry | undefined {
    if (input.length > textLimit || input.trim() === '') return undefined;
    const entry = { session: this.session, line, input, output: '' };
    this.#entries.push(entry);
    if (this.#entries.length > historyLimit) this.#entries.shift();
    return entry;
  }

  finish(entry: Entry, output: string): void {
    entry.output = output.length > textLimit ? '' : output;
    this.#store?.append(entry);
  }

  tail(count: number): Entry[] {
    return count > 0 ? this.#entries.slice(-count) : [];
  }

  /**
   * Lines `start` to `stop`, without `stop`. Session 0 is the current one and negative ones count back
   * from it, as IPython has it; so do negative lines, from the end. No `stop`: to the end.
   */
  range(session: number, start: number, stop?: number): Entry[] {
    const wanted = session > 0 ? session : this.session + session;
    const entries = this.#entries.filter(entry => entry.session === wanted);
    const end = 1 + (entries.at(-1)?.line ?? 0);
    const from = start < 0 ? end + start : start;
    const to = stop === undefined ? end : stop < 0 ? end + stop : stop;
    return entries.filter(({ line }) => line >= from && line < to);
  }

  /** The last `count` cells whose code matches as a whole; `*` is any text, `?` one character. */
  search(pattern: string, count?: number, unique = false): Entry[] {
    const found = this.#entries.filter(entry => glob(pattern, entry.input));
    const kept = unique ? latestOfEach(found) : found;
    return count === undefined ? kept : kept.slice(kept.length - Math.max(0, Math.min(count, kept.length)));
  }
}

function latestOfEach(entries: Entry[]): Entry[] {
  const latest = new Map(entries.map(entry => [entry.input, entry]));
  return entries.filter(entry => latest.get(entry.input) === entry);
}
