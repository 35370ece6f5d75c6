import * as zmq from 'zeromq';
import { type ChannelName, type ConnectionInfo, channelAddress } from './connection.ts';
import type { Frame } from './wire.ts';

export type Sockets = Record<ChannelName, Channel>;

/** The sending half of a channel. */
export type Sender = Pick<Channel, 'send'>;

/** How long a closing channel waits for what is still to be sent, in milliseconds. */
const closingTime = 1000;

/**
 * A socket with one sender. zeromq refuses a send while another is under way (EBUSY), so everything
 * goes through a queue, and `send` never fails and never waits.
 */
export class Channel {
  readonly #socket: zmq.Router | zmq.XPublisher;
  #queue: Frame[][] = [];
  #busy = false;
  #sending: Promise<void> = Promise.resolve();

  constructor(socket: zmq.Router | zmq.XPublisher) {
    this.#socket = socket;
  }

  bind(address: string): Promise<void> {
    return this.#socket.bind(address);
  }

  send(frames: Frame[]): void {
    this.#queue.push(frames);
    if (!this.#busy) this.#sending = this.#drain();
  }

  /** Calls `handle` for every message until the socket closes. A throw costs that message only. */
  async receive(handle: (frames: Buffer[]) => void): Promise<void> {
    while (!this.#socket.closed) {
      try {
        for await (const frames of this.#socket) guarded(() => handle(frames as Buffer[]));
      } catch {
        await new Promise(resolve => setTimeout(resolve, 10));
      }
    }
  }

  async close(): Promise<void> {
    const tooLate = new Promise<void>(resolve => setTimeout(resolve, closingTime).unref());
    await Promise.race([this.#sending, tooLate]);
    this.#socket.close();
  }

  async #drain(): Promise<void> {
    this.#busy = true;
    while (this.#queue.length > 0) {
      const batch = this.#queue;
      this.#queue = [];
      for (const frames of batch) {
        if (this.#socket.closed) return;
        await this.#socket.send(frames).catch(() => undefined);
      }
    }
    // In the same turn as the look at the queue: nothing can be left behind.
    this.#busy = false;
  }
}

/** Binds all five; closes what it has bound where one fails. */
export async function bindSockets(connection: ConnectionInfo): Promise<Sockets> {
  const options = { linger: 1000, sendHighWaterMark: 0, ipv6: connection.ip.includes(':') };
  // A front end that connects again under its old identity takes over from its dead connection.
  const router = () => new Channel(new zmq.Router({ ...options, handover: true }));
  const iopub = new Channel(new zmq.XPublisher({ ...options, verbosity: 'allSubs' }));
  const sockets: Sockets = { shell: router(), iopub, stdin: router(), control: router(), hb: router() };
  try {
    for (const [name, channel] of Object.entries(sockets)) {
      await bind(channel, name as ChannelName, channelAddress(connection, name as ChannelName));
    }
  } catch (error) {
    await closeSockets(sockets);
    throw error;
  }
  return sockets;
}

export async function closeSockets(sockets: Sockets): Promise<void> {
  await Promise.all(Object.values(sockets).map(channel => channel.close()));
}

/** The heartbeat: whatever comes goes back as it came. */
export function echo(channel: Channel): void {
  void channel.receive(frames => channel.send(frames));
}

/** After a restart the predecessor's ports may be free only a moment later. */
async function bind(channel: Channel, name: ChannelName, address: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await channel.bind(address);
      return;
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code !== 'EADDRINUSE' || attempt === 10) {
        throw new Error(`cannot bind the ${name} channel to ${address}: ${message}`);
      }
      await new Promise(resolve => setTimeout(resolve, 100));
    }
  }
}

function guarded(action: () => void): void {
  try {
    action();
  } catch {
    // A handler answers its own failures; one that cannot must not end the loop.
  }
}
