/** Refuses what would end the kernel under the learner's hands. */
export function refuseExit(): void {
  const refuse = (what: string) => () => {
    throw new Error(
      `${what} is refused in a notebook, it would lose every variable: restart the kernel instead`,
    );
  };
  process.exit = refuse('process.exit()') as typeof process.exit;
  process.abort = refuse('process.abort()') as typeof process.abort;
}
