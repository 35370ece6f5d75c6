import { AsyncLocalStorage } from 'node:async_hooks';
import { format, inspect } from 'node:util';
import * as vm from 'node:vm';
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
} from '../../../kernel/jupyter/engine.ts';

/**
 * Plain JavaScript in a `vm` context, in the thread of the protocol: enough of an engine to try the
 * protocol with, and no more. A cell that uses `await` or `prompt` shows no result and keeps no names.
 */
export class FakeEngine implements Engine {
  readonly #frontEnd: FrontEnd;
  readonly #cell = new AsyncLocalStorage<string>();
  readonly #context: vm.Context;
  #interrupted: (() => void) | undefined;

  constructor(frontEnd: FrontEnd) {
    this.#frontEnd = frontEnd;
    this.#context = vm.createContext(this.#globals());
  }

  async execute(request: CellRequest): Promise<CellOutcome> {
    const interrupted = new Promise<CellOutcome>(resolve => {
      const error = { ename: 'KeyboardInterrupt', evalue: '', traceback: ['KeyboardInterrupt'] };
      this.#interrupted = () => resolve({ status: 'error', ...error });
    });
    try {
      const value = this.#cell.run(request.id, () => this.#run(request.code));
      return await Promise.race([value.then(outcome, failure), interrupted]);
    } finally {
      this.#interrupted = undefined;
    }
  }

  async evaluate(_id: string, expression: string): Promise<MimeBundle | ErrorContent> {
    const { status, ...rest } = await this.#run(expression).then(outcome, failure);
    return status === 'ok' && 'result' in rest ? (rest.result as MimeBundle) : (rest as ErrorContent);
  }

  async complete(code: string, cursor: number): Promise<Completions> {
    const [, object, prefix] = /(?:([\w$]+)\.)?([\w$]*)$/.exec(code.slice(0, cursor)) as RegExpExecArray;
    const holder = vm.runInContext(object ?? 'globalThis', this.#context);
    const matches = Object.getOwnPropertyNames(holder).filter(name => name.startsWith(prefix));
    const types = matches.map(text => ({ text, type: typeof holder[text] }));
    return { matches, start: cursor - prefix.length, end: cursor, types };
  }

  async inspect(code: string, cursor: number, detailLevel: 0 | 1): Promise<MimeData | undefined> {
    const word = `${/[\w$.]*$/.exec(code.slice(0, cursor))}${/^[\w$]*/.exec(code.slice(cursor))}`;
    if (word === '') return undefined;
    try {
      const value = vm.runInContext(word, this.#context);
      return { 'text/plain': `${word}: ${typeof value}${detailLevel === 1 ? `\n${String(value)}` : ''}` };
    } catch {
      return undefined;
    }
  }

  async isComplete(code: string): Promise<Completeness> {
    try {
      new vm.Script(`(async () => {${code}\n})`);
      return { status: 'complete' };
    } catch (error) {
      const open = /[{([`,]\s*$|=>\s*$/.test(code);
      return open && error instanceof SyntaxError
        ? { status: 'incomplete', indent: '  ' }
        : { status: 'invalid' };
    }
  }

  async interrupt(): Promise<void> {
    this.#interrupted?.();
  }

  textLeft(): void {}
  async shutdown(): Promise<void> {}

  async #run(code: string): Promise<unknown> {
    const plain = code
      .replaceAll(/import (\{.*?\}) from 'tslab'/g, 'var $1 = tslab')
      .replaceAll('prompt(', 'await ask(');
    const script = /\bawait\b/.test(plain) ? `(async () => {${plain}\n})()` : plain;
    const value = vm.runInContext(script, this.#context, { timeout: 3000 });
    return script === plain ? value : await value;
  }

  #globals(): object {
    const output =
      (name: 'stdout' | 'stderr') =>
      (...values: unknown[]) =>
        this.#frontEnd.output({
          type: 'stream',
          cell: this.#cell.getStore(),
          name,
          text: `${format(...values)}\n`,
        });
    const ask = (prompt: string) => this.#frontEnd.input(this.#cell.getStore() ?? '', prompt, false);
    const tslab = { display: this.#display(), newDisplay: () => this.#display('an-id') };
    return {
      ...tslab,
      tslab,
      ask,
      console: { log: output('stdout'), error: output('stderr') },
      Buffer,
      setTimeout,
      clear: (wait: boolean) => this.#frontEnd.output({ type: 'clear', cell: this.#cell.getStore(), wait }),
    };
  }

  #display(displayId?: string) {
    let shown = false;
    const show = (data: MimeData, buffers?: Uint8Array[]) => {
      const bundle = { data, metadata: {}, buffers };
      const update = displayId !== undefined && shown;
      this.#frontEnd.output({ type: 'display', cell: this.#cell.getStore(), bundle, displayId, update });
      shown = true;
    };
    const clear = ({ wait = false } = {}) =>
      this.#frontEnd.output({ type: 'clear', cell: this.#cell.getStore(), wait });
    return {
      clear,
      html: (html: string) => show({ 'text/html': html }),
      text: (text: string) => show({ 'text/plain': text }),
      bytes: (data: MimeData, bytes: Uint8Array) => show(data, [bytes]),
    };
  }
}

function outcome(value: unknown): CellOutcome {
  if (value === undefined) return { status: 'ok' };
  return { status: 'ok', result: { data: { 'text/plain': inspect(value) }, metadata: {} } };
}

function failure(thrown: unknown): CellOutcome {
  const { name = 'Error', message = String(thrown) } = (thrown ?? {}) as Partial<Error>;
  return { status: 'error', ename: name, evalue: message, traceback: [`${name}: ${message}`] };
}
