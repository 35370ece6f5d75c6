import { createHash } from 'node:crypto';
import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { appendFile, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type Entry, type HistoryStore, historyLimit } from './history.ts';

export interface HistoryPlace {
  file: string;
  /** The file belongs to this one kernel: it outlives a restart, not a shutdown. */
  temporary: boolean;
}

/** A file larger than this is not history, in bytes. */
const sizeLimit = 64 << 20;

/**
 * Beside the connection file: one for each notebook where the front end tells its name (Jupyter Server
 * does), else one for each kernel.
 */
export function historyPlace(connectionFile: string, sessionName: string | undefined): HistoryPlace {
  const name = sessionName || basename(connectionFile);
  const key = createHash('sha256').update(name).digest('hex').slice(0, 16);
  return { file: join(dirname(connectionFile), `tslab-history-${key}.jsonl`), temporary: !sessionName };
}

/** History as lines of JSON. Whatever is wrong with the file, the kernel goes on without it. */
export class HistoryFile implements HistoryStore {
  readonly #place: HistoryPlace;
  #writing: Promise<unknown> = Promise.resolve();

  constructor(place: HistoryPlace) {
    this.#place = place;
  }

  load(): Entry[] {
    try {
      if (statSync(this.#place.file).size > sizeLimit) return [];
      const lines = readFileSync(this.#place.file, 'utf8').split('\n').filter(Boolean);
      const entries = lines.flatMap(readEntry);
      if (lines.length > 2 * historyLimit || entries.length < lines.length)
        this.#rewrite(entries.slice(-historyLimit));
      return entries;
    } catch {
      return [];
    }
  }

  append(entry: Entry): void {
    const { session, line, input, output } = entry;
    const text = `${JSON.stringify([session, line, input, output])}\n`;
    this.#writing = this.#writing
      .then(() => appendFile(this.#place.file, text, { mode: 0o600 }))
      .catch(() => {});
  }

  async close(restart: boolean): Promise<void> {
    await this.#writing;
    if (this.#place.temporary && !restart) await rm(this.#place.file, { force: true }).catch(() => {});
  }

  #rewrite(entries: Entry[]): void {
    const text = entries.map(({ session, line, input, output }) =>
      JSON.stringify([session, line, input, output]),
    );
    const fresh = `${this.#place.file}.${process.pid}`;
    writeFileSync(fresh, text.map(line => `${line}\n`).join(''), { mode: 0o600 });
    renameSync(fresh, this.#place.file);
  }
}

function readEntry(text: string): Entry[] {
  try {
    const [session, line, input, output] = JSON.parse(text) as unknown[];
    const valid = Number.isSafeInteger(session) && Number.isSafeInteger(line);
    if (!valid || typeof input !== 'string' || typeof output !== 'string') return [];
    return [{ session: session as number, line: line as number, input, output }];
  } catch {
    return [];
  }
}
