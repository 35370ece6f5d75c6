import type { Dataset } from './dataset.ts';
import { expectPoints } from './expect.ts';

/** A parabola y = A a^2 + B a + C: opens upwards where A is above 0. */
export interface Parabola {
  readonly A: number;
  readonly B: number;
  readonly C: number;
}

/**
 * The loss of y = a x, expanded: the three coefficients of the parabola it is.
 *
 * sum_i (y_i - a x_i)^2 = A a^2 + B a + C, with A = sum x_i^2, B = -2 sum x_i y_i, C = sum y_i^2
 *
 * @param dataset the points
 * @throws when there is no point
 *
 * Source: the lesson, 例子 - 建模与误差: the expansion of the loss, its last line.
 *
 * @example
 * ```ts
 * const points = { inputs: Float64Array.of(1, 2, 3), targets: Float64Array.of(2, 4, 6) }
 * lossCoefficients(points) // => { A: 14, B: -56, C: 56 }
 * ```
 */
export function lossCoefficients(dataset: Dataset): Parabola {
  expectPoints('lossCoefficients', dataset);
  const { inputs, targets } = dataset;
  let A = 0;
  let B = 0;
  let C = 0;
  for (let i = 0; i < inputs.length; i++) {
    A += inputs[i] * inputs[i];
    B -= 2 * inputs[i] * targets[i];
    C += targets[i] * targets[i];
  }
  return { A, B, C };
}

/**
 * The height of a parabola at one place.
 *
 * @param parabola its coefficients
 * @param a the place
 *
 * @example
 * ```ts
 * heightAt({ A: 14, B: -56, C: 56 }, 1) // => 14
 * ```
 */
export function heightAt({ A, B, C }: Parabola, a: number): number {
  return (A * a + B) * a + C;
}

/**
 * The lowest point of a parabola that opens upwards.
 *
 * a = -B / (2 A), loss = C - B^2 / (4 A)
 *
 * @param parabola its coefficients
 * @throws when A is not above 0: such a parabola has no lowest point
 *
 * @example
 * ```ts
 * vertexOf({ A: 14, B: -56, C: 56 }) // => { a: 2, loss: 0 }
 * ```
 */
export function vertexOf({ A, B, C }: Parabola): { a: number; loss: number } {
  if (!(A > 0)) {
    throw new RangeError(`vertexOf: expected A above 0, so that there is a lowest point, got ${A}`);
  }
  return { a: -B / (2 * A), loss: C - (B * B) / (4 * A) };
}
