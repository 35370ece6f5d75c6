import type { Iopub } from './iopub.ts';
import { isRequest, type Replies, type Request } from './replies.ts';
import type { ParentHeader } from './wire.ts';

/** Gives the content of the reply; nothing where the message has none. */
export type Handler = (request: Request) => object | undefined | Promise<object | undefined>;

export type Handlers = Partial<Record<string, Handler>>;

/**
 * Answers everything but execute requests, each at once, also while a cell runs: a long training must
 * not take completion away.
 */
export class Dispatch {
  readonly #iopub: Iopub;
  readonly #replies: Replies;
  readonly #running: () => ParentHeader | undefined;

  constructor(iopub: Iopub, replies: Replies, running: () => ParentHeader | undefined) {
    this.#iopub = iopub;
    this.#replies = replies;
    this.#running = running;
  }

  /** A type without a handler gets busy and idle and nothing else, as the protocol wants it. */
  async answer(request: Request, handler: Handler | undefined): Promise<void> {
    this.#iopub.status('busy', request.header);
    try {
      const content = await handler?.(request);
      if (content !== undefined) this.#replies.send(request, content);
    } catch (error) {
      if (isRequest(request)) this.#replies.fail(request, error);
    } finally {
      this.#iopub.status('idle', request.header);
      this.#busyAgain();
    }
  }

  /**
   * Front ends show the latest status that they saw, whoever caused it. So the running cell says again
   * that it is busy.
   */
  #busyAgain(): void {
    const running = this.#running();
    if (running !== undefined) this.#iopub.status('busy', running);
  }
}
