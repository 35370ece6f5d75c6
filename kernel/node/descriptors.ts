import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { release } from './promises.ts';
import type { Write } from './streams.ts';

type Target = 'stdout' | 'stderr';
type Descriptor = 1 | 2;
type Callback = (error: Error | null, ...results: unknown[]) => void;
type Plain = (...args: unknown[]) => unknown;

/** Node calls `promisify` and its kin by symbols on a function: the replacement has them too. */
function replace(owner: object, name: string, make: (original: Plain) => Plain): void {
  const functions = owner as Record<string, Plain>;
  const original = functions[name];
  const replacement = make(original);
  Object.defineProperties(replacement, Object.getOwnPropertyDescriptors(original));
  functions[name] = replacement;
}

/** The descriptor that a number or the name of a device stands for, where it is the cell's output. */
function descriptorOf(file: unknown): Descriptor | undefined {
  if (file === 1 || file === 2) return file;
  if (typeof file !== 'string') return undefined;
  const named = /^\/dev\/(?:std(?:out|err)|fd\/[12])$|^\/proc\/self\/fd\/[12]$/.exec(file)?.[0];
  if (!named) return undefined;
  return /(out|1)$/.test(named) ? 1 : 2;
}

/** What `node:fs` writes to the file descriptors 1 and 2, also by the names of their devices, goes to `write`. */
export function redirectDescriptors(write: Write): void {
  const decoders = { stdout: new TextDecoder(), stderr: new TextDecoder() };
  const output = (fd: Descriptor, bytes: Uint8Array): number => {
    const name: Target = fd === 1 ? 'stdout' : 'stderr';
    write(name, decoders[name].decode(bytes, { stream: true }));
    return bytes.length;
  };
  redirectWrites(output);
  redirectOpening();
  redirectWholeFiles(output);
  syncBuiltinESMExports();
}

type Output = (fd: Descriptor, bytes: Uint8Array) => number;

function redirectWrites(output: Output): void {
  const isOurs = (fd: unknown) => fd === 1 || fd === 2;
  replace(fs, 'writeSync', original => (fd, data, ...rest) => {
    const bytes = isOurs(fd) ? bytesOf(data, rest) : undefined;
    return bytes ? output(fd as Descriptor, bytes) : original(fd, data, ...rest);
  });
  replace(fs, 'write', original => (fd, data, ...rest) => {
    const bytes = isOurs(fd) ? bytesOf(data, rest) : undefined;
    return bytes && isCallback(rest.at(-1))
      ? later(rest.at(-1), output(fd as Descriptor, bytes), data)
      : original(fd, data, ...rest);
  });
  const writeAll = (fd: Descriptor, parts: ArrayBufferView[]) =>
    parts.reduce((sum, part) => sum + output(fd, viewOf(part)), 0);
  replace(fs, 'writevSync', original => (fd, parts, position) => {
    const given = Array.isArray(parts) && parts.every(ArrayBuffer.isView);
    return isOurs(fd) && given ? writeAll(fd as Descriptor, parts) : original(fd, parts, position);
  });
  replace(fs, 'writev', original => (fd, parts, ...rest) => {
    const given = Array.isArray(parts) && parts.every(ArrayBuffer.isView) && isCallback(rest.at(-1));
    return isOurs(fd) && given
      ? later(rest.at(-1), writeAll(fd as Descriptor, parts), parts)
      : original(fd, parts, ...rest);
  });
}

/** A stream to `/dev/stdout` opens it, and closes it in the end; the kernel's own descriptors stay open. */
function redirectOpening(): void {
  const opensFor = (path: unknown) => (typeof path === 'string' ? descriptorOf(path) : undefined);
  replace(
    fs,
    'openSync',
    original =>
      (path, ...rest) =>
        opensFor(path) ?? original(path, ...rest),
  );
  replace(fs, 'open', original => (path, ...rest) => {
    const fd = opensFor(path);
    return fd && isCallback(rest.at(-1)) ? later(rest.at(-1), fd) : original(path, ...rest);
  });
  replace(fs, 'closeSync', original => fd => (descriptorOf(fd) ? undefined : original(fd)));
  replace(fs, 'close', original => (fd, ...rest) => {
    if (!descriptorOf(fd)) return original(fd, ...rest);
    return isCallback(rest[0]) ? later(rest[0]) : undefined;
  });
}

function redirectWholeFiles(output: Output): void {
  const whole = (file: unknown, data: unknown, options: unknown): Descriptor | undefined => {
    const fd = descriptorOf(file);
    const encoding =
      typeof options === 'object' ? (options as { encoding?: unknown } | null)?.encoding : options;
    const bytes = fd && bytesOf(data, [null, encoding]);
    if (fd && bytes) output(fd, bytes);
    return bytes && fd;
  };
  for (const name of ['writeFile', 'appendFile']) {
    replace(fs, `${name}Sync`, original => (file, data, options) => {
      if (!whole(file, data, options)) original(file, data, options);
    });
    replace(fs, name, original => (file, data, ...rest) => {
      const done = rest.at(-1);
      return isCallback(done) && whole(file, data, rest[0]) ? later(done) : original(file, data, ...rest);
    });
    replace(fs.promises, name, original => (file, data, options) => {
      const isWritten = typeof file === 'string' && whole(file, data, options);
      return isWritten ? release(Promise.resolve()) : original(file, data, options);
    });
  }
}

const isCallback = (value: unknown): value is Callback => typeof value === 'function';

function later(callback: unknown, ...results: unknown[]): void {
  process.nextTick(callback as Callback, null, ...results);
}

function viewOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/**
 * What is to be written: of a text by its encoding, of bytes from an offset for a length, which come one by one or in
 * an object. Anything else is left to Node to refuse.
 */
function bytesOf(data: unknown, [first, second]: readonly unknown[]): Uint8Array | undefined {
  if (typeof data === 'string')
    return Buffer.from(data, typeof second === 'string' ? (second as 'utf8') : 'utf8');
  if (!ArrayBuffer.isView(data)) return undefined;
  const named =
    first !== null && typeof first === 'object' ? (first as { offset?: number; length?: number }) : {};
  const offset = Number(named.offset ?? (typeof first === 'number' ? first : 0));
  const length = named.length ?? (typeof second === 'number' ? second : data.byteLength - offset);
  return viewOf(data).subarray(offset, offset + length);
}
