import { Console } from 'node:console';
import { Writable } from 'node:stream';
import { redirectDescriptors } from './descriptors.ts';

export type Write = (name: 'stdout' | 'stderr', text: string) => void;

/** Sends what the learner's code prints to `write`: console, `process.stdout`, and the file descriptors 1 and 2. */
export function redirectOutput(write: Write): void {
  const streams = { stdout: stream('stdout', 1, write), stderr: stream('stderr', 2, write) };
  for (const name of ['stdout', 'stderr'] as const) {
    Object.defineProperty(process, name, { get: () => streams[name], configurable: true, enumerable: true });
  }
  globalThis.console = new Console({ ...streams, colorMode: false });
  redirectDescriptors(write);
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
