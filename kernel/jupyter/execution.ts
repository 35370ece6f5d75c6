import type { Cells } from './cells.ts';
import { Fields } from './content.ts';
import type { CellOutcome, Engine } from './engine.ts';
import type { Entry, History } from './history.ts';
import type { Iopub } from './iopub.ts';
import type { Outputs } from './outputs.ts';
import { errorContent, namedError, type Replies, type Request } from './replies.ts';
import type { Stdin } from './stdin.ts';
import { evaluateAll } from './userExpressions.ts';
import type { Content, Header } from './wire.ts';

export interface ExecutionServices {
  engine: () => Promise<Engine>;
  iopub: Iopub;
  outputs: Outputs;
  replies: Replies;
  stdin: Stdin;
  history: History;
  cells: Cells;
}

/**
 * After an error, requests that were sent before anyone could know of it have this long to arrive, in
 * milliseconds. The error is told only then, so that a request sent in answer to it is never aborted.
 */
const arrivalTime = 20;

/** Runs execute requests, one after the other, in the order in which they came. */
export class Execution {
  readonly #services: ExecutionServices;
  #queue: Request[] = [];
  #running: Request | undefined;
  #count = 0;
  #stopped = false;
  #stopWaiting: ((reason: Error) => void) | undefined;

  constructor(services: ExecutionServices) {
    this.#services = services;
  }

  get running(): Header | undefined {
    return this.#running?.header;
  }

  add(request: Request): void {
    if (this.#stopped) {
      this.#abort(request);
      return;
    }
    this.#queue.push(request);
    if (this.#running === undefined) void this.#work();
  }

  /** Ends a cell that still waits for its engine. The engine ends all others. */
  interrupt(): void {
    this.#stopWaiting?.(namedError('KeyboardInterrupt', 'interrupted while the kernel was starting'));
  }

  /** Aborts what is queued and whatever comes. */
  stop(): void {
    this.#stopped = true;
    for (const request of this.#queue.splice(0)) this.#abort(request);
  }

  async #work(): Promise<void> {
    for (let request = this.#queue.shift(); request !== undefined; request = this.#queue.shift()) {
      this.#running = request;
      const aborted = await this.#run(request);
      this.#running = undefined;
      for (const one of aborted) this.#abort(one);
    }
  }

  async #run(request: Request): Promise<Request[]> {
    const { iopub, replies } = this.#services;
    iopub.status('busy', request.header);
    try {
      return await this.#execute(request, readExecuteRequest(request));
    } catch (error) {
      replies.fail(request, error, { execution_count: this.#count });
      return [];
    } finally {
      iopub.status('idle', request.header);
    }
  }

  /** Gives the requests that the cell's error aborts. */
  async #execute(request: Request, asked: ExecuteRequest): Promise<Request[]> {
    const started = new Date().toISOString();
    const entry = this.#begin(request, asked);
    const execution_count = this.#count;
    const outcome = await this.#outcome(request, asked);
    const aborts = outcome.status === 'error' && asked.stopOnError && !asked.silent;
    const aborted = aborts ? await this.#takeQueue() : [];
    this.#publish(outcome, request.header, asked);
    this.#finish(entry, outcome);
    const expressions = outcome.status === 'ok' ? asked.userExpressions : {};
    const user_expressions = await evaluateAll(expressions, request.header, this.#services);
    this.#services.iopub.flush();
    const { status, ...error } = outcome.status === 'ok' ? { status: outcome.status } : outcome;
    const content = { status, execution_count, ...error, user_expressions, payload: [] };
    this.#services.replies.send(request, content, { started });
    return aborted;
  }

  #begin(request: Request, asked: ExecuteRequest): Entry | undefined {
    const { iopub, cells, history } = this.#services;
    const { code, silent, storeHistory } = asked;
    cells.add(request.header);
    if (storeHistory) this.#count++;
    if (!silent) iopub.publish('execute_input', { code, execution_count: this.#count }, request.header);
    return storeHistory ? history.begin(this.#count, code) : undefined;
  }

  async #outcome(request: Request, asked: ExecuteRequest): Promise<CellOutcome> {
    const { stdin } = this.#services;
    const { code, silent, allowStdin } = asked;
    try {
      const engine = await this.#engineUnlessInterrupted();
      stdin.open(request, allowStdin);
      const id = request.header.msg_id;
      return await engine.execute({ id, code, executionCount: this.#count, silent, allowStdin });
    } catch (error) {
      return { status: 'error', ...errorContent(error) };
    } finally {
      stdin.close();
    }
  }

  async #engineUnlessInterrupted(): Promise<Engine> {
    const interrupted = new Promise<never>((_resolve, reject) => {
      this.#stopWaiting = reject;
    });
    try {
      return await Promise.race([this.#services.engine(), interrupted]);
    } finally {
      this.#stopWaiting = undefined;
    }
  }

  #publish(outcome: CellOutcome, parent: Header, asked: ExecuteRequest): void {
    const { outputs } = this.#services;
    if (outcome.status === 'error') {
      outputs.error(outcome, parent);
    } else if (outcome.result !== undefined && !asked.silent) {
      outputs.result(outcome.result, this.#count, parent);
    }
  }

  #finish(entry: Entry | undefined, outcome: CellOutcome): void {
    if (entry === undefined) return;
    const text = outcome.status === 'ok' ? outcome.result?.data['text/plain'] : undefined;
    this.#services.history.finish(entry, typeof text === 'string' ? text : '');
  }

  async #takeQueue(): Promise<Request[]> {
    await new Promise(resolve => setTimeout(resolve, arrivalTime));
    return this.#queue.splice(0);
  }

  #abort(request: Request): void {
    const { iopub, replies } = this.#services;
    iopub.status('busy', request.header);
    const content = { status: 'aborted' };
    replies.send(request, content, { started: new Date().toISOString(), ...content });
    iopub.status('idle', request.header);
  }
}

interface ExecuteRequest {
  code: string;
  silent: boolean;
  storeHistory: boolean;
  userExpressions: Content;
  allowStdin: boolean;
  stopOnError: boolean;
}

function readExecuteRequest(request: Request): ExecuteRequest {
  const fields = new Fields(request);
  const silent = fields.boolean('silent', false);
  return {
    code: fields.string('code'),
    silent,
    storeHistory: fields.boolean('store_history', true) && !silent,
    userExpressions: fields.object('user_expressions', {}),
    allowStdin: fields.boolean('allow_stdin', false),
    stopOnError: fields.boolean('stop_on_error', true),
  };
}
