import { expectPairs } from './expect.ts';

/**
 * How far each point lies above the model (negative: below it).
 *
 * r_i = y_i(data) - y_i(model)
 *
 * @param outputs what the model gave, one number a point
 * @param targets what the data says, one number a point
 * @returns one residual a point, in the unit of y
 * @throws when the lengths differ or there is no point
 *
 * Source: the lesson, 例子 - 建模与误差: the dashed segments.
 *
 * @example
 * ```ts
 * residuals([1, 2, 3], [2, 4, 6]) // => Float64Array.of(1, 2, 3)
 * ```
 */
export function residuals(outputs: ArrayLike<number>, targets: ArrayLike<number>): Float64Array {
  expectPairs('residuals', outputs, targets);
  return Float64Array.from(outputs, (output, i) => targets[i] - output);
}

/**
 * The lesson's loss: the squared lengths of all residuals, added.
 *
 * loss = sum_i (y_i(data) - y_i(model))^2
 *
 * @param outputs what the model gave, one number a point
 * @param targets what the data says, one number a point
 * @returns 0 where every point is met, otherwise more; in the unit of y, squared
 * @throws when the lengths differ or there is no point
 *
 * Source: the lesson, 例子 - 建模与误差.
 *
 * @example
 * ```ts
 * sumSquaredError([1, 2, 3], [2, 4, 6]) // => 14
 * ```
 */
export function sumSquaredError(outputs: ArrayLike<number>, targets: ArrayLike<number>): number {
  expectPairs('sumSquaredError', outputs, targets);
  let sum = 0;
  for (let i = 0; i < outputs.length; i++) sum += (targets[i] - outputs[i]) ** 2;
  return sum;
}

/**
 * The squared residual of an average point, so that datasets of different size can be compared.
 *
 * loss = (1 / n) sum_i (y_i(data) - y_i(model))^2
 *
 * @param outputs what the model gave, one number a point
 * @param targets what the data says, one number a point
 * @returns in the unit of y, squared
 * @throws when the lengths differ or there is no point
 *
 * @example
 * ```ts
 * meanSquaredError([1, 2, 3, 4], [2, 4, 6, 8]) // => 7.5
 * ```
 */
export function meanSquaredError(outputs: ArrayLike<number>, targets: ArrayLike<number>): number {
  expectPairs('meanSquaredError', outputs, targets);
  return sumSquaredError(outputs, targets) / outputs.length;
}

/**
 * The lengths of all residuals, added: never negative, but with a kink where a residual changes its sign.
 *
 * loss = sum_i |y_i(data) - y_i(model)|
 *
 * @param outputs what the model gave, one number a point
 * @param targets what the data says, one number a point
 * @returns in the unit of y
 * @throws when the lengths differ or there is no point
 *
 * @example
 * ```ts
 * sumAbsoluteError([4, 4, 4], [2, 4, 6]) // => 4
 * ```
 */
export function sumAbsoluteError(outputs: ArrayLike<number>, targets: ArrayLike<number>): number {
  expectPairs('sumAbsoluteError', outputs, targets);
  let sum = 0;
  for (let i = 0; i < outputs.length; i++) sum += Math.abs(targets[i] - outputs[i]);
  return sum;
}

/**
 * All residuals, added with their signs: no good as a loss, since errors up and errors down cancel.
 *
 * sum_i (y_i(data) - y_i(model))
 *
 * @param outputs what the model gave, one number a point
 * @param targets what the data says, one number a point
 * @returns in the unit of y, of either sign
 * @throws when the lengths differ or there is no point
 *
 * @example
 * ```ts
 * sumError([4, 4, 4], [2, 4, 6]) // => 0
 * ```
 */
export function sumError(outputs: ArrayLike<number>, targets: ArrayLike<number>): number {
  expectPairs('sumError', outputs, targets);
  let sum = 0;
  for (let i = 0; i < outputs.length; i++) sum += targets[i] - outputs[i];
  return sum;
}
