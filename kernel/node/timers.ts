import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers';
import { promisify } from 'node:util';
import { runs } from './runs.ts';

type Callback = (...args: unknown[]) => void;
type Timer = NodeJS.Timeout | NodeJS.Immediate;
type Start = (callback: Callback, ...rest: unknown[]) => Timer;

/** Makes timers known to the cell that starts them: an interrupt of that cell ends them with it. */
export function watchTimers(): void {
  const once = (start: Start): Start =>
    function (callback, ...rest) {
      const run = runs.getStore();
      if (!run || typeof callback !== 'function') return start(callback, ...rest);
      const timer = start(function (this: unknown, ...args) {
        run.timers.delete(timer);
        callback.apply(this, args);
      }, ...rest);
      run.timers.add(timer);
      return timer;
    };
  const repeated = (start: Start): Start =>
    function (callback, ...rest) {
      const timer = start(callback, ...rest);
      runs.getStore()?.timers.add(timer);
      return timer;
    };
  replace('setTimeout', once);
  replace('setImmediate', once);
  replace('setInterval', repeated);
  syncBuiltinESMExports();
}

type Name = 'setTimeout' | 'setImmediate' | 'setInterval';

function replace(name: Name, watched: (start: Start) => Start): void {
  const original = globalThis[name] as unknown as Start;
  const replacement = watched(original);
  Object.defineProperty(replacement, 'name', { value: name });
  const promised = (original as { [promisify.custom]?: unknown })[promisify.custom];
  if (promised) Object.defineProperty(replacement, promisify.custom, { value: promised });
  Object.assign(globalThis, { [name]: replacement });
  Object.assign(timers, { [name]: replacement });
}
