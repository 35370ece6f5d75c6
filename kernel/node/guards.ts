import { unwinding } from './async-stack.ts';

/** Refuses what would end the kernel under the learner's hands. Gives the way out that is left to the kernel. */
export function refuseExit(): (code: number) => never {
  const { exit, reallyExit } = process as typeof process & { reallyExit: unknown };
  const refuse = (what: string) => () => {
    throw new Error(
      `${what} is refused in a notebook, it would lose every variable: restart the kernel instead`,
    );
  };
  const names = ['exit', 'reallyExit', 'abort'];
  Object.assign(process, Object.fromEntries(names.map(name => [name, refuse(`process.${name}()`)])));
  return code => {
    Object.assign(process, { reallyExit });
    return Reflect.apply(exit, process, [code]);
  };
}

/** What keeps the kernel itself going is not the learner's to close. */
export function hideHandles(): void {
  const node = process as typeof process & { _getActiveHandles(): object[] };
  const { _getActiveHandles } = node;
  const own = new Set(Reflect.apply(_getActiveHandles, node, []));
  node._getActiveHandles = () =>
    Reflect.apply(_getActiveHandles, node, []).filter(handle => !own.has(handle));
}

type Emit = (name: string, ...args: unknown[]) => boolean;

/**
 * Errors outside a running cell, which end a process that does not listen. A listener could be taken away, as by
 * `process.removeAllListeners()`, and what it throws ends the process too.
 */
export function hearStrayErrors(report: (thrown: unknown, isRejection: boolean) => void): void {
  let emit = process.emit as Emit;
  const heard: Emit = (name, ...args) => {
    const pass = () => Reflect.apply(emit, process, [name, ...args]);
    if (!/^(uncaughtException|unhandledRejection)/.test(name)) return pass();
    if (args[0] === unwinding) return true;
    const isMonitor = name === 'uncaughtExceptionMonitor';
    if (!isMonitor) report(args[0], name === 'unhandledRejection');
    try {
      return pass() || !isMonitor;
    } catch (error) {
      report(error, false);
      return true;
    }
  };
  Object.defineProperty(process, 'emit', {
    get: () => heard,
    set: replaced => {
      emit = replaced;
    },
    configurable: true,
    enumerable: true,
  });
  const capture = process.setUncaughtExceptionCaptureCallback;
  process.setUncaughtExceptionCaptureCallback = captured => {
    if (typeof captured !== 'function') return capture(captured);
    capture(error => {
      try {
        if (error !== unwinding) captured(error);
      } catch (thrown) {
        report(thrown, false);
      }
    });
  };
}
