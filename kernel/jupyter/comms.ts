import { Fields } from './content.ts';
import type { Handlers } from './dispatch.ts';
import type { CommMessage, Engine } from './engine.ts';
import type { Iopub } from './iopub.ts';
import type { Request } from './replies.ts';
import type { Content, ParentHeader } from './wire.ts';

const messageTypes = { open: 'comm_open', message: 'comm_msg', close: 'comm_close' } as const;

/** The open comms, from either side: comm_id to target_name. */
export class Comms {
  readonly #open = new Map<string, string>();
  readonly #iopub: Iopub;
  readonly #engine: () => Promise<Engine>;

  constructor(iopub: Iopub, engine: () => Promise<Engine>) {
    this.#iopub = iopub;
    this.#engine = engine;
  }

  readonly handlers: Handlers = {
    comm_open: request => this.#opened(request),
    comm_msg: request => this.#forward('message', request),
    comm_close: request => this.#forward('close', request),
    comm_info_request: request => this.#info(request),
  };

  /** Sends what the learner's code says to the front ends. */
  publish(message: CommMessage, parent: ParentHeader): void {
    const { kind, commId, target = '', data, metadata, buffers } = message;
    if (kind === 'open') this.#open.set(commId, target);
    if (kind === 'close') this.#open.delete(commId);
    const content = { comm_id: commId, ...(kind === 'open' ? { target_name: target } : {}), data };
    this.#iopub.publish(messageTypes[kind], content, parent, { metadata, buffers });
  }

  async #opened(request: Request): Promise<undefined> {
    const fields = new Fields(request);
    const commId = fields.string('comm_id');
    const target = fields.string('target_name');
    this.#open.set(commId, target);
    if (await this.#tell({ kind: 'open', commId, target, ...body(request, fields) })) return;
    this.#open.delete(commId);
    this.#iopub.publish('comm_close', { comm_id: commId, data: {} }, request.header);
  }

  /** Messages to a comm that is not open are late ones, from before a restart for example. */
  async #forward(kind: 'message' | 'close', request: Request): Promise<undefined> {
    const fields = new Fields(request);
    const commId = fields.string('comm_id');
    if (!this.#open.has(commId)) return;
    if (kind === 'close') this.#open.delete(commId);
    await this.#tell({ kind, commId, ...body(request, fields) });
  }

  async #tell(message: CommMessage): Promise<boolean> {
    try {
      return await (await this.#engine()).comm(message);
    } catch {
      return false;
    }
  }

  #info(request: Request): object {
    const wanted = new Fields(request).string('target_name', '');
    const comms = [...this.#open].filter(([, target]) => wanted === '' || target === wanted);
    const described = comms.map(([id, target_name]) => [id, { target_name }]);
    return { status: 'ok', comms: Object.fromEntries(described) as Content };
  }
}

function body(request: Request, fields: Fields) {
  return { data: fields.object('data', {}), metadata: request.metadata, buffers: request.buffers };
}
