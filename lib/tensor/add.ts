import type { Floats } from './kernels.ts';
import type { Tape } from './tape.ts';
import { shapeError, shapeText, type Tensor } from './tensor.ts';

/**
 * The sum of two tensors, number by number.
 *
 * out = a + b, d loss / d a = d loss / d b = d loss / d out
 *
 * @param tape records the way back
 * @param a any tensor
 * @param b a tensor of the same shape
 * @throws when the shapes differ
 *
 * @example
 * ```ts
 * const tape = new Tape()
 * const a = tape.tensorOf([1], [3])
 * const out = add(tape, a, a)
 * Array.from(out.data) // => [6]
 * tape.backward(out)
 * Array.from(a.gradient) // => [2]
 * ```
 */
export function add(tape: Tape, a: Tensor, b: Tensor): Tensor {
  if (shapeText(a.shape) !== shapeText(b.shape)) throw shapeError('add', 'two of one shape', [a, b]);
  const out = tape.tensor(...a.shape);
  tape.kernels.add(a.data, b.data, out.data);
  tape.record(() => {
    addGradient(tape, a, out.gradient);
    addGradient(tape, b, out.gradient);
  }, out);
  return out;
}

/**
 * A row added to each row of a matrix.
 *
 * out_ij = x_ij + b_j, d loss / d x = d loss / d out, d loss / d b_j = sum_i d loss / d out_ij
 *
 * @param tape records the way back
 * @param x rows (m,n)
 * @param bias b, (n)
 * @throws when the shapes do not fit
 *
 * @example
 * ```ts
 * const tape = new Tape()
 * const x = tape.tensorOf([2, 1], [10, 20])
 * Array.from(addBias(tape, x, tape.tensorOf([1], [3])).data) // => [13, 23]
 * ```
 */
export function addBias(tape: Tape, x: Tensor, bias: Tensor): Tensor {
  const [m, n] = x.shape;
  if (x.shape.length !== 2 || bias.shape.length !== 1 || bias.shape[0] !== n) {
    throw shapeError('addBias', '(m,n) and (n)', [x, bias]);
  }
  const out = tape.tensor(m, n);
  tape.kernels.addRow(x.data, bias.data, out.data, m, n);
  tape.record(() => {
    addGradient(tape, x, out.gradient);
    tape.kernels.sumRows(out.gradient, tape.gradientOf(bias), m, n);
  }, out);
  return out;
}

/**
 * Adds a derivative to the gradient of a tensor, number by number.
 *
 * @param tape knows whether there is something in it already
 * @param x the tensor
 * @param gradient as many numbers
 *
 * @example
 * ```ts
 * const tape = new Tape()
 * const [x, share] = [[0, 0], [1, 2]].map(numbers => tape.tensorOf([2], numbers))
 * addGradient(tape, x, share.data)
 * addGradient(tape, x, share.data)
 * Array.from(x.gradient) // => [2, 4]
 * ```
 */
export function addGradient(tape: Tape, x: Tensor, gradient: Floats): void {
  if (tape.adds(x)) tape.kernels.add(x.gradient, gradient, x.gradient);
  else x.gradient.set(gradient);
}
