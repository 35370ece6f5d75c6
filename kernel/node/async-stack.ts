import { createHook } from 'node:async_hooks';
import type { Session } from 'node:inspector';

/** The function by which the protocol's thread reaches the main thread while that is busy. */
const name = Symbol.for('tslab.tear');
/** The longest that the main thread waits for its end, in milliseconds. */
const patience = 100;

/** Node's own names. */
interface Internals {
  binding(name: string): { clearAsyncIdStack(): void };
  _fatalException(error: Error): boolean;
}

/** Told as an error that nobody caught, of which nobody hears. */
export const unwinding = new Error('code is torn down');

/**
 * Where async hooks are in use, as by `AsyncLocalStorage` up to Node 22, Node notes on a stack what is at work. Code
 * that is torn down leaves its notes there, and Node ends the process when it finds them. So the stack is emptied
 * first, as Node does for an error that nobody catches. `tearing` turns 1 when the order to tear down has been given:
 * no code may run in between. `hooked` turns 1 with the first hook. Before that the notes do no harm yet: gives what
 * empties the stack afterwards.
 */
export function clearAsyncStackWhenTorn(tearing: Int32Array, hooked: Int32Array): () => void {
  const clear = findClear();
  const tear = () => {
    // No `Atomics.wait`: it may be one of these that is interrupted, and V8 does not outlive another within it.
    for (const end = Date.now() + patience; Atomics.load(tearing, 0) === 0 && Date.now() < end; );
    clear();
  };
  Object.defineProperty(globalThis, name, { value: tear });
  const hooks = Object.getPrototypeOf(createHook({}));
  const { enable } = hooks;
  hooks.enable = function (this: unknown) {
    Atomics.store(hooked, 0, 1);
    return Reflect.apply(enable, this, []);
  };
  return clear;
}

/** Before the order to tear down what runs in the main thread. */
export function clearAsyncStack(session: Session, hooked: Int32Array): void {
  if (Atomics.load(hooked, 0) === 1) session.post('Runtime.evaluate', { expression });
}

const expression = `globalThis[Symbol.for('${name.description}')]()`;

/** From Node 24 on, only Node itself can, and does so when an error has been handled. */
function findClear(): () => void {
  const internals = process as NodeJS.Process & Internals;
  const { binding, _fatalException, noDeprecation } = internals;
  process.noDeprecation = true;
  try {
    return Reflect.apply(binding, process, ['async_wrap']).clearAsyncIdStack;
  } catch {
    return () => _fatalException(unwinding);
  } finally {
    process.noDeprecation = noDeprecation;
  }
}
