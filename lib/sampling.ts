import { expectCount } from './expect.ts';
import type { Vector } from './optimizer.ts';
import type { Random } from './random.ts';
import { sampleIndex } from './softmax.ts';
import { BEGIN, charactersOf, decode, END, encode, type Vocabulary } from './vocabulary.ts';

/** A model that says how likely each token is to come after some others. */
export interface NextTokenModel {
  nextProbabilities(parameters: Vector, ids: ArrayLike<number>, temperature?: number): Float64Array;
}

/** How a sentence is written. */
export interface SamplingOptions {
  /** Below 1 makes the likely likelier, above 1 evens out; 1 if left out. */
  readonly temperature?: number;
  /** After how many characters to stop a text that does not end; 60 if left out. */
  readonly atMost?: number;
  /** How the sentence begins; the model goes on from there. */
  readonly start?: string;
}

/**
 * A sentence as the model writes it: draw the next token, append it, ask again, until END is drawn.
 *
 * BEGIN is never drawn: it stands nowhere but at the beginning.
 *
 * @param model what says how likely each token is, such as a `gpt`
 * @param parameters the model's
 * @param vocabulary has BEGIN and END
 * @param random the source of chance; one number a token
 * @param options temperature, how the sentence begins, how long it may become
 * @throws when `temperature` is not above 0, `start` has a character that the vocabulary has not, or the model
 *   leaves nothing but BEGIN to draw
 *
 * Source: the lesson, 预训练: a model that predicts the next token writes; `sampleText` for a score table.
 *
 * @example
 * ```ts
 * const vocabulary = vocabularyOf('好') // 好, BEGIN, END
 * const model = { nextProbabilities: (parameters, ids) => (ids.length < 4 ? [1, 0, 0] : [0, 0, 1]) }
 * sampleSentence(model, Float64Array.of(), vocabulary, () => 0.5) // => '好好好'
 * ```
 */
export function sampleSentence(
  model: NextTokenModel,
  parameters: Vector,
  vocabulary: Vocabulary,
  random: Random,
  { temperature = 1, atMost = 60, start = '' }: SamplingOptions = {},
): string {
  expectCount('sampleSentence', 'atMost', atMost, 0);
  const [begin, end] = encode(vocabulary, [BEGIN, END]);
  const ids = [begin, ...encode(vocabulary, charactersOf(start))];
  while (ids.length <= atMost) {
    const next = sampleIndex(without(begin, model.nextProbabilities(parameters, ids, temperature)), random);
    if (next === end) break;
    ids.push(next);
  }
  return decode(vocabulary, ids.slice(1));
}

/** The probabilities of the other outcomes, when one is ruled out. */
function without(outcome: number, probabilities: ArrayLike<number>): Float64Array {
  const others = Float64Array.from(probabilities);
  others[outcome] = 0;
  const sum = others.reduce((total, probability) => total + probability, 0);
  if (sum === 0) {
    throw new RangeError(
      'sampleSentence: expected a token other than BEGIN that has a probability, got 0 for all of them; ' +
        'try a higher temperature',
    );
  }
  return others.map(probability => probability / sum);
}
