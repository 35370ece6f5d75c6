import { inspect, types } from 'node:util';
import { cut } from './cut.ts';
import type { PackedBundle } from './messages.ts';
import { adopt } from './promises.ts';

const jupyterDisplay = Symbol.for('Jupyter.display');

/** Characters of a plain text beyond which it is cut. */
const longest = 20_000;

interface Displayable {
  [key: symbol]: () => unknown;
}

/** How a value looks below a cell: as it says itself, as HTML where it is an element, as text otherwise. */
export function toBundle(value: unknown): PackedBundle | Promise<PackedBundle> {
  if (isDisplayable(value)) {
    const data = value[jupyterDisplay]();
    if (types.isProxy(value) && answersAnything(data)) return textBundle(value);
    return types.isPromise(data) ? adopt(data).then(checked) : checked(data);
  }
  return textBundle(value, outerHtml(value));
}

function textBundle(value: unknown, html?: string): PackedBundle {
  const data: Record<string, unknown> = { 'text/plain': toText(value) };
  if (html !== undefined) data['text/html'] = html;
  return bundleOf(data);
}

/** What comes of a proxy that has a function for every name is not what was asked for. */
const answersAnything = (data: unknown) =>
  data === null || typeof data !== 'object' || (types.isProxy(data) && !Object.keys(data).length);

function checked(data: unknown): PackedBundle {
  if (data === null || typeof data !== 'object') {
    throw new TypeError(`[Symbol.for('Jupyter.display')]: expected a MIME bundle, got ${inspect(data)}`);
  }
  const { metadata, buffers, ...bodies } = data as Beside & Record<string, unknown>;
  return bundleOf(bodies, { metadata, buffers });
}

/** What may go with a bundle's bodies; no MIME type is called so. */
export interface Beside {
  /** By MIME type, as `{ 'image/png': { width: 300 } }`. */
  metadata?: unknown;
  /** Bytes that travel as they are, in the message's own frames. */
  buffers?: unknown;
}

export function bundleOf(bodies: Record<string, unknown>, { metadata, buffers }: Beside = {}): PackedBundle {
  const bundle = { json: JSON.stringify({ data: encode(bodies), metadata: toMetadata(metadata) }) };
  return buffers === undefined ? bundle : { ...bundle, buffers: toBuffers(buffers) };
}

function toMetadata(metadata: unknown): Record<string, unknown> {
  if (metadata === undefined) return {};
  if (metadata !== null && typeof metadata === 'object') return metadata as Record<string, unknown>;
  throw new TypeError(`display: expected metadata to be an object, got ${inspect(metadata)}`);
}

/** Copies: what crosses to the protocol's thread would otherwise be all the memory that the bytes are a part of. */
function toBuffers(buffers: unknown): Uint8Array[] {
  if (!Array.isArray(buffers)) throw noBuffers(buffers);
  return Array.from({ length: buffers.length }, (_, i) => {
    const bytes: unknown = buffers[i];
    if (types.isAnyArrayBuffer(bytes)) return new Uint8Array(bytes).slice();
    if (!ArrayBuffer.isView(bytes)) throw noBuffers(bytes);
    return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength).slice();
  });
}

function noBuffers(got: unknown): Error {
  return new TypeError(
    `display: expected buffers to be a list of buffers or typed arrays, got ${inspect(got)}`,
  );
}

function isDisplayable(value: unknown): value is Displayable {
  if (value === null || value === undefined) return false;
  // A proxy may give something for every name; one around a figure also says that it has this one.
  if (types.isProxy(value) && !(jupyterDisplay in (value as object))) return false;
  return typeof (value as Displayable)[jupyterDisplay] === 'function';
}

function outerHtml(value: unknown): string | undefined {
  const html =
    value !== null && typeof value === 'object' && 'outerHTML' in value ? value.outerHTML : undefined;
  return typeof html === 'string' ? html : undefined;
}

/** As Node prints it, cut where it is very long. */
export function toText(value: unknown): string {
  const text = inspect(value, { depth: 4, maxArrayLength: 100, maxStringLength: longest, breakLength: 80 });
  const hint = types.isPromise(value) ? '\nA promise: write `await` before it to see its value.' : '';
  if (text.length <= longest) return text + hint;
  return `${cut(text, longest)}. console.log shows all of a text.`;
}

/** Bytes travel as base64, as Jupyter expects; objects as the JSON that they give of themselves. */
function encode(data: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(data).map(([type, body]) => [type, encodeBody(body)]));
}

function encodeBody(body: unknown): unknown {
  if (types.isUint8Array(body))
    return Buffer.from(body.buffer, body.byteOffset, body.length).toString('base64');
  return body === undefined || typeof body === 'function' ? noJson(body) : body;
}

function noJson(got: unknown): never {
  throw new TypeError(`display: expected a value that JSON knows, got ${inspect(got)}`);
}
