import type { Tape } from './tape.ts';
import { shapeError, type Tensor } from './tensor.ts';

/**
 * A layer as the lesson's line has it, y = x W + b, for each row x: `matmul` and `addBias` in one, which
 * spares a tensor.
 *
 * out_ij = sum_t x_it W_tj + b_j
 * d loss / d x = d loss / d out W^T, d loss / d W = x^T d loss / d out,
 * d loss / d b = the sum of the rows of d loss / d out
 *
 * @param tape records the way back
 * @param x rows (m,k)
 * @param weight W, (k,n)
 * @param bias b, (n)
 * @returns rows (m,n)
 * @throws when the shapes do not fit
 *
 * @example
 * ```ts
 * const tape = new Tape()
 * const x = tape.tensorOf([1, 1], [3])
 * const out = linear(tape, x, tape.tensorOf([1, 1], [2]), tape.tensorOf([1], [1]))
 * Array.from(out.data) // => [7]
 * tape.backward(out)
 * Array.from(x.gradient) // => [2]
 * ```
 */
export function linear(tape: Tape, x: Tensor, weight: Tensor, bias: Tensor): Tensor {
  const [m, k] = x.shape;
  const n = weight.shape[1];
  const fits = x.shape.length === 2 && weight.shape.length === 2 && bias.shape.length === 1;
  if (!fits || weight.shape[0] !== k || bias.shape[0] !== n) {
    throw shapeError('linear', '(m,k) x (k,n) + (n)', [x, weight, bias]);
  }
  const out = tape.tensor(m, n);
  tape.kernels.linear(x.data, weight.data, bias.data, out.data, m, k, n);
  tape.record(() => {
    tape.kernels.matmulTransposedB(out.gradient, weight.data, x.gradient, m, n, k, tape.adds(x));
    tape.kernels.matmulTransposedA(x.data, out.gradient, weight.gradient, m, k, n, tape.adds(weight));
    tape.kernels.sumRows(out.gradient, tape.gradientOf(bias), m, n);
  }, out);
  return out;
}
