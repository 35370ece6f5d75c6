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
