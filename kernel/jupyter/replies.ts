import type { ErrorContent } from './engine.ts';
import type { Sender } from './sockets.ts';
import type { Message, Wire } from './wire.ts';

/** A message together with the channel on which it came and is answered. */
export interface Request extends Message {
  channel: Sender;
}

export class Replies {
  readonly #wire: Wire;

  constructor(wire: Wire) {
    this.#wire = wire;
  }

  send(request: Request, content: object, metadata: object = {}): void {
    const header = this.#wire.header(replyType(request));
    const { identities, header: parentHeader } = request;
    request.channel.send(this.#wire.encode({ header, content, identities, parentHeader, metadata }));
  }

  fail(request: Request, error: unknown, more: object = {}): void {
    this.send(request, { status: 'error', ...errorContent(error), ...more });
  }
}

export function isRequest(message: Message): boolean {
  return message.header.msg_type.endsWith('_request');
}

export function errorContent(error: unknown): ErrorContent {
  const { name = 'Error', message = String(error) } = error instanceof Error ? error : {};
  return { ename: name, evalue: message, traceback: [`${name}: ${message}`] };
}

/** An error with a name that front ends know, such as KeyboardInterrupt. */
export function namedError(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}

function replyType(request: Message): string {
  return request.header.msg_type.replace(/_request$/, '_reply');
}
