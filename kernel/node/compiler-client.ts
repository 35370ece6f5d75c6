import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Completeness } from '../session/completeness.ts';
import type { CompletionList } from '../session/completion.ts';
import type { Inspection } from '../session/inspection.ts';
import type { CompiledCell, CompiledImport, RefusedCell } from '../session/messages.ts';
import type { Installation } from './compiler-host.ts';

interface Call {
  line: string;
  resolve(value: unknown): void;
  reject(error: Error): void;
}

interface PastCell {
  code: string;
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

/** The compiler's process as seen from the kernel: starts it, talks to it, starts it again if it should die. */
export class CompilerClient {
  private child: ChildProcess;
  private readonly calls = new Map<number, Call>();
  private readonly past: PastCell[] = [];
  private readonly unsettled = new Map<number, string>();
  private lastCall = 0;
  private closed = false;
  private answers = 0;

  constructor(private readonly command: CompilerCommand) {
    this.child = this.start(command.snapshot);
  }

  async compile(code: string, title: string): Promise<CompiledCell | RefusedCell> {
    const compiled = await this.call<CompiledCell | RefusedCell>('compile', code, title);
    if (compiled.status === 'ok') this.unsettled.set(compiled.cell, code);
    return compiled;
  }

  /** Nobody has to wait for it: calls are answered in order. */
  settle(cell: number, declared: readonly string[] | 'all'): void {
    const code = this.unsettled.get(cell);
    this.unsettled.delete(cell);
    if (code !== undefined) this.past.push({ code, declared });
    this.call('settle', cell, declared).catch(() => {});
  }

  compileImport(specifier: string, from: string): Promise<CompiledImport | RefusedCell> {
    return this.call('compileImport', specifier, from);
  }

  complete(code: string, cursor: number): Promise<CompletionList> {
    return this.call('complete', code, cursor);
  }

  inspect(code: string, cursor: number): Promise<Inspection | null> {
    return this.call('inspect', code, cursor);
  }

  isComplete(code: string): Promise<Completeness> {
    return this.call('isComplete', code);
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** The compiler ends by itself after this process has, and takes with it what this process left. */
  close(): void {
    this.closed = true;
  }

  private call<T>(method: string, ...params: unknown[]): Promise<T> {
    const id = ++this.lastCall;
    const line = `${JSON.stringify({ id, method, params })}\n`;
    return new Promise((resolve, reject) => {
      if (this.closed)
        return reject(new Error('The TypeScript compiler does not start; run `npm run doctor`'));
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
    this.answers = 0;
    child.stdin?.on('error', () => {});
    child.on('error', () => this.died(child, snapshot));
    child.on('exit', () => this.died(child, snapshot));
    if (child.stdout) createInterface({ input: child.stdout }).on('line', line => this.answered(line));
    this.call('open', directory, installation).catch(() => {});
    return child;
  }

  private answered(line: string): void {
    const { id, result, error } = JSON.parse(line);
    const call = this.calls.get(id);
    this.calls.delete(id);
    this.answers++;
    if (error !== undefined) call?.reject(new Error(error));
    else call?.resolve(result);
  }

  /** What was compiled before is known to the next process too. */
  private died(child: ChildProcess, snapshot: string | undefined): void {
    if (this.closed || child !== this.child) return;
    const waiting = [...this.calls.values()];
    this.calls.clear();
    if (this.answers === 0 && !snapshot) {
      this.closed = true;
      return this.fail(waiting, 'The TypeScript compiler does not start; run `npm run doctor`');
    }
    const neverStarted = this.answers === 0;
    // A snapshot that does not start, as after an update of Node, is left out.
    this.start(neverStarted ? undefined : snapshot);
    if (!neverStarted) {
      this.fail(waiting, 'The TypeScript compiler stopped and was started again. Run the cell once more.');
      void this.replay();
      return;
    }
    for (const { line, resolve, reject } of waiting) {
      const { id, method } = JSON.parse(line);
      if (method === 'open') continue;
      this.calls.set(id, { line, resolve, reject });
      this.child.stdin?.write(line);
    }
  }

  private fail(calls: Call[], message: string): void {
    for (const call of calls) call.reject(new Error(message));
  }

  private async replay(): Promise<void> {
    for (const { code, declared } of this.past) {
      const compiled = await this.call<CompiledCell | RefusedCell>('compile', code, 'Cell');
      if (compiled.status === 'ok') await this.call('settle', compiled.cell, declared);
    }
  }
}
