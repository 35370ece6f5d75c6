import { expectProbabilities } from './expect-probabilities.ts';
import type { Random } from './random.ts';

/**
 * Probabilities from scores: the higher a score, the larger its share; together they make 1.
 *
 * q_i = e^(s_i / T) / sum_j e^(s_j / T)
 *
 * The highest score is taken off all scores before the exponential: a common shift changes no share, and
 * with it e^1000 is never computed. A score of -Infinity has probability 0.
 *
 * @param scores one number an outcome, of any size and sign (also called logits)
 * @param temperature T, above 0: below 1 sharpens the shares, above 1 evens them out
 * @returns one probability a score
 * @throws when there is no score, one is NaN or Infinity, all are -Infinity, or `temperature` is not above 0
 *
 * Source: the lesson, 预训练 - 建模: 输出概率 (output probabilities), the last box of the transformer.
 *
 * @example
 * ```ts
 * softmax([0, 0, 0, 0]) // => Float64Array.of(0.25, 0.25, 0.25, 0.25)
 * softmax([1000, 1000]) // => Float64Array.of(0.5, 0.5)
 * softmax([Math.log(3), 0])[0].toFixed(4) // => '0.7500'
 * softmax([Math.log(3), 0], 0.5)[0].toFixed(4) // => '0.9000'
 * ```
 */
export function softmax(scores: ArrayLike<number>, temperature = 1): Float64Array {
  expectTemperature('softmax', temperature);
  const highest = highestOf('softmax', scores);
  const shares = Float64Array.from(scores, score => Math.exp((score - highest) / temperature));
  const sum = shares.reduce((total, share) => total + share, 0);
  return shares.map(share => share / sum);
}

/**
 * The logarithms of softmax, exact where the probability itself would round to 0.
 *
 * ln q_i = s_i - ln sum_j e^(s_j)
 *
 * @param scores one number an outcome
 * @returns one number a score, 0 or below
 * @throws when there is no score, one is NaN or Infinity, or all are -Infinity
 *
 * @example
 * ```ts
 * logSoftmax([0, -1000]) // => Float64Array.of(0, -1000)
 * ```
 */
export function logSoftmax(scores: ArrayLike<number>): Float64Array {
  const highest = highestOf('logSoftmax', scores);
  let sum = 0;
  for (let i = 0; i < scores.length; i++) sum += Math.exp(scores[i] - highest);
  const logSum = Math.log(sum);
  return Float64Array.from(scores, score => score - highest - logSum);
}

/**
 * The place of the largest number; of several equally large ones, the first.
 *
 * @param values the numbers
 * @throws when there is none
 *
 * @example
 * ```ts
 * argmax([0.1, 0.7, 0.2]) // => 1
 * ```
 */
export function argmax(values: ArrayLike<number>): number {
  if (values.length === 0) throw new RangeError('argmax: expected at least one number, got an empty array');
  let place = 0;
  for (let i = 1; i < values.length; i++) if (values[i] > values[place]) place = i;
  return place;
}

/**
 * One outcome drawn by chance, each as often as its probability says.
 *
 * The outcomes are laid side by side on the line from 0 to 1, each as wide as its probability; one random
 * number points at one of them.
 *
 * @param probabilities one number an outcome, together 1
 * @param random the source of chance; one number is taken
 * @returns the index of an outcome
 * @throws when the probabilities are no distribution
 *
 * @example
 * ```ts
 * sampleIndex([0.25, 0.5, 0.25], () => 0.6) // => 1
 * ```
 */
export function sampleIndex(probabilities: ArrayLike<number>, random: Random): number {
  expectProbabilities('sampleIndex', 'probabilities', probabilities);
  let left = random();
  let last = 0;
  for (let i = 0; i < probabilities.length; i++) {
    if (probabilities[i] === 0) continue;
    last = i;
    left -= probabilities[i];
    if (left < 0) return i;
  }
  // The probabilities may add up to a last digit less than 1.
  return last;
}

function expectTemperature(caller: string, temperature: number): void {
  if (!(temperature > 0 && temperature < Infinity)) {
    throw new RangeError(`${caller}: expected a temperature above 0, got ${temperature}`);
  }
}

function highestOf(caller: string, scores: ArrayLike<number>): number {
  if (scores.length === 0) {
    throw new RangeError(`${caller}: expected at least one score, got an empty array`);
  }
  let highest = -Infinity;
  for (let i = 0; i < scores.length; i++) {
    if (!(scores[i] < Infinity)) {
      throw new RangeError(`${caller}: expected scores that are finite or -Infinity, got ${scores[i]}`);
    }
    highest = Math.max(highest, scores[i]);
  }
  if (highest === -Infinity) {
    throw new RangeError(`${caller}: expected at least one finite score, got only -Infinity`);
  }
  return highest;
}
