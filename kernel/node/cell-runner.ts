import { relative } from 'node:path';
import vm from 'node:vm';
import type { ErrorContent } from '../jupyter/engine.ts';
import type { CompiledImport, ModuleImage, RefusedCell } from '../session/messages.ts';
import { type CellRun, Runtime } from '../session/runtime.ts';
import { Sources } from '../session/stack.ts';
import { toBundle } from './display.ts';
import { isError, stackOf, toErrorContent } from './errors.ts';
import { later } from './later.ts';
import type { ToMain, ToProtocol } from './messages.ts';
import { environmentOf, importFrom } from './packages.ts';
import { adopt, release } from './promises.ts';
import {
  clearActive,
  currentRun,
  endRun,
  interruptRun,
  isStopped,
  KeyboardInterrupt,
  MemoryError,
  type Run,
  resumeRun,
  runBehind,
  startRun,
  suspendRun,
  takeTorn,
} from './runs.ts';

type RunMessage = Extract<ToMain, { type: 'run' }>;
type Imported = Extract<ToMain, { type: 'imported' }>['result'];

/** How long an interrupted cell may take to end by itself, its `finally` blocks included, in milliseconds. */
const grace = 200;

/** `import()` in what a cell evaluates; its own goes through the runtime. */
const options = { importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER };

/** Runs one compiled cell at a time and reports how it ended. */
export class CellRunner {
  readonly sources = new Sources();
  /** Puts right what code that was torn down has left. */
  onTorn: () => void = () => {};
  private readonly runtime: Runtime;
  private readonly imports = new Map<number, (result: Imported) => void>();
  /** The request that gave each execution count. */
  private readonly cells = new Map<string, string>();
  private lastImport = 0;
  private current: { run: Run; stop: (error: unknown) => void } | undefined;

  constructor(
    private readonly post: (message: ToProtocol) => void,
    private readonly directory: string,
    ownModules: Record<string, Record<string, unknown>>,
  ) {
    this.runtime = new Runtime({
      evaluate: (expression, name) =>
        new vm.Script(expression, { ...options, filename: name }).runInThisContext(),
      loadPackage: (specifier, from) => adopt(ownModules[specifier] ?? importFrom(specifier, from)),
      environment: path => environmentOf(path, ownModules),
      compileImport: (specifier, from) => this.compileImport(specifier, from),
      now: suspendRun,
      after: resumeRun,
      isStopped,
      adopt,
      release,
    });
  }

  receive(message: ToMain): void {
    if (message.type === 'run') void this.run(message);
    else if (message.type === 'interrupt') {
      const { memoryLimit } = message;
      this.interruptCurrent(memoryLimit ? () => new MemoryError(memoryLimit) : undefined);
      this.post({ type: 'interrupted', id: message.id });
    } else if (message.type === 'torn') {
      this.reportTorn(message);
    } else if (message.type === 'imported') {
      this.imports.get(message.id)?.(message.result);
      this.imports.delete(message.id);
    }
  }

  interruptCurrent(interruption: () => Error = () => new KeyboardInterrupt()): void {
    const stopping = this.current;
    if (!stopping) return;
    interruptRun(stopping.run, interruption);
    const stop = () => {
      endRun(stopping.run);
      stopping.stop(interruption());
    };
    if (!later(stop, grace)) stop();
  }

  /** The cell of late code has ended, and shows its error only now. */
  private reportTorn({ memoryLimit, stopped, running }: Extract<ToMain, { type: 'torn' }>): void {
    this.onTorn();
    const torn = takeTorn();
    const now = this.current?.run;
    if (memoryLimit && torn && torn !== now) this.report(new MemoryError(memoryLimit), torn.id);
    // What was torn down may be a message: that to run a cell, or that to stop it.
    if (running !== now?.id) this.post({ type: 'lost', cell: running ?? '' });
    else if (now && !memoryLimit && (now === torn || now.id === stopped)) this.interruptCurrent();
  }

  /** An error outside a running cell: shown below the cell whose run caused it. */
  reportStray(thrown: unknown, isRejection: boolean): void {
    const isInterruption = (error: Error) =>
      error instanceof KeyboardInterrupt || error instanceof MemoryError;
    if (isError(thrown) && isInterruption(thrown)) return;
    const cell = runBehind(thrown, isRejection)?.id ?? this.callerOf(thrown) ?? currentRun()?.id;
    clearActive();
    this.report(thrown, cell);
  }

  private report(thrown: unknown, cell: string | undefined): void {
    this.post({ type: 'output', output: { type: 'error', cell, ...toErrorContent(thrown, this.sources) } });
  }

  private async run({ request, source, cell, linesBefore }: RunMessage): Promise<void> {
    const run = startRun(request.id, request.executionCount, request.allowStdin);
    const title = `Cell [${request.executionCount}]`;
    const name = `cell:${request.id}`;
    this.cells.set(title, request.id);
    this.sources.add(name, title, source, cell.map, linesBefore);
    this.addFiles(cell.images);
    const progress: CellRun = { declared: [] };
    // Also from outside: an interrupt may tear down what is to tell of the cell's end, as an error that shows itself.
    const finish = (ending: () => object) => {
      if (this.current?.run !== run) return;
      this.post({ type: 'finished', cell: request.id, declared: progress.declared, ...ending() });
      this.current = undefined;
      clearActive();
    };
    const fail = (error: unknown) => finish(() => ({ error: toErrorContent(error, this.sources) }));
    this.current = { run, stop: fail };
    try {
      const result = await this.execute(cell, `${this.directory}/__cell__.ts`, name, progress, run);
      finish(() => ({ result }));
    } catch (error) {
      fail(error);
    }
  }

  private async execute(cell: RunMessage['cell'], file: string, name: string, progress: CellRun, run: Run) {
    await this.runtime.execute(cell, file, name, progress);
    const result = progress.value === undefined ? undefined : await toBundle(progress.value);
    await Promise.all(run.displays);
    return result;
  }

  private async compileImport(specifier: string, from: string): Promise<CompiledImport> {
    const id = ++this.lastImport;
    const result = await new Promise<Imported>(resolve => {
      this.imports.set(id, resolve);
      this.post({ type: 'import', id, specifier, from });
    });
    if ('reference' in result) {
      this.addFiles(result.images);
      return result;
    }
    throw importError(result);
  }

  /** The cell at the outer end of an error's stack: it called what the others declare. */
  private callerOf(thrown: unknown): string | undefined {
    const stack = isError(thrown) ? stackOf(thrown) : undefined;
    const titles = [...(stack ?? '').matchAll(/^ {4}at (?:.*\()?(Cell \[\d+\]):\d/gm)];
    return this.cells.get(titles.at(-1)?.[1] ?? '');
  }

  private addFiles(images: readonly ModuleImage[]): void {
    for (const { path, source, map } of images) this.sources.add(path, this.titleOf(path), source, map, 0);
  }

  private titleOf(path: string): string {
    return relative(this.directory, path).replaceAll('\\', '/');
  }
}

function importError(refused: RefusedCell | ErrorContent): Error {
  const message = 'diagnostics' in refused ? refused.diagnostics.join('\n\n') : refused.evalue;
  return Object.assign(new Error(message), { name: refused.ename });
}
