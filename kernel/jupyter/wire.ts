import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';

export const protocolVersion = '5.5';

export interface Header {
  msg_id: string;
  msg_type: string;
  username: string;
  session: string;
  date: string;
  version: string;
}

/** The header of the request that caused a message; empty where nothing did. */
export type ParentHeader = Header | Record<string, never>;

export type Content = Record<string, unknown>;

export interface Message {
  /** Routing prefix of a ROUTER socket; the topic on iopub. */
  identities: Uint8Array[];
  header: Header;
  parentHeader: ParentHeader;
  metadata: Content;
  content: Content;
  buffers: Uint8Array[];
  /** Set where the header could be read and something after it could not. */
  problem?: string;
}

export interface Outgoing {
  header: Header;
  content: object;
  identities?: (Uint8Array | string)[];
  parentHeader?: ParentHeader;
  metadata?: object;
  buffers?: Uint8Array[];
}

export type Frame = Uint8Array | string;

const delimiter = '<IDS|MSG>';

/** Turns messages into frames and back. One wire has one session and numbers its messages. */
export class Wire {
  readonly session = randomUUID();
  #sent = 0;
  readonly #sign: (parts: Frame[]) => string;

  constructor(key: string, signatureScheme: string) {
    this.#sign = signer(key, signatureScheme);
  }

  header(type: string): Header {
    return {
      msg_id: `${this.session}_${this.#sent++}`,
      msg_type: type,
      username: 'kernel',
      session: this.session,
      date: new Date().toISOString(),
      version: protocolVersion,
    };
  }

  /** Throws where the content cannot be written as JSON. */
  encode(message: Outgoing): Frame[] {
    const { header, content, identities = [], parentHeader = {}, metadata = {}, buffers = [] } = message;
    const parts = [header, parentHeader, metadata, content].map(toJson);
    return [...identities, delimiter, this.#sign(parts), ...parts, ...buffers];
  }

  /** Undefined: not a message, or signed by someone else. Nobody can be answered then. */
  decode(frames: Uint8Array[]): Message | undefined {
    const at = frames.findIndex(frame => frame.length === delimiter.length && text(frame) === delimiter);
    if (at < 0 || frames.length < at + 6) return undefined;
    const signature = frames[at + 1];
    const parts = frames.slice(at + 2, at + 6);
    if (!sameText(this.#sign(parts), signature)) return undefined;
    const [header, parentHeader, metadata, content] = parts.map(readObject);
    if (!isHeader(header)) return undefined;
    const names = ['header', 'parent_header', 'metadata', 'content'];
    const broken = [header, parentHeader, metadata, content].indexOf(undefined);
    return {
      identities: frames.slice(0, at),
      header,
      parentHeader: (parentHeader ?? {}) as ParentHeader,
      metadata: metadata ?? {},
      content: content ?? {},
      buffers: frames.slice(at + 6),
      ...(broken < 0
        ? {}
        : {
            problem: `${header.msg_type}: expected ${names[broken]} to be a JSON object, got ${excerpt(parts[broken])}`,
          }),
    };
  }
}

/**
 * Half of a character of two units, as `'😀'[0]` gives it, has no UTF-8: front ends could not save a notebook that
 * holds one.
 */
function toJson(part: object): string {
  const json = JSON.stringify(part);
  if (!json.includes('\\ud')) return json;
  return json.replace(/\\(?:ud[89a-f][\da-f]{2}|.)/g, found => (found.length === 6 ? '\ufffd' : found));
}

function signer(key: string, scheme: string): (parts: Frame[]) => string {
  if (key === '') return () => '';
  const algorithm = scheme.replace(/^hmac-/, '');
  try {
    createHmac(algorithm, key);
  } catch {
    throw new Error(`connection: expected a signature_scheme such as hmac-sha256, got ${scheme}`);
  }
  return parts => {
    const hmac = createHmac(algorithm, key);
    for (const part of parts) hmac.update(part);
    return hmac.digest('hex');
  };
}

function sameText(expected: string, got: Uint8Array): boolean {
  const wanted = Buffer.from(expected);
  return wanted.length === 0 || (wanted.length === got.length && timingSafeEqual(wanted, got));
}

function text(frame: Uint8Array): string {
  return Buffer.from(frame.buffer, frame.byteOffset, frame.byteLength).toString('utf8');
}

function readObject(frame: Uint8Array): Content | undefined {
  try {
    const value: unknown = JSON.parse(text(frame));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Content)
      : undefined;
  } catch {
    return undefined;
  }
}

function isHeader(part: unknown): part is Header {
  const header = part as Partial<Header> | undefined;
  return typeof header?.msg_id === 'string' && typeof header.msg_type === 'string';
}

function excerpt(frame: Uint8Array): string {
  const start = text(frame.subarray(0, 40));
  return frame.length > 40 ? `${start}…` : start || 'nothing';
}
