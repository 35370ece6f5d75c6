import type { PackedOutput } from './messages.ts';

/** Characters on their way to the front end beyond which the code that prints waits for it. */
const most = 2 ** 22;

/** What a message takes beside its text, in characters. */
const each = 500;

/**
 * Output that the main thread has posted: messages that the protocol's thread has not read, and text that it has not
 * sent. Without a limit, a loop that prints fills the protocol's queue faster than it empties, and a press of the stop
 * button waits behind all of it; and a page gets more text than it can draw.
 */
export class Backlog {
  private readonly unsent: Int32Array;

  constructor(memory: SharedArrayBuffer) {
    this.unsent = new Int32Array(memory);
  }

  /** After a message was posted. An interrupt ends the wait with the code that waits. */
  posted(size: number): void {
    if (Atomics.add(this.unsent, 0, size) + size <= most) return;
    let left = Atomics.load(this.unsent, 0);
    while (left > most / 2) {
      Atomics.wait(this.unsent, 0, left, 100);
      left = Atomics.load(this.unsent, 0);
    }
  }

  passed(size: number): void {
    Atomics.sub(this.unsent, 0, size);
    Atomics.notify(this.unsent, 0);
  }
}

export function sizeOf(output: PackedOutput): number {
  if (output.type === 'stream') return each + output.text.length;
  if (output.type !== 'display') return each;
  const { json, buffers = [] } = output.bundle;
  return buffers.reduce((sum, bytes) => sum + bytes.length, each + json.length);
}
