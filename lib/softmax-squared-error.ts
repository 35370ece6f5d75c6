import { oneHot } from './cross-entropy.ts';
import { expectLabel } from './expect-probabilities.ts';
import type { LossAndGradient } from './loss.ts';
import { softmax } from './softmax.ts';

/**
 * Squared error between a softmax and the right answer, with its gradient: for comparison only, since the
 * gradient dies where the model is confidently wrong.
 *
 * loss = sum_i (q_i - p_i)^2 with q = softmax(scores), d loss / d s_i = 2 q_i (e_i - sum_j q_j e_j), e = q - p
 *
 * @param scores what the model gave, one number an outcome
 * @param label index of the right outcome
 * @returns the loss, from 0 to 2, and one number a score
 * @throws when there is no score, one is NaN or Infinity, or the label is out of range
 *
 * @example
 * ```ts
 * softmaxSquaredError([0, 0], 0) // => { loss: 0.5, gradient: Float64Array.of(-0.5, 0.5) }
 * ```
 */
export function softmaxSquaredError(scores: ArrayLike<number>, label: number): LossAndGradient {
  const q = softmax(scores);
  expectLabel('softmaxSquaredError', label, q.length);
  const p = oneHot(label, q.length);
  let loss = 0;
  let mean = 0;
  q.forEach((share, i) => {
    loss += (share - p[i]) ** 2;
    mean += share * (share - p[i]);
  });
  return { loss, gradient: q.map((share, i) => 2 * share * (share - p[i] - mean)) };
}
