/**
 * Refuses a list that is no probability distribution, in words.
 *
 * Each number has to lie from 0 to 1, and together they have to make 1, up to rounding (one millionth).
 *
 * @param caller name of the function that was asked, first word of the message
 * @param what name of the distribution, as the caller's documentation has it
 * @param probabilities one number an outcome
 * @throws when there is no number, one is not from 0 to 1, or they do not sum to 1
 *
 * @example
 * ```ts
 * expectProbabilities('entropy', 'p', [0.25, 0.75]) // => undefined
 * ```
 */
export function expectProbabilities(caller: string, what: string, probabilities: ArrayLike<number>): void {
  if (probabilities.length === 0) {
    throw new RangeError(`${caller}: expected ${what} to have at least one probability, got none`);
  }
  let sum = 0;
  for (let i = 0; i < probabilities.length; i++) {
    const probability = probabilities[i];
    if (!(probability >= 0 && probability <= 1 + tolerance)) {
      throw new RangeError(`${caller}: expected ${what} to hold numbers from 0 to 1, got ${probability}`);
    }
    sum += probability;
  }
  if (Math.abs(sum - 1) > tolerance) {
    throw new RangeError(
      `${caller}: expected ${what} to sum to 1, got a sum of ${Number(sum.toPrecision(7))}`,
    );
  }
}

// Softmax in float32 over a hundred thousand tokens stays within it; a forgotten normalisation does not.
const tolerance = 1e-6;

/**
 * Refuses two distributions over different numbers of outcomes, and lists that are none, in words.
 *
 * @param caller name of the function that was asked
 * @param p one distribution
 * @param q another, over the same outcomes
 * @throws when either is no distribution or the lengths differ
 *
 * @example
 * ```ts
 * expectTwoDistributions('crossEntropy', [1, 0], [0.5, 0.5]) // => undefined
 * ```
 */
export function expectTwoDistributions(caller: string, p: ArrayLike<number>, q: ArrayLike<number>): void {
  if (p.length !== q.length) {
    throw new RangeError(
      `${caller}: expected p and q over the same outcomes, got ${p.length} and ${q.length} probabilities`,
    );
  }
  expectProbabilities(caller, 'p', p);
  expectProbabilities(caller, 'q', q);
}

/**
 * Refuses a label that names none of the outcomes, in words.
 *
 * @param caller name of the function that was asked
 * @param label index of the right outcome
 * @param size how many outcomes there are
 * @throws when `label` is no whole number from 0 to `size` - 1
 *
 * @example
 * ```ts
 * expectLabel('oneHot', 4, 6) // => undefined
 * ```
 */
export function expectLabel(caller: string, label: number, size: number): void {
  if (!Number.isInteger(label) || label < 0 || label >= size) {
    throw new RangeError(
      `${caller}: expected a label from 0 to ${size - 1} for ${size} outcomes, got ${label}`,
    );
  }
}
