import { Console } from 'node:console';
import { Writable } from 'node:stream';
import { types } from 'node:util';
import { redirectDescriptors } from './descriptors.ts';

export type Write = (name: 'stdout' | 'stderr', text: string) => void;

/** Sends what the learner's code prints to `write`: console, `process.stdout`, and the file descriptors 1 and 2. */
export function redirectOutput(write: Write): void {
  const streams = { stdout: stream('stdout', 1, write), stderr: stream('stderr', 2, write) };
  for (const name of ['stdout', 'stderr'] as const) {
    Object.defineProperty(process, name, { get: () => streams[name], configurable: true, enumerable: true });
  }
  globalThis.console = Object.assign(new Console({ ...streams, colorMode: false }), { Console });
  redirectDescriptors(write);
}

function stream(name: 'stdout' | 'stderr', fd: number, write: Write): Writable {
  const decoder = new TextDecoder();
  const decode = (bytes: Uint8Array) => decoder.decode(bytes, { stream: true });
  let half = '';
  const pass = (chunk: string | Uint8Array, encoding: BufferEncoding) => {
    const isText = typeof chunk === 'string' && /^utf-?8$/i.test(encoding);
    const text = half + (isText ? chunk : decode(Buffer.from(chunk as string, encoding)));
    // A character of two units whose second one is still to come.
    half = /[\ud800-\udbff]$/.exec(text)?.[0] ?? '';
    write(name, half ? text.slice(0, -1) : text);
  };
  const target = new Writable({ decodeStrings: false, emitClose: false, autoDestroy: false });
  return Object.assign(target, {
    fd,
    isTTY: false,
    columns: 80,
    write: writeAtOnce(target, pass),
    end: endNever(target),
    destroy: () => target,
  });
}

/**
 * Without the states of a stream: code that is torn down while it prints would leave them in the middle of a write, and
 * nothing would come out any more.
 */
function writeAtOnce(
  target: Writable,
  pass: (chunk: string | Uint8Array, encoding: BufferEncoding) => void,
): Writable['write'] {
  const refuse = target.write.bind(target) as (...args: unknown[]) => boolean;
  return (chunk: unknown, ...rest: unknown[]) => {
    if (typeof chunk !== 'string' && !types.isUint8Array(chunk)) return refuse(chunk, ...rest);
    const encoding = typeof rest[0] === 'string' ? (rest[0] as BufferEncoding) : 'utf8';
    pass(chunk, encoding);
    const callback = rest.at(-1);
    if (typeof callback === 'function') process.nextTick(callback as () => void, null);
    return true;
  };
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
