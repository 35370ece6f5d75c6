import type { Floats } from './kernels.ts';

/**
 * Numbers in rows and columns (or in more or fewer dimensions), row after row in one flat array, and beside
 * each of them room for the derivative of the loss by it.
 */
export interface Tensor {
  /** How many numbers in each dimension: (rows, columns) of a matrix. */
  readonly shape: readonly number[];
  readonly data: Floats;
  /** d loss / d data, number by number, once `backward` has been here. */
  readonly gradient: Floats;
}

/**
 * How many numbers a shape holds: the product of its dimensions.
 *
 * @param shape the dimensions, each a whole number, 1 or more
 * @throws when a dimension is anything else
 *
 * @example
 * ```ts
 * numbersIn([8, 64]) // => 512
 * numbersIn([]) // => 1
 * ```
 */
export function numbersIn(shape: readonly number[]): number {
  let count = 1;
  for (const size of shape) {
    if (!Number.isInteger(size) || size < 1) {
      throw new RangeError(`numbersIn: expected dimensions of 1 or more, got ${shapeText(shape)}`);
    }
    count *= size;
  }
  return count;
}

/**
 * A shape as it is written in messages.
 *
 * @param shape the dimensions
 *
 * @example
 * ```ts
 * shapeText([8, 64]) // => '(8,64)'
 * ```
 */
export function shapeText(shape: readonly number[]): string {
  return `(${shape.join(',')})`;
}

/**
 * What an operation says when its tensors do not fit together.
 *
 * @param caller name of the operation, first word of the message
 * @param expected shapes with letters for sizes, as the operation's documentation has them
 * @param tensors what it was given
 * @param between what stands between two shapes
 *
 * @example
 * ```ts
 * shapeError('sum', '(n)', [{ shape: [2, 3] }]).message // => 'sum: expected (n), got (2,3)'
 * ```
 */
export function shapeError(
  caller: string,
  expected: string,
  tensors: readonly Pick<Tensor, 'shape'>[],
  between = ' and ',
): RangeError {
  const got = tensors.map(({ shape }) => shapeText(shape)).join(between);
  return new RangeError(`${caller}: expected ${expected}, got ${got}`);
}

/**
 * The same numbers under another shape; nothing is copied, and the derivatives are shared as well.
 *
 * @param x any tensor
 * @param shape dimensions that hold as many numbers
 * @throws when they hold more or fewer
 *
 * @example
 * ```ts
 * const x = { shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6), gradient: new Float32Array(6) }
 * reshape(x, 3, 2).shape // => [3, 2]
 * reshape(x, 6).data === x.data // => true
 * ```
 */
export function reshape(x: Tensor, ...shape: number[]): Tensor {
  if (numbersIn(shape) !== x.data.length) {
    throw new RangeError(
      `reshape: expected a shape of ${x.data.length} numbers for ${shapeText(x.shape)}, got ${shapeText(shape)}`,
    );
  }
  return { shape, data: x.data, gradient: x.gradient };
}
