/**
 * What the protocol needs from the side that knows TypeScript and runs the cells.
 * Positions are UTF-16 offsets here; the wire counts code points, and only the handlers convert.
 */
export interface Engine {
  /** Type-checks and runs one cell. Never rejects: every failure is an outcome. Calls come one at a time. */
  execute(request: CellRequest): Promise<CellOutcome>;
  /** Evaluates one `user_expressions` entry after a cell that went well. `id` stands for the cell in its outputs. */
  evaluate(id: string, expression: string): Promise<MimeBundle | ErrorContent>;
  complete(code: string, cursor: number): Promise<Completions>;
  /** Undefined where there is nothing to tell. */
  inspect(code: string, cursor: number, detailLevel: 0 | 1): Promise<MimeData | undefined>;
  isComplete(code: string): Promise<Completeness>;
  /** Ends the running cell within a second, whatever it does; resolves when asked, does nothing while idle. */
  interrupt(): Promise<void>;
  /** Text that was put out has left for the front end, this many UTF-16 units of it. */
  textLeft(length: number): void;
  /** Ends children and threads. The process exits right after. */
  shutdown(restart: boolean): Promise<void>;
}

export interface CellRequest {
  /** The msg_id of the execute_request: outputs of this cell carry it for ever, even after its reply. */
  id: string;
  code: string;
  executionCount: number;
  silent: boolean;
  /** Whether the front end that asked can answer an input_request. */
  allowStdin: boolean;
}

export type CellOutcome =
  /** `result` is the value of the last expression, absent where it is undefined. */
  { status: 'ok'; result?: MimeBundle } | ({ status: 'error' } & ErrorContent);

export interface ErrorContent {
  ename: string;
  evalue: string;
  traceback: string[];
}

export type MimeData = Record<string, unknown>;

export interface MimeBundle {
  data: MimeData;
  metadata: Record<string, unknown>;
  /** Binary buffers that travel beside the JSON. */
  buffers?: Uint8Array[];
}

export interface Completions {
  matches: string[];
  start: number;
  end: number;
  /** One entry a match, for `metadata._jupyter_types_experimental`. */
  types: { text: string; type: string; signature?: string }[];
}

export type Completeness =
  | { status: 'complete' | 'invalid' | 'unknown' }
  | { status: 'incomplete'; indent: string };

/** What the engine tells while and after a cell runs; `cell` is the `CellRequest.id` that caused it. */
export type Output =
  | { type: 'stream'; cell: string | undefined; name: 'stdout' | 'stderr'; text: string }
  | { type: 'display'; cell: string | undefined; bundle: MimeBundle; displayId?: string; update: boolean }
  | { type: 'clear'; cell: string | undefined; wait: boolean }
  /** An error that comes outside any running cell: a timer's exception, an unhandled rejection. */
  | ({ type: 'error'; cell: string | undefined } & ErrorContent);

/** What the protocol offers to the engine. */
export interface FrontEnd {
  output(output: Output): void;
  /** Asks the person. Rejects where the front end does not allow it. */
  input(cell: string, prompt: string, password: boolean): Promise<string>;
}
