import type { Header, ParentHeader } from './wire.ts';

/** How many past cells are remembered. */
const limit = 2000;

/**
 * The headers of past execute requests: what a cell prints after its reply, from a timer or a promise,
 * still belongs to it.
 */
export class Cells {
  readonly #headers = new Map<string, Header>();
  #latest: ParentHeader = {};

  /** `id` is what outputs call the cell. */
  add(header: Header, id = header.msg_id): void {
    this.#headers.delete(id);
    this.#headers.set(id, header);
    this.#latest = header;
    if (this.#headers.size > limit) this.#headers.delete(this.#headers.keys().next().value as string);
  }

  /** The latest cell's where the cause is unknown. A front end finds its cell by `msg_id` alone. */
  header(cell: string | undefined): ParentHeader {
    if (cell === undefined) return this.#latest;
    return this.#headers.get(cell) ?? ({ ...this.#latest, msg_id: cell } as ParentHeader);
  }
}
