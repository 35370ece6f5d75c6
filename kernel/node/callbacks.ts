import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers';
import { promisify } from 'node:util';
import { bindToRun, currentRun, stopTimer, type Timer } from './runs.ts';

const { apply } = Reflect;

type Callback = (...args: unknown[]) => unknown;
type Start = (callback: Callback, ...rest: unknown[]) => Timer;

/** Makes callbacks work for the cell that handed them over, and its timers end with it when it is interrupted. */
export function followCallbacks(): void {
  replaceTimer('setTimeout', once);
  replaceTimer('setImmediate', start => once(inTick(start)));
  replaceTimer('setInterval', repeated);
  syncBuiltinESMExports();
  const { queueMicrotask } = globalThis;
  globalThis.queueMicrotask = callback => queueMicrotask(bound(callback));
  process.nextTick = (callback: Callback, ...args: unknown[]) => nextTick(bound(callback), ...args);
  const { prototype } = globalThis.Promise;
  const { then } = prototype;
  const followed = function (
    this: Promise<unknown>,
    fulfilled?: Callback | null,
    rejected?: Callback | null,
  ) {
    return apply(then, this, [bound(fulfilled), bound(rejected)]);
  };
  Object.defineProperty(followed, 'name', { value: 'then' });
  // biome-ignore lint/suspicious/noThenProperty: it is replaced, not invented.
  prototype.then = followed as typeof then;
}

/** What is no function is left to the original to refuse. */
function bound<T>(callback: T): T {
  return typeof callback === 'function' ? (bindToRun(callback as never) as T) : callback;
}

const once =
  (start: Start): Start =>
  (callback, ...rest) => {
    const run = currentRun();
    if (!run || typeof callback !== 'function') return start(callback, ...rest);
    const follow = bindToRun(callback);
    const timer = start(
      function (this: unknown, ...args) {
        run.timers.delete(timer);
        apply(follow, this, args);
      },
      ...rest,
    );
    run.timers.add(timer);
    // An interrupted cell starts nothing new, or a callback that sets its own timer would live for ever.
    if (run.interruption) stopTimer(run, timer);
    return timer;
  };

const { nextTick } = process;

/**
 * Up to Node 22, the queue of immediates is broken for ever where the second one of a turn is torn down: the process
 * spins. Between the immediates Node runs its ticks, in the same order, and does not mind when one of these is. It does
 * mind one that takes the next immediate away and throws: errors are told at once.
 */
const inTick =
  (start: Start): Start =>
  (callback, ...rest) => {
    if (typeof callback !== 'function') return start(callback, ...rest);
    return start(
      function (this: unknown, ...args) {
        nextTick(() => {
          try {
            apply(callback, this, args);
          } catch (error) {
            (process as NodeJS.EventEmitter).emit('uncaughtException', error, 'uncaughtException');
          }
        });
      },
      ...rest,
    );
  };

const repeated =
  (start: Start): Start =>
  (callback, ...rest) => {
    const run = currentRun();
    const timer = start(bound(callback), ...rest);
    run?.timers.add(timer);
    if (run?.interruption) stopTimer(run, timer);
    return timer;
  };

type Name = 'setTimeout' | 'setImmediate' | 'setInterval';

function replaceTimer(name: Name, follow: (start: Start) => Start): void {
  const original = globalThis[name] as unknown as Start;
  const replacement = follow(original);
  Object.defineProperty(replacement, 'name', { value: name });
  const promised = (original as { [promisify.custom]?: unknown })[promisify.custom];
  if (promised) Object.defineProperty(replacement, promisify.custom, { value: promised });
  Object.assign(globalThis, { [name]: replacement });
  Object.assign(timers, { [name]: replacement });
}
