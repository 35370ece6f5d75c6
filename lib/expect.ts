import type { Dataset } from './dataset.ts';

/**
 * Refuses two vectors of different length, in words.
 *
 * @param caller name of the function that was asked, first word of the message
 * @param outputs what the model gave, one number a point
 * @param targets what the data says, one number a point
 * @throws when the lengths differ or both vectors are empty
 *
 * @example
 * ```ts
 * expectPairs('loss', [1, 2], [3, 4]) // => undefined
 * ```
 */
export function expectPairs(caller: string, outputs: ArrayLike<number>, targets: ArrayLike<number>): void {
  if (outputs.length !== targets.length) {
    throw new RangeError(
      `${caller}: expected outputs and targets of the same length, got ${outputs.length} and ${targets.length}`,
    );
  }
  if (outputs.length === 0) {
    throw new RangeError(`${caller}: expected at least one output and target, got none`);
  }
}

/**
 * Refuses a number that is NaN or infinite, in words.
 *
 * @param caller name of the function that was asked
 * @param what name of the number, as the caller's documentation has it
 * @throws when `value` is not finite
 *
 * @example
 * ```ts
 * expectFinite('pointsOnLine', 'slope', 2) // => undefined
 * ```
 */
export function expectFinite(caller: string, what: string, value: number): void {
  if (!Number.isFinite(value)) {
    throw new RangeError(`${caller}: expected a finite ${what}, got ${value}`);
  }
}

/**
 * Refuses a count that is not a whole number between two bounds, in words.
 *
 * @param caller name of the function that was asked
 * @param what name of the count
 * @param value the count
 * @param from smallest count allowed
 * @param to largest count allowed
 * @throws when `value` is no whole number from `from` to `to`
 *
 * @example
 * ```ts
 * expectCount('permutation', 'size', 3, 0) // => undefined
 * ```
 */
export function expectCount(
  caller: string,
  what: string,
  value: number,
  from: number,
  to = Number.MAX_SAFE_INTEGER,
): void {
  if (!Number.isInteger(value) || value < from || value > to) {
    const bounds = to === Number.MAX_SAFE_INTEGER ? `${from} or more` : `${from} to ${to}`;
    throw new RangeError(`${caller}: expected ${what} to be a whole number, ${bounds}, got ${value}`);
  }
}

/**
 * Refuses a dataset without points, or with an input and no target (or the reverse), in words.
 *
 * @param caller name of the function that was asked
 * @param dataset the points
 * @throws when there is no point or the lengths differ
 *
 * @example
 * ```ts
 * expectPoints('lossCoefficients', { inputs: Float64Array.of(1), targets: Float64Array.of(2) }) // => undefined
 * ```
 */
export function expectPoints(caller: string, dataset: Dataset): void {
  const { inputs, targets } = dataset;
  if (inputs.length !== targets.length) {
    throw new RangeError(
      `${caller}: expected as many inputs as targets, got ${inputs.length} and ${targets.length}`,
    );
  }
  if (inputs.length === 0) throw new RangeError(`${caller}: expected at least one point, got none`);
}

/**
 * Refuses another number of parameters than a model has, in words.
 *
 * @param caller name of the function that was asked
 * @param parameters what it was given
 * @param count how many it has
 * @throws when there are more or fewer
 *
 * @example
 * ```ts
 * expectParameters('lineThroughOrigin', [2], 1) // => undefined
 * ```
 */
export function expectParameters(caller: string, parameters: ArrayLike<number>, count: number): void {
  if (parameters.length !== count) {
    throw new RangeError(
      `${caller}: expected ${count} ${count === 1 ? 'parameter' : 'parameters'}, got ${parameters.length}`,
    );
  }
}

/**
 * Refuses a number that is not a part of a whole: 0 or more, below 1.
 *
 * @param caller name of the function that was asked
 * @param what name of the number
 * @param value the number
 * @throws when `value` is not from 0 to below 1
 *
 * @example
 * ```ts
 * expectFraction('momentum', 'decay', 0.9) // => undefined
 * ```
 */
export function expectFraction(caller: string, what: string, value: number): void {
  if (!(value >= 0 && value < 1)) {
    throw new RangeError(`${caller}: expected ${what} from 0 to below 1, got ${value}`);
  }
}
