import type { CellRequest, ErrorContent, MimeBundle, Output } from '../jupyter/engine.ts';
import type { CompiledCell, CompiledImport, RefusedCell } from '../session/messages.ts';

/** From the protocol's thread to the main thread, where the learner's code runs. */
export type ToMain =
  | { type: 'run'; request: CellRequest; source: string; linesBefore: number; cell: CompiledCell }
  | { type: 'interrupt'; id: number }
  | { type: 'imported'; id: number; result: CompiledImport | RefusedCell | ErrorContent }
  | { type: 'comm'; id: number; message: unknown }
  | { type: 'shutdown' };

/** From the main thread to the protocol's thread. */
export type ToProtocol =
  | { type: 'output'; output: Output }
  | { type: 'finished'; cell: string; result?: MimeBundle; error?: ErrorContent; declared: string[] }
  | { type: 'interrupted'; id: number }
  | { type: 'import'; id: number; specifier: string; from: string }
  | { type: 'input'; cell: string; prompt: string; password: boolean }
  | { type: 'commHandled'; id: number; known: boolean };

/** What the protocol's thread is started with. */
export interface ThreadData {
  connectionFile: string;
  directory: string;
  distribution: string;
  /** One shared integer: 1 once an answer to `input` has been posted to `inputPort`. */
  answered: SharedArrayBuffer;
  inputPort: import('node:worker_threads').MessagePort;
}
