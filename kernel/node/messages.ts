import type { CellRequest, ErrorContent, Output } from '../jupyter/engine.ts';
import type { CompiledCell, CompiledImport, RefusedCell } from '../session/messages.ts';

/** A bundle between the threads: its JSON is made where a cell can be told of what has none. */
export interface PackedBundle {
  /** Of `data` and `metadata`. */
  json: string;
  buffers?: Uint8Array[];
}

type Display = Extract<Output, { type: 'display' }>;
export type PackedOutput = Exclude<Output, Display> | (Omit<Display, 'bundle'> & { bundle: PackedBundle });

/** From the protocol's thread to the main thread, where the learner's code runs. */
export type ToMain =
  | { type: 'run'; request: CellRequest; source: string; linesBefore: number; cell: CompiledCell }
  /** `memoryLimit` where memory is the reason, not a person: in bytes. */
  | { type: 'interrupt'; id: number; memoryLimit?: number }
  /**
   * What the main thread was running has been torn down: its stack is gone. `stopped` is the cell that was to be, and
   * `running` the one that the main thread should have by now.
   */
  | { type: 'torn'; memoryLimit?: number; stopped?: string; running?: string }
  | { type: 'imported'; id: number; result: CompiledImport | RefusedCell | ErrorContent }
  | { type: 'shutdown' };

/** From the main thread to the protocol's thread. */
export type ToProtocol =
  | { type: 'output'; output: PackedOutput }
  | { type: 'finished'; cell: string; result?: PackedBundle; error?: ErrorContent; declared: string[] }
  /** The message to run the cell was torn down itself. */
  | { type: 'lost'; cell: string }
  | { type: 'interrupted'; id: number }
  | { type: 'import'; id: number; specifier: string; from: string }
  | { type: 'input'; cell: string; prompt: string; password: boolean }
  /** A child process that runs beside the learner's code, or has ended. */
  | { type: 'child'; pid: number; alive: boolean }
  /** The main thread waits for a child process from now on, or no longer. */
  | { type: 'waiting'; waits: boolean };

/** What the protocol's thread is started with. */
export interface ThreadData {
  connectionFile: string;
  directory: string;
  distribution: string;
  /** Bytes of JavaScript objects beyond which Node ends the process. */
  memoryLimit: number;
  /** One shared integer: 1 once an answer to `input` has been posted to `inputPort`. */
  answered: SharedArrayBuffer;
  /** One shared integer: 1 from when the main thread's code is to be torn down until the main thread sees it. */
  tearing: SharedArrayBuffer;
  /** One shared integer: 1 once async hooks are in use. */
  hooked: SharedArrayBuffer;
  /** One shared integer: the size of all output that the protocol's thread has not sent. */
  unsent: SharedArrayBuffer;
  inputPort: import('node:worker_threads').MessagePort;
}
