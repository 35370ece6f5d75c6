import type { Tape } from './tape.ts';
import { shapeError, type Tensor } from './tensor.ts';

/**
 * Each row moved and stretched to mean 0 and variance 1, then by `gain` and `bias` to whatever training likes
 * better. It keeps the numbers of deep models in bounds.
 *
 * out_j = gain_j n_j + bias_j with n_j = (x_j - mean) / sqrt(variance + 1e-5), over the n numbers of a row
 * d loss / d x = (g - mean(g) - n mean(g n)) / sqrt(variance + 1e-5) with g = gain d loss / d out,
 * d loss / d gain = sum over the rows of n d loss / d out, d loss / d bias = sum of d loss / d out
 *
 * @param tape records the way back
 * @param x rows (m,n)
 * @param gain one number a column, (n)
 * @param bias one number a column, (n)
 * @throws when the shapes do not fit
 *
 * Source: J. L. Ba, J. R. Kiros and G. E. Hinton, "Layer normalization" (2016).
 *
 * @example
 * ```ts
 * const tape = new Tape()
 * const out = layerNorm(tape, tape.tensorOf([1, 2], [1, 3]), tape.tensorOf([2], [1, 1]), tape.tensorOf([2], [0, 5]))
 * Array.from(out.data, y => y.toFixed(2)) // => ['-1.00', '6.00']
 * ```
 */
export function layerNorm(tape: Tape, x: Tensor, gain: Tensor, bias: Tensor): Tensor {
  const [m, n] = x.shape;
  const fits = x.shape.length === 2 && gain.shape.length === 1 && bias.shape.length === 1;
  if (!fits || gain.shape[0] !== n || bias.shape[0] !== n) {
    throw shapeError('layerNorm', '(m,n) and (n) and (n)', [x, gain, bias]);
  }
  const out = tape.tensor(m, n);
  const statistics = tape.arena.floats(2 * m);
  tape.kernels.layerNorm(x.data, gain.data, bias.data, out.data, statistics, m, n);
  tape.record(
    () =>
      tape.kernels.layerNormBack(
        x.data,
        gain.data,
        statistics,
        out.gradient,
        tape.gradientOf(x),
        tape.gradientOf(gain),
        tape.gradientOf(bias),
        m,
        n,
      ),
    out,
  );
  return out;
}
