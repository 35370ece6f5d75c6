import { Console } from 'node:console';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { Writable } from 'node:stream';

export type Write = (name: 'stdout' | 'stderr', text: string) => void;

/** Sends what the learner's code prints to `write`: console, `process.stdout`, and the file descriptors 1 and 2. */
export function redirectOutput(write: Write): void {
  const streams = { stdout: stream('stdout', 1, write), stderr: stream('stderr', 2, write) };
  for (const name of ['stdout', 'stderr'] as const) {
    Object.defineProperty(process, name, { get: () => streams[name], configurable: true, enumerable: true });
  }
  globalThis.console = new Console({ ...streams, colorMode: false });
  const { writeSync } = fs;
  fs.writeSync = ((fd: number, data: string | NodeJS.ArrayBufferView, ...rest: never[]) => {
    if (fd !== 1 && fd !== 2) return writeSync(fd, data as string, ...rest);
    const bytes =
      typeof data === 'string'
        ? Buffer.from(data)
        : Buffer.from(data.buffer, data.byteOffset, data.byteLength);
    write(fd === 1 ? 'stdout' : 'stderr', bytes.toString());
    return bytes.length;
  }) as typeof fs.writeSync;
  syncBuiltinESMExports();
}

function stream(name: 'stdout' | 'stderr', fd: number, write: Write): Writable {
  const decoder = new TextDecoder();
  const target = new Writable({
    decodeStrings: false,
    write(chunk: string | Uint8Array, _encoding, callback) {
      write(name, typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true }));
      callback();
    },
  });
  return Object.assign(target, { fd, isTTY: false, columns: 80 });
}
