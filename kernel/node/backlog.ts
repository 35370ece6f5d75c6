import type { Output } from '../jupyter/engine.ts';

/** Characters on their way to the protocol's thread beyond which the code that prints waits for it. */
const most = 2 ** 22;

/** What a message takes beside its text, in characters. */
const each = 500;

/**
 * Output that the main thread has posted and the protocol's thread has not read. Without a limit, a loop that prints
 * fills the protocol's queue faster than it empties, and a press of the stop button waits behind all of it.
 */
export class Backlog {
  private readonly unread: Int32Array;

  constructor(memory: SharedArrayBuffer) {
    this.unread = new Int32Array(memory);
  }

  /** After a message was posted. An interrupt ends the wait with the code that waits. */
  posted(size: number): void {
    if (Atomics.add(this.unread, 0, size) + size <= most) return;
    let left = Atomics.load(this.unread, 0);
    while (left > most / 2) {
      Atomics.wait(this.unread, 0, left, 100);
      left = Atomics.load(this.unread, 0);
    }
  }

  read(size: number): void {
    Atomics.sub(this.unread, 0, size);
    Atomics.notify(this.unread, 0);
  }
}

export function sizeOf(output: Output): number {
  if (output.type === 'stream') return each + output.text.length;
  if (output.type !== 'display') return each;
  return Object.values(output.bundle.data).reduce<number>(
    (sum, body) => sum + (typeof body === 'string' ? body.length : 20 * each),
    each,
  );
}
