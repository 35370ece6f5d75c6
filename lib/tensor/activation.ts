import type { Tape } from './tape.ts';
import type { Tensor } from './tensor.ts';

/**
 * The hyperbolic tangent of each number: nearly x for small x, never beyond -1 and 1. Two layers with nothing
 * bent between them would be one layer.
 *
 * out = tanh(x), d loss / d x = d loss / d out (1 - out^2)
 *
 * @param tape records the way back
 * @param x any tensor
 *
 * @example
 * ```ts
 * const tape = new Tape()
 * const x = tape.tensorOf([1], [0])
 * const out = tanh(tape, x)
 * Array.from(out.data) // => [0]
 * tape.backward(out)
 * Array.from(x.gradient) // => [1]
 * ```
 */
export function tanh(tape: Tape, x: Tensor): Tensor {
  const out = tape.tensor(...x.shape);
  tape.kernels.tanh(x.data, out.data);
  tape.record(() => tape.kernels.tanhBack(out.data, out.gradient, x.gradient, tape.adds(x)), out);
  return out;
}

/**
 * GELU of each number: x itself where x is large, 0 where it is very negative, smooth between.
 *
 * out = x/2 (1 + t) with t = tanh(c (x + 0.044715 x^3)), c = sqrt(2 / pi)
 * d loss / d x = d loss / d out (1 + t + x (1 - t^2) c (1 + 3 0.044715 x^2)) / 2
 *
 * @param tape records the way back
 * @param x any tensor
 *
 * Source: D. Hendrycks and K. Gimpel, "Gaussian error linear units" (2016), in the form with tanh that GPT-2 has.
 *
 * @example
 * ```ts
 * const tape = new Tape()
 * const out = gelu(tape, tape.tensorOf([3], [-1, 0, 1]))
 * Array.from(out.data, y => y.toFixed(4)) // => ['-0.1588', '0.0000', '0.8412']
 * ```
 */
export function gelu(tape: Tape, x: Tensor): Tensor {
  const out = tape.tensor(...x.shape);
  const slope = tape.arena.floats(x.data.length);
  tape.kernels.gelu(x.data, out.data, slope);
  tape.record(() => tape.kernels.geluBack(slope, out.gradient, x.gradient, tape.adds(x)), out);
  return out;
}
