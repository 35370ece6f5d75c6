export type Timer = NodeJS.Timeout | NodeJS.Immediate;

/** One execution of a cell, for as long as anything that it started is alive. */
export interface Run {
  /** The msg_id of the request: outputs go to its cell. */
  id: string;
  executionCount: number;
  allowStdin: boolean;
  interrupted: boolean;
  /** Timers that the cell has started and that have not yet fired. */
  timers: Set<Timer>;
  /** Values shown whose picture is not ready yet; the cell ends after them. */
  displays: Promise<void>[];
}

/*
 * Which cell is at work is followed by hand: where compiled code waits, in timers and in promise callbacks. Node's
 * AsyncLocalStorage does it for every callback, but up to Node 22 it aborts the process when running code is
 * terminated, which is how a spinning cell is interrupted, and it marks every promise the learner prints.
 */
let active: Run | undefined;
let last: Run | undefined;

export function startRun(id: string, executionCount: number, allowStdin: boolean): Run {
  last = { id, executionCount, allowStdin, interrupted: false, timers: new Set(), displays: [] };
  active = last;
  return last;
}

/** The cell that the code at work belongs to; where that cannot be told, the one that ran last. */
export function currentRun(): Run | undefined {
  return active ?? last;
}

/** Forgets what was at work: the code of a cell has ended, or was torn down. */
export function clearActive(): void {
  active = undefined;
}

/** Makes `callback` work for the run that is at work now. */
export function bindToRun<A extends unknown[], R>(callback: (...args: A) => R): (...args: A) => R {
  const run = active ?? last;
  return function (this: unknown, ...args) {
    const before = active;
    active = run;
    const result = callback.apply(this, args);
    // After an exception `active` stays, so that its report finds the cell.
    active = before;
    return result;
  };
}

/** What a cell gets to catch when the person presses stop. */
export class KeyboardInterrupt extends Error {
  override name = 'KeyboardInterrupt';
  constructor() {
    super('the cell was interrupted');
  }
}

/** The run's next `await` throws. Its intervals stop now; what was to happen once may still end a wait. */
export function interruptRun(run: Run): void {
  run.interrupted = true;
  for (const timer of run.timers) if ('_repeat' in timer && timer._repeat !== null) stopTimer(run, timer);
}

/** Whatever of the run has not ended by itself never will. */
export function endRun(run: Run): void {
  for (const timer of run.timers) stopTimer(run, timer);
}

export function stopTimer(run: Run, timer: Timer): void {
  clearTimeout(timer as NodeJS.Timeout);
  clearImmediate(timer as NodeJS.Immediate);
  run.timers.delete(timer);
}

/** Called at every `await` that goes on, with the run that was at work before. */
export function resumeRun(run: unknown): void {
  active = run as Run | undefined;
  if (active?.interrupted) throw new KeyboardInterrupt();
}
