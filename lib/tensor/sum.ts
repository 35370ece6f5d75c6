import type { Tape } from './tape.ts';
import type { Tensor } from './tensor.ts';

/**
 * All numbers of a tensor, added.
 *
 * out = sum_i x_i, d loss / d x_i = d loss / d out
 *
 * @param tape records the way back
 * @param x any tensor
 * @returns one number, (1)
 *
 * @example
 * ```ts
 * const tape = new Tape()
 * const x = tape.tensorOf([3], [1, 2, 3])
 * const out = sum(tape, x)
 * Array.from(out.data) // => [6]
 * tape.backward(out)
 * Array.from(x.gradient) // => [1, 1, 1]
 * ```
 */
export function sum(tape: Tape, x: Tensor): Tensor {
  const out = tape.tensor(1);
  let total = 0;
  for (let i = 0; i < x.data.length; i++) total += x.data[i];
  out.data[0] = total;
  tape.record(() => {
    const gradient = tape.gradientOf(x);
    for (let i = 0; i < gradient.length; i++) gradient[i] += out.gradient[0];
  }, out);
  return out;
}
