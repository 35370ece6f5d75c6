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

/**
 * Errors outside a running cell, which end a process that does not listen. A listener could be taken away, as by
 * `process.removeAllListeners()`.
 */
export function hearStrayErrors(report: (thrown: unknown, isRejection: boolean) => void): void {
  const { emit } = process as unknown as { emit(name: string, ...args: unknown[]): boolean };
  Object.assign(process, {
    emit(name: string, ...args: unknown[]): boolean {
      const isStray = name === 'uncaughtException' || name === 'unhandledRejection';
      if (isStray) report(args[0], name === 'unhandledRejection');
      return Reflect.apply(emit, process, [name, ...args]) || isStray;
    },
  });
}
