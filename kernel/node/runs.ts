import { later } from './later.ts';

const { apply } = Reflect;

export type Timer = NodeJS.Timeout | NodeJS.Immediate;

/** One execution of a cell, for as long as anything that it started is alive. */
export interface Run {
  /** The msg_id of the request: outputs go to its cell. */
  id: string;
  executionCount: number;
  allowStdin: boolean;
  /** Set once the cell is to end: what its next `await` throws. */
  interruption: (() => Error) | undefined;
  /** Its code has been torn down while it spun. Nothing of it runs any more. */
  torn: boolean;
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

/** The run whose code came last in this turn of the event loop: Node tells of a rejection only at the turn's end. */
let ofThisTurn: Run | undefined;
/** What the callback of a run threw last. */
let failure: { run: Run | undefined; error: unknown } | undefined;
let forgets = false;

function setActive(run: Run | undefined): void {
  active = run;
  ofThisTurn = run;
  if (forgets) return;
  // Not an immediate: Node 20 never gets out of a queue of two whose second was torn down.
  forgets = later(forget);
}

/** The turn is over: what comes next may be the callback of a socket or a file, of which no run is known. */
function forget(): void {
  if (Atomics.load(tearing, 0) === 1) noteTorn();
  forgets = false;
  active = undefined;
  ofThisTurn = undefined;
  failure = undefined;
}

export function startRun(id: string, executionCount: number, allowStdin: boolean): Run {
  // What was to be torn down ended before it, perhaps by itself: this run has nothing to do with it.
  if (Atomics.load(tearing, 0) === 1) noteTorn();
  last = {
    id,
    executionCount,
    allowStdin,
    interruption: undefined,
    torn: false,
    timers: new Set(),
    displays: [],
  };
  setActive(last);
  return last;
}

/** The cell that the code at work belongs to; where that cannot be told, the one that ran last. */
export function currentRun(): Run | undefined {
  return active ?? last;
}

/** The run that an error outside a running cell comes from, where that is known. */
export function runBehind(thrown: unknown, isRejection: boolean): Run | undefined {
  if (failure && failure.error === thrown) return failure.run;
  return isRejection ? ofThisTurn : undefined;
}

/** A run that was only the last one when the code at work was called. */
class Guess {
  constructor(readonly run: Run | undefined) {}
}

/** Before code waits: what `resumeRun` is to be given. */
export function suspendRun(): unknown {
  return active && active === ofThisTurn ? active : new Guess(currentRun());
}

/** Called at every `await` that goes on, with the run that was at work before. */
export function resumeRun(token: unknown): void {
  const isGuess = token instanceof Guess;
  setActive(isGuess ? token.run : (token as Run));
  if (isGuess) ofThisTurn = undefined;
  if (active?.interruption) throw active.interruption();
}

/** Whether what `suspendRun` gave was interrupted since. */
export function isStopped(token: unknown): boolean {
  const run = token instanceof Guess ? token.run : (token as Run | undefined);
  return run?.interruption !== undefined;
}

/*
 * Terminated code vanishes without a word: no `catch`, no `finally`. What it leaves is `active`, and whatever it had
 * planned; Node may call that before any message comes, and would spin again. So the protocol's thread sets a flag
 * first, which the next callback looks at.
 */
let tearing: Int32Array = new Int32Array(1);
let lastTorn: Run | undefined;

export function watchTearing(flag: Int32Array): void {
  tearing = flag;
}

function noteTorn(): void {
  Atomics.store(tearing, 0, 0);
  lastTorn = active;
  active = undefined;
  // What was torn down may have taken the call with it.
  forgets = false;
  if (!lastTorn) return;
  lastTorn.torn = true;
  interruptRun(lastTorn, () => new KeyboardInterrupt());
  endRun(lastTorn);
}

/** The run whose code has been torn down, once. */
export function takeTorn(): Run | undefined {
  if (Atomics.load(tearing, 0) === 1) noteTorn();
  const torn = lastTorn;
  lastTorn = undefined;
  return torn;
}

/** Forgets what was at work: the code of a cell has ended, or was torn down. */
export function clearActive(): void {
  active = undefined;
}

/** Makes a callback that the event loop calls work for the run that is at work now. */
export function bindToRun<A extends unknown[], R>(callback: (...args: A) => R): (...args: A) => R {
  // A promise that a callback has given back is followed when the callback is over, in the same turn.
  return bound(callback, active ?? ofThisTurn ?? last, () => undefined);
}

/** The same for what other code may call as well: that goes on for its own run. */
export function bindNested<A extends unknown[], R>(callback: (...args: A) => R): (...args: A) => R {
  return bound(callback, currentRun(), () => active);
}

function bound<A extends unknown[], R>(
  callback: (...args: A) => R,
  run: Run | undefined,
  outside: () => Run | undefined,
): (...args: A) => R {
  return function (this: unknown, ...args) {
    if (Atomics.load(tearing, 0) === 1) noteTorn();
    if (run?.torn) throw new KeyboardInterrupt();
    const before = outside();
    setActive(run);
    try {
      return apply(callback, this, args);
    } catch (error) {
      failure = { run, error };
      throw error;
    } finally {
      // Not so after code has been torn down: `noteTorn` finds the run.
      active = before;
    }
  };
}

/** What a cell gets to catch when the person presses stop. */
export class KeyboardInterrupt extends Error {
  override name = 'KeyboardInterrupt';
  constructor() {
    super('the cell was interrupted');
  }
}

/** When the objects of JavaScript no longer fit into the memory that Node gives them, `limit` bytes. */
export class MemoryError extends Error {
  override name = 'MemoryError';
  constructor(limit: number) {
    const megabytes = Math.round(limit / 2 ** 20);
    super(
      `the cell was stopped, because its objects did not fit into ${megabytes} MB of memory. Every variable is kept. ` +
        'What fills the memory may still be held by one of them: declare it again, empty, or restart the kernel. ' +
        'Typed arrays such as Float64Array take less room; NODE_OPTIONS=--max-old-space-size=8192 gives 8192 MB',
    );
  }
}

/** The run's next `await` throws. Its intervals stop now; what was to happen once may still end a wait. */
export function interruptRun(run: Run, interruption: () => Error): void {
  run.interruption = interruption;
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
