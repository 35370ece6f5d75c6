import inspector from 'node:inspector';
import { uptime } from 'node:os';
import { parentPort } from 'node:worker_threads';
import type {
  CellOutcome,
  CellRequest,
  Completeness,
  Completions,
  Engine,
  ErrorContent,
  FrontEnd,
  MimeBundle,
  MimeData,
} from '../jupyter/engine.ts';
import type { RefusedCell } from '../session/messages.ts';
import { clearAsyncStack } from './async-stack.ts';
import { Backlog, sizeOf } from './backlog.ts';
import { CompilerClient } from './compiler-client.ts';
import { compilerCommand } from './distribution.ts';
import { MemoryGuard } from './memory-guard.ts';
import type { PackedBundle, PackedOutput, ThreadData, ToMain, ToProtocol } from './messages.ts';
import { orphansOf, processesBelow, signalEach } from './process-tree.ts';

type Finished = Extract<ToProtocol, { type: 'finished' }>;

/** A main thread that does not answer within this time is busy with a cell, in milliseconds. */
const patience = 150;

/** The engine as the protocol sees it: compiles in one process, runs in the main thread. */
export class NodeEngine implements Engine {
  private readonly compiler: CompilerClient;
  private readonly signal: Int32Array;
  private running: { cell: string; end: (message: Finished | undefined) => void } | undefined;
  private readonly interrupts = new Map<number, () => void>();
  private lastInterrupt = 0;
  private interruptedBeforeStart = false;
  private interrupting: Promise<void> | undefined;
  /** Child processes that run beside the main thread. */
  private readonly children = new Set<number>();
  /** Since when the main thread has waited for a child process, in seconds after the machine's start. */
  private waitsSince: number | undefined;
  private readonly guard: MemoryGuard;
  private readonly tearing: Int32Array;
  private readonly hooked: Int32Array;
  private readonly backlog: Backlog;

  constructor(
    private readonly frontEnd: FrontEnd,
    private readonly data: ThreadData,
  ) {
    this.signal = new Int32Array(data.answered);
    this.compiler = new CompilerClient(compilerCommand(data.distribution, data.directory));
    parentPort?.on('message', (message: ToProtocol) => void this.receive(message));
    const { memoryLimit } = data;
    const tearing = new Int32Array(data.tearing);
    this.tearing = tearing;
    this.hooked = new Int32Array(data.hooked);
    this.backlog = new Backlog(data.unsent);
    this.guard = new MemoryGuard(memoryLimit, tearing, this.hooked, () => {
      this.post({ type: 'torn', memoryLimit, running: this.running?.cell });
      this.post({ type: 'interrupt', id: ++this.lastInterrupt, memoryLimit });
    });
  }

  async execute(request: CellRequest): Promise<CellOutcome> {
    this.interruptedBeforeStart = false;
    const title = `Cell [${request.executionCount}]`;
    try {
      const compiled = await this.compiler.compile(request.code, title);
      if (compiled.status === 'refused') return { status: 'error', ...refusal(compiled) };
      if (this.interruptedBeforeStart) {
        this.compiler.drop(compiled);
        return { status: 'error', ...interruption };
      }
      const { cell } = compiled;
      const message = await this.run({
        type: 'run',
        request,
        source: request.code,
        linesBefore: 1,
        cell: compiled,
      });
      if (!message) {
        this.compiler.drop(compiled);
        return { status: 'error', ...interruption };
      }
      await this.compiler.settle(cell, message.error ? message.declared : 'all');
      const { error, result } = message;
      return error ? { status: 'error', ...error } : { status: 'ok', result: result && unpacked(result) };
    } catch (error) {
      return { status: 'error', ...(this.interruptedBeforeStart ? interruption : internal(error)) };
    }
  }

  async evaluate(id: string, expression: string): Promise<MimeBundle | ErrorContent> {
    const request = { id, code: `(${expression}\n)`, executionCount: 0, silent: true, allowStdin: false };
    const outcome = await this.execute(request);
    if (outcome.status === 'error') return outcome;
    return outcome.result ?? { data: { 'text/plain': 'undefined' }, metadata: {} };
  }

  complete(code: string, cursor: number): Promise<Completions> {
    return this.compiler.complete(code, cursor);
  }

  async inspect(code: string, cursor: number, detailLevel: 0 | 1): Promise<MimeData | undefined> {
    const found = await this.compiler.inspect(code, cursor);
    if (!found) return undefined;
    const source = detailLevel ? found.source : undefined;
    const fenced = `\`\`\`typescript\n${found.signature}\n\`\`\``;
    const markdown = [fenced, found.documentation, source && `\`\`\`typescript\n${source}\n\`\`\``];
    return {
      'text/plain': [found.signature, found.documentation, source].filter(Boolean).join('\n\n'),
      'text/markdown': markdown.filter(Boolean).join('\n\n'),
    };
  }

  isComplete(code: string): Promise<Completeness> {
    return this.compiler.isComplete(code);
  }

  /** Pressing stop again while the kernel is at it changes nothing. */
  interrupt(): Promise<void> {
    this.interrupting ??= this.stop().finally(() => {
      this.interrupting = undefined;
    });
    return this.interrupting;
  }

  textLeft(length: number): void {
    this.backlog.passed(length);
  }

  async shutdown(): Promise<void> {
    this.guard.close();
    this.compiler.close();
  }

  private async stop(): Promise<void> {
    this.interruptedBeforeStart = true;
    this.compiler.interrupt();
    const stopped = this.running?.cell;
    if (await this.askToStop()) return;
    const terminated = terminate(this.tearing, this.hooked);
    // Only now: the code that waits for a child must not go on when the child has ended.
    this.endWait();
    await terminated;
    // With its stack gone, the main thread comes to the message that it could not read, and then to this.
    this.post({ type: 'torn', stopped, running: this.running?.cell });
  }

  /** A thread that waits for a child process does nothing else: the child must end. */
  private endWait(): void {
    if (this.waitsSince === undefined) return;
    const beside = new Set([...this.children, this.compiler.pid]);
    const waitedFor = [...processesBelow(process.pid, beside), ...orphansOf(process.pid, this.waitsSince)];
    signalEach(waitedFor, 'SIGINT');
    setTimeout(() => signalEach(waitedFor, 'SIGKILL'), patience);
  }

  /** Undefined where the cell never came to run. */
  private run(message: Extract<ToMain, { type: 'run' }>): Promise<Finished | undefined> {
    return new Promise(resolve => {
      const end = (finished: Finished | undefined) => {
        this.running = undefined;
        resolve(finished);
      };
      this.running = { cell: message.request.id, end };
      this.post(message);
    });
  }

  private ended(cell: string, message?: Finished): void {
    if (this.running?.cell === cell) this.running.end(message);
  }

  private async receive(message: ToProtocol): Promise<void> {
    if (message.type === 'output') {
      this.output(message.output);
    } else if (message.type === 'finished') this.ended(message.cell, message);
    else if (message.type === 'lost') this.ended(message.cell);
    else if (message.type === 'interrupted') this.interrupts.get(message.id)?.();
    else if (message.type === 'input') await this.ask(message);
    else if (message.type === 'import') await this.answerImport(message);
    else if (message.type === 'waiting') this.waitsSince = message.waits ? uptime() : undefined;
    else if (message.alive) this.children.add(message.pid);
    else this.children.delete(message.pid);
  }

  private output(output: PackedOutput): void {
    // Text is still waiting, until it is sent.
    const read = sizeOf(output) - (output.type === 'stream' ? output.text.length : 0);
    // Not in this turn: Node goes on reading while messages come, and nobody would be heard in between.
    setImmediate(() => this.backlog.passed(read));
    const isDisplay = output.type === 'display';
    this.frontEnd.output(isDisplay ? { ...output, bundle: unpacked(output.bundle) } : output);
  }

  private async answerImport({
    id,
    specifier,
    from,
  }: Extract<ToProtocol, { type: 'import' }>): Promise<void> {
    const result = await this.compiler.compileImport(specifier, from).catch(internal);
    this.post({ type: 'imported', id, result });
  }

  private async ask({ cell, prompt, password }: Extract<ToProtocol, { type: 'input' }>): Promise<void> {
    const answer = await this.frontEnd.input(cell, prompt, password).then(
      value => ({ value }),
      error => ({ error: String(error.message), interrupted: error.name === 'KeyboardInterrupt' }),
    );
    this.data.inputPort.postMessage(answer);
    Atomics.store(this.signal, 0, 1);
    Atomics.notify(this.signal, 0);
  }

  /** True when the main thread has heard of it. */
  private askToStop(): Promise<boolean> {
    const id = ++this.lastInterrupt;
    this.post({ type: 'interrupt', id });
    return new Promise(resolve => {
      const timer = setTimeout(() => resolve(false), patience);
      this.interrupts.set(id, () => {
        clearTimeout(timer);
        this.interrupts.delete(id);
        resolve(true);
      });
    });
  }

  private post(message: ToMain): void {
    // As text: what the main thread reads, no cell can have tampered with.
    parentPort?.postMessage(JSON.stringify(message));
  }
}

const unpacked = ({ json, buffers }: PackedBundle): MimeBundle => ({ ...JSON.parse(json), buffers });

const interruption: ErrorContent = {
  ename: 'KeyboardInterrupt',
  evalue: 'the cell was interrupted',
  traceback: ['KeyboardInterrupt: the cell was interrupted'],
};

function refusal({ ename, diagnostics }: RefusedCell): ErrorContent {
  return { ename, evalue: diagnostics[0].split('\n')[0], traceback: [diagnostics.join('\n\n')] };
}

function internal(error: unknown): ErrorContent {
  const message = error instanceof Error ? error.message : String(error);
  const evalue = message.startsWith('RangeError: Maximum call stack size exceeded')
    ? 'the code is nested too deeply for the TypeScript compiler: write it in several statements'
    : message;
  return { ename: 'KernelError', evalue, traceback: [`KernelError: ${evalue}`] };
}

/** Ends whatever JavaScript the main thread runs: loops, also after an `await` and in callbacks. */
function terminate(tearing: Int32Array, hooked: Int32Array): Promise<void> {
  const session = new inspector.Session();
  session.connectToMainThread();
  return new Promise(resolve => {
    clearAsyncStack(session, hooked);
    session.post('Runtime.terminateExecution', () => {
      session.disconnect();
      resolve();
    });
    Atomics.store(tearing, 0, 1);
  });
}
