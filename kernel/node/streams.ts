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
  redirectFiles(write);
}

/** Where a file is meant that stands for the cell's output. */
function targetOf(file: unknown): 'stdout' | 'stderr' | undefined {
  if (file === 1 || file === '/dev/stdout') return 'stdout';
  if (file === 2 || file === '/dev/stderr') return 'stderr';
  return undefined;
}

function redirectFiles(write: Write): void {
  const { writeSync, writeFileSync, appendFileSync } = fs;
  fs.writeSync = ((fd: number, data: string | NodeJS.ArrayBufferView, ...rest: never[]) => {
    const target = targetOf(fd);
    if (!target) return writeSync(fd, data as string, ...rest);
    const bytes = typeof data === 'string' ? Buffer.from(data, rest[1]) : part(data, rest);
    write(target, bytes.toString());
    return bytes.length;
  }) as typeof fs.writeSync;
  const redirected = (original: typeof writeFileSync): typeof writeFileSync => {
    return (file, data, options) => {
      const target = targetOf(file);
      if (!target) return original(file, data, options);
      write(target, typeof data === 'string' ? data : part(data, []).toString());
    };
  };
  fs.writeFileSync = redirected(writeFileSync);
  fs.appendFileSync = redirected(appendFileSync as typeof writeFileSync) as typeof appendFileSync;
  syncBuiltinESMExports();
}

/** What `fs.writeSync` writes of a buffer: offset and length come one by one, or in an object. */
function part(data: NodeJS.ArrayBufferView, [first, second]: readonly unknown[]): Buffer {
  const named = typeof first === 'object' ? (first as { offset?: number; length?: number } | null) : null;
  const offset = named?.offset ?? (first as number | undefined | null) ?? 0;
  const start = typeof offset === 'number' ? offset : 0;
  const length = named?.length ?? (second as number | undefined | null) ?? data.byteLength - start;
  return Buffer.from(data.buffer, data.byteOffset + start, length);
}

function stream(name: 'stdout' | 'stderr', fd: number, write: Write): Writable {
  const decoder = new TextDecoder();
  const decode = (bytes: Uint8Array) => decoder.decode(bytes, { stream: true });
  let half = '';
  const target = new Writable({
    decodeStrings: false,
    emitClose: false,
    autoDestroy: false,
    write(chunk: string | Uint8Array, encoding, callback) {
      const isText = typeof chunk === 'string' && /^utf-?8$/i.test(encoding);
      const text = half + (isText ? chunk : decode(Buffer.from(chunk as string, encoding)));
      // A character of two units whose second one is still to come.
      half = /[\ud800-\udbff]$/.exec(text)?.[0] ?? '';
      write(name, half ? text.slice(0, -1) : text);
      callback();
    },
  });
  return Object.assign(target, {
    fd,
    isTTY: false,
    columns: 80,
    end: endNever(target),
    destroy: () => target,
  });
}

/**
 * The cells to come print to the same stream: `pipeline(text, process.stdout)` is done, and the stream goes on.
 */
function endNever(target: Writable): Writable['end'] {
  return (...args: unknown[]) => {
    const callback = args.find(arg => typeof arg === 'function') as (() => void) | undefined;
    const [chunk, encoding] = args.filter(arg => typeof arg !== 'function');
    if (chunk !== undefined && chunk !== null) target.write(chunk, encoding as BufferEncoding);
    process.nextTick(() => {
      target.emit('finish');
      callback?.();
    });
    return target;
  };
}
