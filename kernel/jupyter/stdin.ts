import { namedError, type Request } from './replies.ts';
import type { Sender } from './sockets.ts';
import type { Wire } from './wire.ts';

interface Pending {
  id: string;
  identity: string;
  settle: (answer: string | Error) => void;
  settled: Promise<unknown>;
}

/** Asks the person in front of the running cell. One question at a time. */
export class Stdin {
  readonly #channel: Sender;
  readonly #wire: Wire;
  #asker: { request: Request; allowed: boolean } | undefined;
  #pending: Pending | undefined;

  constructor(channel: Sender, wire: Wire) {
    this.#channel = channel;
    this.#wire = wire;
  }

  /** From now on `request` may ask, until `close`. */
  open(request: Request, allowed: boolean): void {
    this.#asker = { request, allowed };
  }

  close(): void {
    this.#asker = undefined;
    this.interrupt();
  }

  interrupt(): void {
    this.#pending?.settle(namedError('KeyboardInterrupt', 'interrupted while waiting for input'));
  }

  async ask(cell: string, prompt: string, password: boolean): Promise<string> {
    while (this.#pending !== undefined) await this.#pending.settled;
    const asker = this.#asker;
    if (asker?.request.header.msg_id !== cell) {
      throw namedError('StdinNotImplementedError', 'input: the cell that asks is no longer running');
    }
    if (!asker.allowed) {
      throw namedError('StdinNotImplementedError', 'input: this front end does not support input requests');
    }
    const header = this.#wire.header('input_request');
    const { identities, header: parentHeader } = asker.request;
    const content = { prompt, password };
    this.#channel.send(this.#wire.encode({ header, content, identities, parentHeader }));
    return this.#answer(header.msg_id, hex(identities.at(-1)));
  }

  /** Only the reply to the pending request counts; late and foreign ones are dropped. */
  received(frames: Uint8Array[]): void {
    const pending = this.#pending;
    const message = this.#wire.decode(frames);
    if (pending === undefined || message?.header.msg_type !== 'input_reply') return;
    // jupyter_client leaves the parent header empty: then the sender decides.
    const parent = message.parentHeader.msg_id;
    const ours =
      parent === undefined ? hex(message.identities.at(-1)) === pending.identity : parent === pending.id;
    if (ours) pending.settle(answer(message.content.value));
  }

  #answer(id: string, identity: string): Promise<string> {
    const reply = new Promise<string>((resolve, reject) => {
      const settle = (answer: string | Error) => {
        this.#pending = undefined;
        if (answer instanceof Error) reject(answer);
        else resolve(answer);
      };
      this.#pending = { id, identity, settle, settled: Promise.resolve() };
    });
    if (this.#pending !== undefined) this.#pending.settled = reply.catch(() => undefined);
    return reply;
  }
}

function answer(value: unknown): string | Error {
  if (typeof value !== 'string') {
    return namedError(
      'RequestError',
      `input_reply: expected value to be a string, got ${JSON.stringify(value)}`,
    );
  }
  // Ctrl-D, as terminal front ends send it.
  return value === '\x04' ? namedError('EOFError', 'input: the input has ended') : value;
}

function hex(identity: Uint8Array | undefined): string {
  return Buffer.from(identity ?? []).toString('hex');
}
