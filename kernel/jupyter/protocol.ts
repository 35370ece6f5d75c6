import { Cells } from './cells.ts';
import { commHandlers } from './comms.ts';
import type { ConnectionInfo } from './connection.ts';
import { controlHandlers } from './control.ts';
import { Dispatch, type Handlers } from './dispatch.ts';
import type { Engine, FrontEnd } from './engine.ts';
import { Execution } from './execution.ts';
import { History } from './history.ts';
import { HistoryFile, type HistoryPlace } from './historyFile.ts';
import { Iopub } from './iopub.ts';
import type { KernelInfo } from './languageInfo.ts';
import { Outputs } from './outputs.ts';
import { Replies, type Request } from './replies.ts';
import { shellHandlers } from './shell.ts';
import { Shutdown } from './shutdown.ts';
import { bindSockets, type Channel, echo, type Sockets } from './sockets.ts';
import { Stdin } from './stdin.ts';
import { type Header, Wire } from './wire.ts';

export interface ProtocolOptions {
  info: KernelInfo;
  /** Where history is kept; without it, history ends with the kernel. */
  history?: HistoryPlace;
}

export interface Protocol {
  /** Resolves when a front end has asked for shutdown and everything is closed: the process may exit. */
  readonly closed: Promise<{ restart: boolean }>;
  /** For a host that is interrupted by a signal; the same as an interrupt_request. */
  interrupt(): Promise<void>;
  /** For a host that must end without being asked by a front end. `closed` resolves too. */
  stop(): Promise<void>;
}

/**
 * Binds the five channels and answers from then on. The engine is made meanwhile; only requests that
 * need it wait for it.
 */
export async function startProtocol(
  connection: ConnectionInfo,
  createEngine: (frontEnd: FrontEnd) => Engine | Promise<Engine>,
  options: ProtocolOptions,
): Promise<Protocol> {
  const wire = new Wire(connection.key, connection.signature_scheme);
  const sockets = await bindSockets(connection);
  const services = createServices(wire, sockets, createEngine, options);
  const { stdin, execution } = services;
  const interrupt = async (request?: Request) => {
    if (request && wasSentBefore(request.header, execution.running)) return;
    stdin.interrupt();
    execution.interrupt();
    await services.currentEngine()?.interrupt();
  };
  const shutdown = new Shutdown({ ...services, sockets });
  const control = controlHandlers({ connection, info: options.info, interrupt });
  listen(services, sockets, control, shutdown);
  // No `starting` status: who could hear it is only just subscribing, and expects the welcome first.
  services.startEngine();
  return { closed: shutdown.closed, interrupt, stop: () => shutdown.close(false) };
}

/** More than an interrupt is ever ahead of a cell, in milliseconds: the clock was put back in between. */
const mostAhead = 2000;

/**
 * Shell and control are two connections, so that an interrupt may overtake the cell sent after it. Dates can be
 * compared where one client wrote both.
 */
function wasSentBefore(interrupt: Header, running: Header | undefined): boolean {
  if (running === undefined || interrupt.session !== running.session) return false;
  const ahead = Date.parse(running.date) - Date.parse(interrupt.date);
  return ahead > 0 && ahead < mostAhead;
}

type Services = ReturnType<typeof createServices>;

function createServices(
  wire: Wire,
  sockets: Sockets,
  createEngine: (frontEnd: FrontEnd) => Engine | Promise<Engine>,
  options: ProtocolOptions,
) {
  const iopub = new Iopub(sockets.iopub, wire);
  const stdin = new Stdin(sockets.stdin, wire);
  const replies = new Replies(wire);
  const cells = new Cells();
  const historyFile = options.history && new HistoryFile(options.history);
  const history = new History(historyFile);
  const starting = lazyEngine(createEngine, {
    output: output => outputs.publish(output),
    input: (cell, prompt, password) => {
      iopub.flush();
      return stdin.ask(cell, prompt, password);
    },
  });
  const { engine, currentEngine } = starting;
  iopub.textLeft = length => currentEngine()?.textLeft(length);
  const outputs = new Outputs(iopub, cells);
  const execution = new Execution({ engine, iopub, outputs, replies, stdin, history, cells });
  const dispatch = new Dispatch(iopub, replies, () => execution.running);
  const shell = { ...shellHandlers(engine, history), ...commHandlers(iopub) };
  return { wire, iopub, stdin, replies, historyFile, execution, dispatch, shell, ...starting };
}

function lazyEngine(create: (frontEnd: FrontEnd) => Engine | Promise<Engine>, frontEnd: FrontEnd) {
  let made: Promise<Engine> | undefined;
  let current: Engine | undefined;
  const engine = () => {
    made ??= (async () => {
      current = await create(frontEnd);
      return current;
    })();
    return made;
  };
  // Whoever needs the engine is told why there is none.
  const startEngine = () => void engine().catch(() => {});
  return { engine, startEngine, currentEngine: () => current };
}

function listen(services: Services, sockets: Sockets, control: Handlers, shutdown: Shutdown): void {
  const { wire, iopub, stdin, execution, dispatch, shell } = services;
  const receive = (channel: Channel, handlers: Handlers) =>
    channel.receive(frames => {
      const message = wire.decode(frames);
      if (message === undefined) return;
      const request: Request = { ...message, channel };
      const type = message.header.msg_type;
      if (type === 'execute_request') execution.add(request);
      else if (type === 'shutdown_request') void shutdown.answer(request);
      else void dispatch.answer(request, Object.hasOwn(handlers, type) ? handlers[type] : undefined);
    });
  echo(sockets.hb);
  void sockets.iopub.receive(frames => iopub.subscribed(frames));
  void sockets.stdin.receive(frames => stdin.received(frames));
  void receive(sockets.control, control);
  void receive(sockets.shell, { ...control, ...shell });
}
