import type { Tape } from './tape.ts';
import { shapeError, type Tensor } from './tensor.ts';

/**
 * The product of two matrices: each row of `a` with each column of `b`.
 *
 * out_ij = sum_t a_it b_tj
 * d loss / d a = d loss / d out b^T, d loss / d b = a^T d loss / d out
 *
 * @param tape records the way back
 * @param a a matrix (m,k)
 * @param b a matrix (k,n)
 * @returns a matrix (m,n)
 * @throws when the shapes do not fit
 *
 * @example
 * ```ts
 * const tape = new Tape()
 * const a = tape.tensorOf([1, 2], [3, 4])
 * const out = matmul(tape, a, tape.tensorOf([2, 1], [5, 6]))
 * Array.from(out.data) // => [39]
 * tape.backward(out)
 * Array.from(a.gradient) // => [5, 6]
 * ```
 */
export function matmul(tape: Tape, a: Tensor, b: Tensor): Tensor {
  const [m, k] = a.shape;
  const n = b.shape[1];
  if (a.shape.length !== 2 || b.shape.length !== 2 || b.shape[0] !== k) {
    throw shapeError('matmul', '(m,k) x (k,n)', [a, b], ' x ');
  }
  const out = tape.tensor(m, n);
  tape.kernels.matmul(a.data, b.data, out.data, m, k, n);
  tape.record(() => {
    tape.kernels.matmulTransposedB(out.gradient, b.data, a.gradient, m, n, k, tape.adds(a));
    tape.kernels.matmulTransposedA(a.data, out.gradient, b.gradient, m, k, n, tape.adds(b));
  }, out);
  return out;
}
