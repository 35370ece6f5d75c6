import type { Dataset } from './dataset.ts';
import { expectPairs, expectParameters, expectPoints } from './expect.ts';

/** How wrong a model is, and how that changes with each of its parameters (one number a parameter). */
export interface LossAndGradient {
  readonly loss: number;
  readonly gradient: Float64Array | Float32Array;
}

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

/**
 * The lesson's loss of the line y = a x on some points, with its derivative.
 *
 * loss = sum_i (y_i - a x_i)^2, d loss / d a = -2 sum_i x_i (y_i - a x_i)
 *
 * @param parameters the slope: [a]
 * @param batch the points
 * @returns the loss, and a gradient of one number
 * @throws when there is not exactly one parameter or no point
 *
 * Source: the lesson, 例子 - 损失函数与学习.
 *
 * @example
 * ```ts
 * const points = { inputs: Float64Array.of(1, 2, 3), targets: Float64Array.of(2, 4, 6) }
 * lossOfLineThroughOrigin([1], points) // => { loss: 14, gradient: Float64Array.of(-28) }
 * ```
 */
export function lossOfLineThroughOrigin(parameters: ArrayLike<number>, batch: Dataset): LossAndGradient {
  expectParameters('lossOfLineThroughOrigin', parameters, 1);
  expectPoints('lossOfLineThroughOrigin', batch);
  const { inputs, targets } = batch;
  const a = parameters[0];
  const odd = inputs.length % 2;
  const first = odd ? targets[0] - a * inputs[0] : 0;
  let loss = first * first;
  let byA = odd ? first * inputs[0] : 0;
  // Two points a round, each with sums of its own: an addition need not wait for the one before it.
  let lossOfNext = 0;
  let byAOfNext = 0;
  for (let i = odd; i < inputs.length; i += 2) {
    const residual = targets[i] - a * inputs[i];
    const next = targets[i + 1] - a * inputs[i + 1];
    loss += residual * residual;
    byA += residual * inputs[i];
    lossOfNext += next * next;
    byAOfNext += next * inputs[i + 1];
  }
  return { loss: loss + lossOfNext, gradient: Float64Array.of(-2 * (byA + byAOfNext)) };
}

/**
 * The lesson's loss of the line y = a x + b on some points, with its gradient.
 *
 * loss = sum_i r_i^2, d loss / d a = -2 sum_i x_i r_i, d loss / d b = -2 sum_i r_i,
 * with the residuals r_i = y_i - (a x_i + b)
 *
 * @param parameters slope and intercept: [a, b]
 * @param batch the points
 * @returns the loss, and a gradient of two numbers
 * @throws when there are not exactly two parameters or no point
 *
 * Source: the lesson, 例子 - 小批量学习.
 *
 * @example
 * ```ts
 * const points = { inputs: Float64Array.of(1, 2, 3), targets: Float64Array.of(2, 4, 6) }
 * lossOfStraightLine([1, 0], points) // => { loss: 14, gradient: Float64Array.of(-28, -12) }
 * ```
 */
export function lossOfStraightLine(parameters: ArrayLike<number>, batch: Dataset): LossAndGradient {
  expectParameters('lossOfStraightLine', parameters, 2);
  expectPoints('lossOfStraightLine', batch);
  const { inputs, targets } = batch;
  const a = parameters[0];
  const b = parameters[1];
  let loss = 0;
  let byA = 0;
  let byB = 0;
  for (let i = 0; i < inputs.length; i++) {
    const residual = targets[i] - (a * inputs[i] + b);
    loss += residual * residual;
    byA += residual * inputs[i];
    byB += residual;
  }
  return { loss, gradient: Float64Array.of(-2 * byA, -2 * byB) };
}

/**
 * The same loss for an average point: loss and gradient divided by the number of points.
 *
 * A sum grows with the batch and asks for another learning rate for each size; a mean does not.
 *
 * @param lossAndGradient a loss that adds up over the points of its batch
 * @returns a loss that can be compared from batch to batch
 *
 * @example
 * ```ts
 * const points = { inputs: Float64Array.of(1, 2), targets: Float64Array.of(2, 4) }
 * meanOf(lossOfLineThroughOrigin)([1], points) // => { loss: 2.5, gradient: Float64Array.of(-5) }
 * ```
 */
export function meanOf<Parameters>(
  lossAndGradient: (parameters: Parameters, batch: Dataset) => LossAndGradient,
): (parameters: Parameters, batch: Dataset) => LossAndGradient {
  return (parameters, batch) => {
    const { loss, gradient } = lossAndGradient(parameters, batch);
    const count = batch.inputs.length;
    return { loss: loss / count, gradient: gradient.map(part => part / count) };
  };
}
