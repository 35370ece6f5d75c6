import { type ChildProcess, spawn } from 'node:child_process';
import type { Completeness } from '../session/completeness.ts';
import type { CompletionList } from '../session/completion.ts';
import type { Inspection } from '../session/inspection.ts';
import type { CompiledCell, CompiledImport, ModuleImage, RefusedCell } from '../session/messages.ts';
import type { Installation } from './compiler-host.ts';
import { Deliveries } from './deliveries.ts';
import { onLine } from './lines.ts';

interface Call {
  line: string;
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** How long a compilation may go on after the person has pressed stop, in milliseconds. */
const grace = 500;

/** Processes that end one after the other before they have answered. */
const mostStarts = 10;

interface PastCell {
  code: string;
  title: string;
  declared: readonly string[] | 'all';
}

/** Put in by build.mjs, which makes the snapshot with them. */
declare const MEMORY_FLAGS: string[];

/** How to start the compiler: from its snapshot, or plainly. */
export interface CompilerCommand {
  snapshot: string | undefined;
  script: string;
  directory: string;
  installation: Installation;
}

/** A cell is compiled again then, once: it may be what stopped the process. */
class CompilerStopped extends Error {
  constructor() {
    super('The TypeScript compiler stopped and was started again. Run the cell once more.');
  }
}

/** The compiler's process as seen from the kernel: starts it, talks to it, starts it again if it should die. */
export class CompilerClient {
  private child: ChildProcess;
  private readonly calls = new Map<number, Call>();
  private readonly past: PastCell[] = [];
  /** Compiled and not yet run, with the process that knows the cell by this number. */
  private readonly unsettled = new Map<number, { code: string; title: string; child: ChildProcess }>();
  /** The cells of the past are known to the process. */
  private ready: Promise<unknown> = Promise.resolve();
  private isReady = true;
  private readonly deliveries = new Deliveries();
  private stopCompiling: ((error: Error) => void) | undefined;
  private lastCall = 0;
  private closed = false;
  /** The process did not start; the next call tries it again. */
  private isDown = false;
  /** Starts since the last answer. */
  private starts = 0;

  constructor(private readonly command: CompilerCommand) {
    this.child = this.start(command.snapshot);
  }

  async compile(code: string, title: string): Promise<CompiledCell | RefusedCell> {
    const stopped = new Promise<never>((_, reject) => {
      this.stopCompiling = reject;
    });
    const isStopped = () => this.stopCompiling !== stopCompiling;
    const { stopCompiling } = this;
    const compile = async () => {
      await this.up();
      if (isStopped()) throw new Error('The compilation was stopped');
      const { child } = this;
      const compiled = await this.call<CompiledCell | RefusedCell>('compile', code, title);
      if (compiled.status === 'ok' && !isStopped()) this.unsettled.set(compiled.cell, { code, title, child });
      return compiled;
    };
    const again = (error: unknown) => {
      if (error instanceof CompilerStopped) return compile();
      throw error;
    };
    try {
      return this.deliveries.take(await Promise.race([compile().catch(again), stopped]));
    } finally {
      this.stopCompiling = undefined;
    }
  }

  /** Types can take minutes to check. Only the end of the process stops it; the next one is told of the past. */
  interrupt(): void {
    const { stopCompiling, child } = this;
    if (!stopCompiling) return;
    setTimeout(() => {
      if (this.stopCompiling !== stopCompiling) return;
      stopCompiling(new Error('The compilation was interrupted'));
      if (this.isReady && child === this.child) child.kill('SIGKILL');
    }, grace);
  }

  /** Nobody has to wait for it: calls are answered in order. */
  settle(cell: number, declared: readonly string[] | 'all'): void {
    const compiled = this.unsettled.get(cell);
    this.unsettled.delete(cell);
    if (!compiled) return;
    const { code, title, child } = compiled;
    const past = { code, title, declared };
    this.past.push(past);
    if (this.isDown) return;
    if (child === this.child) this.call('settle', cell, declared).catch(() => {});
    else this.prepare(this.ready.then(() => this.replay([past])));
  }

  /** The cell has been compiled and will not run. */
  drop({ cell, images }: CompiledCell): void {
    this.unsettled.delete(cell);
    this.deliveries.giveBack(images);
  }

  async compileImport(specifier: string, from: string): Promise<CompiledImport | RefusedCell> {
    return this.deliveries.take(await this.callWhenReady('compileImport', specifier, from));
  }

  complete(code: string, cursor: number): Promise<CompletionList> {
    return this.callWhenReady('complete', code, cursor);
  }

  inspect(code: string, cursor: number): Promise<Inspection | null> {
    return this.callWhenReady('inspect', code, cursor);
  }

  isComplete(code: string): Promise<Completeness> {
    return this.callWhenReady('isComplete', code);
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** The compiler ends by itself after this process has, and takes with it what this process left. */
  close(): void {
    this.closed = true;
  }

  private async callWhenReady<T>(method: string, ...params: unknown[]): Promise<T> {
    await this.up();
    return this.call(method, ...params);
  }

  private async up(): Promise<void> {
    if (this.isDown) {
      this.isDown = false;
      this.starts = 0;
      this.start(this.command.snapshot);
      this.prepare(this.replay([...this.past]));
    }
    // The process may end while it is told of the past.
    for (let ready: unknown; ready !== this.ready; ) {
      ready = this.ready;
      await ready;
    }
  }

  private call<T>(method: string, ...params: unknown[]): Promise<T> {
    const id = ++this.lastCall;
    const line = `${JSON.stringify({ id, method, params })}\n`;
    return new Promise((resolve, reject) => {
      if (this.closed || this.isDown) return reject(doesNotStart());
      this.calls.set(id, { line, resolve: resolve as Call['resolve'], reject });
      this.child.stdin?.write(line);
    });
  }

  private start(snapshot: string | undefined): ChildProcess {
    const { script, directory, installation } = this.command;
    const flags = [...MEMORY_FLAGS, ...(snapshot ? ['--snapshot-blob', snapshot] : [])];
    // Nothing of the learner's is preloaded in here.
    const env = { ...process.env, NODE_OPTIONS: '' };
    const child = spawn(process.execPath, [...flags, script], { stdio: ['pipe', 'pipe', 'inherit'], env });
    this.child = child;
    this.deliveries.compilerStarts();
    this.starts++;
    child.stdin?.on('error', () => {});
    child.on('error', () => this.died(child, snapshot));
    child.on('exit', (_code, signal) => this.died(child, snapshot, signal));
    if (child.stdout) onLine(child.stdout, line => this.answered(line));
    this.call('open', directory, installation).catch(() => {});
    return child;
  }

  private answered(line: string): void {
    const { id, result, error } = JSON.parse(line);
    const call = this.calls.get(id);
    this.calls.delete(id);
    this.starts = 0;
    if (error !== undefined) call?.reject(new Error(error));
    else call?.resolve(result);
  }

  /** What was compiled before is known to the next process too. */
  private died(child: ChildProcess, snapshot: string | undefined, signal?: NodeJS.Signals | null): void {
    if (this.closed || child !== this.child) return;
    const waiting = [...this.calls.values()];
    this.calls.clear();
    // One that was killed, by a stop or for want of memory, might have started.
    const neverStarted = this.starts > 0 && signal !== 'SIGKILL' && signal !== 'SIGTERM';
    if ((neverStarted && !snapshot) || this.starts > mostStarts) {
      this.isDown = true;
      return this.fail(waiting, doesNotStart());
    }
    // A snapshot that does not start, as after an update of Node, is left out.
    this.start(neverStarted ? undefined : snapshot);
    if (!neverStarted) {
      this.fail(waiting, new CompilerStopped());
      this.prepare(this.replay([...this.past]));
      return;
    }
    for (const { line, resolve, reject } of waiting) {
      const { id, method } = JSON.parse(line);
      if (method === 'open') continue;
      this.calls.set(id, { line, resolve, reject });
      this.child.stdin?.write(line);
    }
  }

  private fail(calls: Call[], error: Error): void {
    for (const call of calls) call.reject(error);
  }

  private prepare(ready: Promise<void>): void {
    this.isReady = false;
    const settled = ready
      .catch(() => {})
      .then(() => {
        if (this.ready === settled) this.isReady = true;
      });
    this.ready = settled;
  }

  private async replay(past: readonly PastCell[]): Promise<void> {
    for (const { code, title, declared } of past) {
      const restored = this.call<ModuleImage[]>('restore', code, title, declared);
      this.deliveries.put(
        await restored.catch(error => {
          if (error instanceof CompilerStopped) throw error;
          return [];
        }),
      );
    }
  }
}

function doesNotStart(): Error {
  return new Error('The TypeScript compiler does not start; run `npm run doctor`');
}
