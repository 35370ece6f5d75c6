import { expectCount } from './expect.ts';

/**
 * How far a long run has come, in words, and how long it will still take if it goes on as before.
 *
 * No time is named at the beginning, when nothing is known, and at the end: the last words of a run are the
 * same on every machine.
 *
 * @param step steps made
 * @param steps steps to make
 * @param seconds how long the made ones took
 * @throws when `step` is not a whole number from 0 to `steps`
 *
 * @example
 * ```ts
 * progress(300, 800, 7.2) // => 'step 300 of 800, about 12 s left'
 * progress(800, 800, 19.5) // => 'step 800 of 800'
 * ```
 */
export function progress(step: number, steps: number, seconds: number): string {
  expectCount('progress', 'step', step, 0, steps);
  const made = `step ${step} of ${steps}`;
  if (step === 0 || step === steps) return made;
  return `${made}, about ${Math.ceil((seconds / step) * (steps - step))} s left`;
}
