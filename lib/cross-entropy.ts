import { expectLabel, expectProbabilities, expectTwoDistributions } from './expect-probabilities.ts';
import type { LossAndGradient } from './loss.ts';
import { logSoftmax } from './softmax.ts';

/**
 * How surprising it is when something of this probability happens: 0 for the certain, without end towards 0.
 *
 * -ln q
 *
 * @param probability q, from 0 to 1
 * @returns nats; `inBits` converts them
 * @throws when `probability` is not from 0 to 1
 *
 * @example
 * ```ts
 * surprise(0.25).toFixed(3) // => '1.386'
 * surprise(1) // => 0
 * ```
 */
export function surprise(probability: number): number {
  if (!(probability >= 0 && probability <= 1)) {
    throw new RangeError(`surprise: expected a probability from 0 to 1, got ${probability}`);
  }
  // Not -Math.log(1), which is -0.
  return 0 - Math.log(probability);
}

/**
 * How far the distribution q of a model is from the distribution p that is expected: the surprise of q,
 * averaged over what really happens.
 *
 * E = - sum_i p_i ln q_i
 *
 * An outcome with p = 0 adds nothing. When q = 0 for an outcome with p > 0, the result is Infinity.
 *
 * @param p expected distribution (target)
 * @param q the model's distribution
 * @returns nats, never below the entropy of p
 * @throws when either is no distribution or the lengths differ
 *
 * Source: the lesson, 预训练 - 损失: 交叉熵误差 (cross-entropy error).
 *
 * @example
 * ```ts
 * crossEntropy([0, 1, 0], [0.5, 0.25, 0.25]).toFixed(3) // => '1.386'
 * crossEntropy([1, 0], [0, 1]) // => Infinity
 * ```
 */
export function crossEntropy(p: ArrayLike<number>, q: ArrayLike<number>): number {
  expectTwoDistributions('crossEntropy', p, q);
  let sum = 0;
  for (let i = 0; i < p.length; i++) if (p[i] > 0) sum -= p[i] * Math.log(q[i]);
  return sum;
}

/**
 * The surprise that is left when one knows the distribution and nothing more: no model gets below it.
 *
 * H(p) = - sum_i p_i ln p_i
 *
 * @param p a distribution
 * @returns nats: 0 when one outcome is certain, ln n when n outcomes are equally likely
 * @throws when `p` is no distribution
 *
 * Source: C. E. Shannon, "A Mathematical Theory of Communication" (1948).
 *
 * @example
 * ```ts
 * entropy([0.5, 0.5]).toFixed(4) // => '0.6931'
 * entropy([1, 0]) // => 0
 * ```
 */
export function entropy(p: ArrayLike<number>): number {
  expectProbabilities('entropy', 'p', p);
  return crossEntropy(p, p);
}

/**
 * The part of the cross-entropy that the model is to blame for: 0 where q = p, otherwise more.
 *
 * KL(p || q) = sum_i p_i ln(p_i / q_i) = crossEntropy(p, q) - entropy(p)
 *
 * @param p expected distribution
 * @param q the model's distribution
 * @returns nats
 * @throws when either is no distribution or the lengths differ
 *
 * Source: S. Kullback and R. A. Leibler, "On Information and Sufficiency" (1951).
 *
 * @example
 * ```ts
 * klDivergence([0.5, 0.5], [0.5, 0.5]) // => 0
 * klDivergence([0.5, 0.5], [0.25, 0.75]).toFixed(4) // => '0.1438'
 * ```
 */
export function klDivergence(p: ArrayLike<number>, q: ArrayLike<number>): number {
  expectTwoDistributions('klDivergence', p, q);
  let sum = 0;
  for (let i = 0; i < p.length; i++) if (p[i] > 0) sum += p[i] * Math.log(p[i] / q[i]);
  return sum;
}

/**
 * Among how many equally likely outcomes a model is as unsure as it is here.
 *
 * e^E
 *
 * @param nats a cross-entropy, in nats
 * @returns 1 for a model that knows, n for one that guesses among n outcomes
 * @throws when `nats` is below 0 or NaN
 *
 * @example
 * ```ts
 * perplexity(0) // => 1
 * perplexity(Math.log(6)).toFixed(3) // => '6.000'
 * ```
 */
export function perplexity(nats: number): number {
  if (!(nats >= 0)) throw new RangeError(`perplexity: expected a cross-entropy of 0 or more, got ${nats}`);
  return Math.exp(nats);
}

/**
 * Nats as bits: the same surprise, counted in halvings.
 *
 * bits = nats / ln 2
 *
 * @param nats what `surprise`, `crossEntropy`, `entropy` or `klDivergence` gave
 *
 * @example
 * ```ts
 * inBits(surprise(0.25)) // => 2
 * ```
 */
export function inBits(nats: number): number {
  return nats / Math.LN2;
}

/**
 * The distribution of someone who knows: 1 for one outcome, 0 for all others.
 *
 * @param label index of the outcome
 * @param size how many outcomes there are
 * @throws when `label` is no whole number from 0 to `size` - 1
 *
 * @example
 * ```ts
 * oneHot(1, 3) // => Float64Array.of(0, 1, 0)
 * ```
 */
export function oneHot(label: number, size: number): Float64Array {
  expectLabel('oneHot', label, size);
  return Float64Array.from({ length: size }, (_, i) => (i === label ? 1 : 0));
}

/**
 * Cross-entropy straight from a model's scores, with its gradient by each score.
 *
 * loss = - sum_i p_i ln q_i with q = softmax(scores), d loss / d s_i = q_i - p_i
 *
 * @param scores what the model gave, one number an outcome
 * @param target the right outcome's index, or the expected distribution p
 * @returns the loss in nats, and one number a score: how much more probability it gets than it should
 * @throws when the target is out of range or no distribution, or a score is NaN or Infinity
 *
 * Source: the lesson, 预训练 - 损失; J. S. Bridle (1990) for the gradient.
 *
 * @example
 * ```ts
 * const { loss, gradient } = softmaxCrossEntropy([0, 0, 0, 0], 2)
 * loss.toFixed(3) // => '1.386'
 * gradient // => Float64Array.of(0.25, 0.25, -0.75, 0.25)
 * ```
 */
export function softmaxCrossEntropy(
  scores: ArrayLike<number>,
  target: number | ArrayLike<number>,
): LossAndGradient {
  const logs = logSoftmax(scores);
  if (typeof target === 'number') expectLabel('softmaxCrossEntropy', target, scores.length);
  const p = typeof target === 'number' ? oneHot(target, scores.length) : target;
  const gradient = logs.map(Math.exp);
  expectTwoDistributions('softmaxCrossEntropy', p, gradient);
  let loss = 0;
  for (let i = 0; i < p.length; i++) {
    if (p[i] > 0) loss -= p[i] * logs[i];
    gradient[i] -= p[i];
  }
  return { loss, gradient };
}
