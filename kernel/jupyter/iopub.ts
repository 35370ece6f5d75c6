import type { Sender } from './sockets.ts';
import type { ParentHeader, Wire } from './wire.ts';

export type StreamName = 'stdout' | 'stderr';

export interface Extras {
  metadata?: object;
  buffers?: Uint8Array[];
}

interface Batch {
  name: StreamName;
  parent: ParentHeader;
  texts: string[];
  length: number;
}

/** A batch this long is sent before its time, in UTF-16 units. */
const batchLength = 1 << 20;

/**
 * The broadcast channel. Stream text is batched by time, not by line; anything else that is published
 * sends the batch first, so that messages leave in the order in which they were caused.
 */
export class Iopub {
  readonly #channel: Sender;
  readonly #wire: Wire;
  readonly #delay: number;
  #batch: Batch | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(channel: Sender, wire: Wire, delay = 30) {
    this.#channel = channel;
    this.#wire = wire;
    this.#delay = delay;
  }

  status(state: 'busy' | 'idle', parent: ParentHeader): void {
    this.publish('status', { execution_state: state }, parent);
  }

  stream(name: StreamName, text: string, parent: ParentHeader): void {
    if (text === '') return;
    const batch = this.#batchFor(name, parent);
    batch.texts.push(text);
    batch.length += text.length;
    if (batch.length >= batchLength) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), this.#delay);
  }

  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const batch = this.#batch;
    this.#batch = undefined;
    if (batch === undefined) return;
    const content = { name: batch.name, text: batch.texts.join('') };
    this.#send('stream', content, batch.parent, {}, `stream.${batch.name}`);
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

  #batchFor(name: StreamName, parent: ParentHeader): Batch {
    const current = this.#batch;
    if (current?.name === name && current.parent.msg_id === parent.msg_id) return current;
    this.flush();
    const batch = { name, parent, texts: [], length: 0 };
    this.#batch = batch;
    return batch;
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
