import type { Readable } from 'node:stream';

/**
 * Calls `heard` with each line of a text. By hand: readline cannot be part of a snapshot, and from Node 24 on it takes
 * U+2028 for the end of a line, which JSON may hold. `paused` is called when all that has come is read.
 */
export function onLine(stream: Readable, heard: (line: string) => void, paused = () => {}): void {
  let pending = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    // A long line comes in many chunks: each is searched once.
    const [head, ...tail] = chunk.split('\n');
    pending += head;
    for (const next of tail) {
      heard(pending);
      pending = next;
    }
    paused();
  });
}
