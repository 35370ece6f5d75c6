/** The variable that holds the box of `name`. The number keeps it apart from what a learner calls `$$name`. */
export const boxVariable = (name: string) => `$$1${name}`;

/** Names by which rewritten code reaches the runtime, taken from its context object. */
export function runtimeBindings(context: string): string[] {
  return ['now', 'after', 'each', 'import', 'meta'].map(name => `$$0${name} = ${context}.${name}`);
}
