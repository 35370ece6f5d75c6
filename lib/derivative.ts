import type { Dataset } from './dataset.ts';
import { expectFinite, expectPoints } from './expect.ts';

/**
 * How far to go to each side for a difference: a power of two, so that `x + h` and `x - h` are exact for
 * ordinary x, near the cube root of the rounding error 2^-52, where rounding and curvature disturb least.
 */
const defaultStep = 2 ** -17;

/**
 * The slope of the straight line through two points of a curve: the mean rate of change between them.
 *
 * (f(x + h) - f(x)) / h
 *
 * @param f a function of one number
 * @param x where the secant begins
 * @param h distance to the second point, to the right (positive) or left (negative)
 * @throws when `h` is 0 or not finite
 *
 * @example
 * ```ts
 * secantSlope(a => 14 * (2 - a) ** 2, 1, 0.5) // => -21
 * ```
 */
export function secantSlope(f: (x: number) => number, x: number, h: number): number {
  expectStep('secantSlope', h);
  return (f(x + h) - f(x)) / h;
}

/**
 * The derivative of a function at one place, measured: the slope of the secant from h before to h behind it.
 *
 * (f(x + h) - f(x - h)) / (2 h)
 *
 * The error shrinks with h^2, until the rounding of f(x) takes over: a very small h is no better.
 *
 * @param f a function of one number
 * @param x where
 * @param h distance to either side
 * @throws when `h` is 0 or not finite
 *
 * Source: the lesson, 例子 - 损失函数与学习 (the loss function and learning): the derivative measures change.
 *
 * @example
 * ```ts
 * centralDifference(a => 14 * (2 - a) ** 2, 1) // => -28
 * ```
 */
export function centralDifference(f: (x: number) => number, x: number, h = defaultStep): number {
  expectStep('centralDifference', h);
  return (f(x + h) - f(x - h)) / (2 * h);
}

/**
 * The gradient of a function of many numbers, measured: for each of them the central difference
 * that is found when it alone is moved.
 *
 * gradient_i = (f(p with p_i + h) - f(p with p_i - h)) / (2 h)
 *
 * It asks f twice a parameter, so it is for checks: a formula gives all of them in one go.
 *
 * @param f a function of a parameter vector; it must not keep the vector it is given
 * @param parameters where; they stay as they are
 * @param h distance to either side
 * @returns one number a parameter
 * @throws when `h` is 0 or not finite
 *
 * @example
 * ```ts
 * numericalGradient(([a, b]) => a * a + 3 * b, [1, 5]) // => Float64Array.of(2, 3)
 * ```
 */
export function numericalGradient(
  f: (parameters: Float64Array) => number,
  parameters: ArrayLike<number>,
  h = defaultStep,
): Float64Array {
  expectStep('numericalGradient', h);
  const moved = Float64Array.from(parameters);
  return Float64Array.from(parameters, (value, i) => {
    moved[i] = value + h;
    const above = f(moved);
    moved[i] = value - h;
    const below = f(moved);
    moved[i] = value;
    return (above - below) / (2 * h);
  });
}

/**
 * The derivative of the lesson's loss of y = a x, worked out by hand.
 *
 * d loss / d a = 2 C a - 2 sum_i x_i y_i, with C = sum_i x_i^2
 *
 * For the lesson's points, y = 2x at x = 1, 2, 3, that is 28 a - 56.
 *
 * @param dataset the points
 * @param a the slope
 * @throws when there is no point
 *
 * Source: the lesson, 例子 - 损失函数与学习.
 *
 * @example
 * ```ts
 * const points = { inputs: Float64Array.of(1, 2, 3), targets: Float64Array.of(2, 4, 6) }
 * derivativeByHand(points, 1) // => -28
 * derivativeByHand(points, 2) // => 0
 * ```
 */
export function derivativeByHand(dataset: Dataset, a: number): number {
  expectPoints('derivativeByHand', dataset);
  const { inputs, targets } = dataset;
  let sumXX = 0;
  let sumXY = 0;
  for (let i = 0; i < inputs.length; i++) {
    sumXX += inputs[i] * inputs[i];
    sumXY += inputs[i] * targets[i];
  }
  return 2 * sumXX * a - 2 * sumXY;
}

function expectStep(caller: string, h: number): void {
  expectFinite(caller, 'h', h);
  if (h === 0) throw new RangeError(`${caller}: expected an h other than 0, got 0`);
}
