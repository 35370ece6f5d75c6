import { Compiler } from '../../../kernel/session/compiler.ts';
import { complete } from '../../../kernel/session/completion.ts';
import { inspect } from '../../../kernel/session/inspection.ts';
import { type CellRun, Runtime } from '../../../kernel/session/runtime.ts';
import { formatFrame, readableNames, Sources } from '../../../kernel/session/stack.ts';
import type { CompilerHost } from '../../../kernel/session/workspace.ts';
import { show } from './show.ts';

/** What a cell has left behind, as plain data: it can leave a worker and be compared. */
export interface Outcome {
  status: 'ok' | 'refused' | 'thrown';
  /** The last expression's value, as `show` writes it. */
  value?: string;
  /** Errors of the compiler, ready to show. */
  diagnostics?: string[];
  /** Name, message and the frames that are the learner's own. */
  error?: string[];
  printed: string[];
  declared: string[];
}

/** The two things that Node and a browser do in their own way. */
export interface Evaluation {
  evaluate(expression: string, name: string): unknown;
  loadPackage(specifier: string): Promise<Record<string, unknown>>;
}

/** Compiler and runtime side by side, as a kernel has them, without a protocol. */
export class Session {
  readonly compiler: Compiler;
  private readonly runtime: Runtime;
  private readonly sources = new Sources();
  private printed: string[] = [];
  private count = 0;

  constructor(
    private readonly host: CompilerHost,
    evaluation: Evaluation,
  ) {
    this.compiler = new Compiler(host);
    this.runtime = new Runtime({
      evaluate: evaluation.evaluate,
      loadPackage: evaluation.loadPackage,
      environment: path => ({
        meta: { url: `file://${path}` },
        require: undefined,
        filename: path,
        dirname: path.slice(0, path.lastIndexOf('/')),
      }),
      compileImport: async (specifier, from) => {
        const result = this.compiler.compileImport(specifier, from);
        if ('status' in result) throw new Error(result.diagnostics.join('\n\n'));
        this.addFiles(result.images);
        return result;
      },
      now: () => undefined,
      after: () => {},
    });
    const print = (...values: unknown[]) => void this.printed.push(values.map(show).join(' '));
    Object.assign(globalThis, { print });
  }

  async run(code: string): Promise<Outcome> {
    const title = `Cell [${++this.count}]`;
    this.printed = [];
    const compiled = this.compiler.compile(code, title);
    if (compiled.status === 'refused') {
      const { status, diagnostics } = compiled;
      return { status, diagnostics, printed: this.printed, declared: [] };
    }
    const name = `cell:${this.count}`;
    this.sources.add(name, title, code, compiled.map, 1);
    this.addFiles(compiled.images);
    const progress: CellRun = { declared: [] };
    const report = () => ({ printed: this.printed, declared: progress.declared });
    try {
      await this.runtime.execute(compiled, `${this.host.directory}/__cell__.ts`, name, progress);
      this.compiler.settle(compiled.cell, 'all');
      return { status: 'ok', value: show(progress.value), ...report() };
    } catch (error) {
      this.compiler.settle(compiled.cell, progress.declared);
      return { status: 'thrown', error: this.describe(error), ...report() };
    }
  }

  complete(code: string, cursor: number) {
    return complete(this.compiler, code, cursor);
  }

  inspect(code: string, cursor: number) {
    return inspect(this.compiler, code, cursor);
  }

  private addFiles(images: readonly { path: string; source: string; map: string }[]): void {
    for (const { path, source, map } of images) {
      this.sources.add(path, path.slice(path.lastIndexOf('/') + 1), source, map, 0);
    }
  }

  private describe(thrown: unknown): string[] {
    if (!(thrown instanceof Error)) return [`Thrown: ${show(thrown)}`];
    const head = readableNames(`${thrown.name}: ${thrown.message}`);
    // Where in the function the stack is full, nobody can tell.
    if (/call stack/.test(head)) return [head];
    const frames = String(thrown.stack)
      .split('\n')
      .flatMap(line => this.frame(line));
    return [head, ...frames];
  }

  /** One line of V8's stack trace, where it lies in a cell or a file. */
  private frame(line: string): string[] {
    const parts = /^ {4}at (?:async )?(?:(.*?) \()?(.*?):(\d+):(\d+)\)?$/.exec(line);
    if (!parts) return [];
    const [, functionName, file, row, column] = parts;
    const frame = { functionName: functionName ?? null, file, line: Number(row), column: Number(column) };
    const located = this.sources.locate(frame);
    return located ? [formatFrame(located)] : [];
  }
}
