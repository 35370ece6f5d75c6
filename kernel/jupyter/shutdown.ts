import { Fields } from './content.ts';
import type { Engine } from './engine.ts';
import type { Execution } from './execution.ts';
import type { HistoryFile } from './historyFile.ts';
import type { Iopub } from './iopub.ts';
import type { Replies, Request } from './replies.ts';
import { closeSockets, type Sockets } from './sockets.ts';
import type { Stdin } from './stdin.ts';

export interface ShutdownServices {
  iopub: Iopub;
  replies: Replies;
  stdin: Stdin;
  execution: Execution;
  historyFile: HistoryFile | undefined;
  sockets: Sockets;
  currentEngine: () => Engine | undefined;
}

/** How long the engine may take to end; front ends kill the kernel a little later, in milliseconds. */
const engineTime = 3000;

export class Shutdown {
  readonly closed: Promise<{ restart: boolean }>;
  readonly #services: ShutdownServices;
  #closing: Promise<void> | undefined;
  #resolve: (how: { restart: boolean }) => void = () => {};

  constructor(services: ShutdownServices) {
    this.#services = services;
    this.closed = new Promise(resolve => {
      this.#resolve = resolve;
    });
  }

  async answer(request: Request): Promise<void> {
    const { iopub, replies } = this.#services;
    iopub.status('busy', request.header);
    try {
      const restart = new Fields(request).boolean('restart', false);
      const content = { status: 'ok', restart };
      replies.send(request, content);
      // Every other front end learns it too.
      iopub.publish('shutdown_reply', content, request.header);
      iopub.status('idle', request.header);
      await this.close(restart);
    } catch (error) {
      replies.fail(request, error);
      iopub.status('idle', request.header);
    }
  }

  close(restart: boolean): Promise<void> {
    this.#closing ??= this.#close(restart);
    return this.#closing;
  }

  async #close(restart: boolean): Promise<void> {
    const { iopub, stdin, execution, sockets, historyFile, currentEngine } = this.#services;
    execution.stop();
    stdin.close();
    const tooLate = new Promise<void>(resolve => setTimeout(resolve, engineTime).unref());
    await Promise.race([
      currentEngine()
        ?.shutdown(restart)
        ?.catch(() => {}),
      tooLate,
    ]);
    await historyFile?.close(restart);
    iopub.flush();
    await closeSockets(sockets);
    this.#resolve({ restart });
  }
}
