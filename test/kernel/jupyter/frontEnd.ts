import { type AddressInfo, createServer, type Server } from 'node:net';
import * as zmq from 'zeromq';
import { type ChannelName, type ConnectionInfo, channelAddress } from '../../../kernel/jupyter/connection.ts';
import type { Engine, FrontEnd as EngineFrontEnd } from '../../../kernel/jupyter/engine.ts';
import { type Protocol, type ProtocolOptions, startProtocol } from '../../../kernel/jupyter/protocol.ts';
import { type Content, type Message, Wire } from '../../../kernel/jupyter/wire.ts';
import { FakeEngine } from './fakeEngine.ts';

type Asking = 'shell' | 'control' | 'stdin';

export const info = {
  implementation: 'fake',
  implementationVersion: '1',
  languageVersion: '6.0.3',
  banner: 'b',
};

/** A small front end in this process: what arrives is kept in `inbox`, oldest first. */
export class TestFrontEnd {
  readonly inbox: (Message & { on: ChannelName })[] = [];
  readonly #wire: Wire;
  readonly #sockets: Record<Asking, zmq.Dealer>;
  readonly #iopub = new zmq.Subscriber({ linger: 0 });

  constructor(connection: ConnectionInfo) {
    this.#wire = new Wire(connection.key, connection.signature_scheme);
    const dealer = () => new zmq.Dealer({ linger: 0, routingId: this.#wire.session });
    this.#sockets = { shell: dealer(), control: dealer(), stdin: dealer() };
    this.#iopub.subscribe('');
    for (const [on, socket] of Object.entries({ ...this.#sockets, iopub: this.#iopub })) {
      socket.connect(channelAddress(connection, on as ChannelName));
      void this.#listen(on as ChannelName, socket);
    }
  }

  async send(
    on: Asking,
    type: string,
    content: object,
    more: { buffers?: Uint8Array[]; parentHeader?: Message['header'] } = {},
  ): Promise<string> {
    const header = this.#wire.header(type);
    await this.#sockets[on].send(this.#wire.encode({ header, content, ...more }));
    return header.msg_id;
  }

  /** Waits for the first message that fits. */
  async message(type: string, parent?: string): Promise<Message> {
    for (let tries = 0; tries < 500; tries++) {
      const found = this.inbox.find(
        ({ header, parentHeader }) =>
          header.msg_type === type && (parent ?? parentHeader.msg_id) === parentHeader.msg_id,
      );
      if (found !== undefined) return found;
      await new Promise(resolve => setTimeout(resolve, 10));
    }
    throw new Error(`no ${type} for ${parent} among ${this.inbox.map(one => one.header.msg_type)}`);
  }

  /** Sends a request and gives the content of its reply. */
  async request(type: string, content: object = {}, on: Asking = 'shell'): Promise<Content> {
    const id = await this.send(on, type, content);
    return (await this.message(type.replace('_request', '_reply'), id)).content;
  }

  async execute(code: string, more: object = {}): Promise<Content> {
    return this.request('execute_request', { code, ...more });
  }

  close(): void {
    for (const socket of [...Object.values(this.#sockets), this.#iopub]) socket.close();
  }

  async #listen(on: ChannelName, socket: zmq.Dealer | zmq.Subscriber): Promise<void> {
    for await (const frames of socket) {
      const message = this.#wire.decode(frames as Buffer[]);
      if (message !== undefined) this.inbox.push({ ...message, on });
    }
  }
}

export async function freeConnection(): Promise<ConnectionInfo> {
  const servers = await Promise.all(Array.from({ length: 5 }, listening));
  const [shell_port, iopub_port, stdin_port, control_port, hb_port] = servers.map(
    server => (server.address() as AddressInfo).port,
  );
  await Promise.all(servers.map(server => new Promise(resolve => server.close(resolve))));
  const ports = { shell_port, iopub_port, stdin_port, control_port, hb_port };
  return { transport: 'tcp', ip: '127.0.0.1', key: 'secret', signature_scheme: 'hmac-sha256', ...ports };
}

/** A protocol over an engine, and a front end that is connected to it. */
export async function connected(
  engine: (frontEnd: EngineFrontEnd) => Engine | Promise<Engine> = frontEnd => new FakeEngine(frontEnd),
  options: Partial<ProtocolOptions> = {},
): Promise<{ protocol: Protocol; frontEnd: TestFrontEnd; end: () => Promise<void> }> {
  const connection = await freeConnection();
  const protocol = await startProtocol(connection, engine, { info, ...options });
  const frontEnd = new TestFrontEnd(connection);
  await frontEnd.message('iopub_welcome');
  const end = async () => {
    await protocol.stop();
    frontEnd.close();
  };
  return { protocol, frontEnd, end };
}

function listening(): Promise<Server> {
  return new Promise(resolve => {
    const server = createServer().listen(0, '127.0.0.1', () => resolve(server));
  });
}
