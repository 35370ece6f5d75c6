import { AsyncLocalStorage } from 'node:async_hooks';

/** One execution of a cell, for as long as anything that it started is alive. */
export interface Run {
  /** The msg_id of the request: outputs go to its cell. */
  id: string;
  executionCount: number;
  allowStdin: boolean;
  interrupted: boolean;
  /** Timers that the cell has started and that have not yet fired. */
  timers: Set<NodeJS.Timeout | NodeJS.Immediate>;
  /** Values shown whose picture is not ready yet; the cell ends after them. */
  displays: Promise<void>[];
}

/** Follows every callback and promise back to the cell that it came from. */
export const runs = new AsyncLocalStorage<Run>();

let last: Run | undefined;
let anyInterrupted = false;

export function startRun(id: string, executionCount: number, allowStdin: boolean): Run {
  last = { id, executionCount, allowStdin, interrupted: false, timers: new Set(), displays: [] };
  return last;
}

/** The cell that the code at work belongs to; where that cannot be told, the one that ran last. */
export function currentRun(): Run | undefined {
  return runs.getStore() ?? last;
}

/** What a cell gets to catch when the person presses stop. */
export class KeyboardInterrupt extends Error {
  override name = 'KeyboardInterrupt';
  constructor() {
    super('the cell was interrupted');
  }
}

/** Ends the run: its timers never fire, and its next `await` throws. */
export function interruptRun(run: Run): void {
  run.interrupted = true;
  anyInterrupted = true;
  for (const timer of run.timers) {
    clearTimeout(timer as NodeJS.Timeout);
    clearImmediate(timer as NodeJS.Immediate);
  }
  run.timers.clear();
}

/** Called at every `await` that goes on, so that the usual case is one comparison. */
export function checkInterrupt(): void {
  if (anyInterrupted && runs.getStore()?.interrupted) throw new KeyboardInterrupt();
}
