import type { Sender } from './sockets.ts';
import type { ParentHeader, Wire } from './wire.ts';

export type StreamName = 'stdout' | 'stderr';

export interface Extras {
  metadata?: object;
  buffers?: Uint8Array[];
}

interface Batch {
  parent: ParentHeader;
  /** In the order in which they came. */
  pieces: { name: StreamName; texts: string[] }[];
  length: number;
}

/** Turns between the streams beyond which a batch keeps only the order within each. */
const mostTurns = 20;

/**
 * With each message, JupyterLab draws all text of the cell again, which takes some tenths of a second a megabyte. The
 * more there is, the longer a batch waits, in milliseconds for each UTF-16 unit.
 */
const delayPerUnit = 0.4e-3;

/** Longest text of one message, in UTF-16 units: as JSON, it may be six times as long, and all of it is one string. */
const longest = 2 ** 22;

/**
 * The broadcast channel. Stream text is batched by time, not by line; anything else that is published
 * sends the batch first, so that messages leave in the order in which they were caused.
 */
export class Iopub {
  readonly #channel: Sender;
  readonly #wire: Wire;
  readonly #delay: number;
  #batch: Batch | undefined;
  /** Text sent of the cell that the last batch was for. */
  #streamed: { id: unknown; length: number } = { id: undefined, length: 0 };
  #timer: NodeJS.Timeout | undefined;
  /** Hears how much stream text has left, in UTF-16 units. */
  textLeft: (length: number) => void = () => {};

  constructor(channel: Sender, wire: Wire, delay = 30) {
    this.#channel = channel;
    this.#wire = wire;
    this.#delay = delay;
  }

  status(state: 'busy' | 'idle', parent: ParentHeader): void {
    this.publish('status', { execution_state: state }, parent);
  }

  stream(name: StreamName, text: string, parent: ParentHeader): void {
    const batch = this.#batchFor(parent);
    const piece = batch.pieces.at(-1);
    if (piece?.name === name) piece.texts.push(text);
    else batch.pieces.push({ name, texts: [text] });
    batch.length += text.length;
    this.#timer ??= setTimeout(() => this.flush(), this.#delay + this.#streamed.length * delayPerUnit);
  }

  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const batch = this.#batch;
    this.#batch = undefined;
    if (batch === undefined) return;
    const { pieces, parent } = batch;
    for (const { name, texts } of pieces.length > mostTurns ? byName(pieces) : pieces) {
      for (const text of joined(texts)) this.#send('stream', { name, text }, parent, {}, `stream.${name}`);
    }
    this.#streamed.length += batch.length;
    this.textLeft(batch.length);
  }

  publish(type: string, content: object, parent: ParentHeader, extras: Extras = {}): void {
    this.flush();
    try {
      this.#send(type, content, parent, extras, type);
    } catch (error) {
      const text = `${type}: the content cannot be sent as JSON (${(error as Error).message})\n`;
      this.#send('stream', { name: 'stderr', text }, parent, {}, 'stream.stderr');
    }
  }

  /**
   * What an XPUB socket receives: 1 and a topic for a subscription, 0 for its end. Each subscription is
   * welcomed on its own topic (JEP 65), which tells the front end that nothing will be lost from now on.
   */
  subscribed(frames: Uint8Array[]): void {
    const [kind, ...topic] = frames[0] ?? [];
    if (kind !== 1) return;
    const subscription = new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(topic));
    const identities = subscription === '' ? [] : [subscription];
    const header = this.#wire.header('iopub_welcome');
    this.#channel.send(this.#wire.encode({ header, content: { subscription }, identities }));
  }

  #batchFor(parent: ParentHeader): Batch {
    if (this.#batch?.parent.msg_id === parent.msg_id) return this.#batch;
    this.flush();
    if (this.#streamed.id !== parent.msg_id) this.#streamed = { id: parent.msg_id, length: 0 };
    this.#batch = { parent, pieces: [], length: 0 };
    return this.#batch;
  }

  #send(type: string, content: object, parent: ParentHeader, extras: Extras, topic: string): void {
    const header = this.#wire.header(type);
    const frames = this.#wire.encode({
      header,
      content,
      parentHeader: parent,
      identities: [topic],
      ...extras,
    });
    this.#channel.send(frames);
  }
}

/** Texts one after the other, in as few pieces as may be sent. */
function* joined(texts: readonly string[]): Generator<string> {
  let text = '';
  for (const next of texts) {
    let start = 0;
    while (text.length + next.length - start > longest) {
      const room = longest - text.length;
      // Not between the two units of a character.
      const end = start + room - (/[\ud800-\udbff]/.test(next[start + room - 1] ?? '') ? 1 : 0);
      yield text + next.slice(start, end);
      text = '';
      start = end;
    }
    text += next.slice(start);
  }
  if (text) yield text;
}

function byName(pieces: Batch['pieces']): Batch['pieces'] {
  const names = [...new Set(pieces.map(piece => piece.name))];
  return names.map(name => ({
    name,
    texts: pieces.filter(piece => piece.name === name).flatMap(piece => piece.texts),
  }));
}
