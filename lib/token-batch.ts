import { expectCount } from './expect.ts';
import type { LikelySentence } from './grammar.ts';
import type { Vector } from './optimizer.ts';
import { permutation, type Random } from './random.ts';
import { markedTokens } from './text.ts';
import { encode, type Vocabulary } from './vocabulary.ts';

/**
 * Some sequences of equal length, one after the other in one list: what is read, and for each position the
 * token that follows; -1 where none is asked for, in the padding.
 */
export interface TokenBatch {
  readonly inputs: Int32Array;
  readonly targets: Int32Array;
  readonly sequences: number;
  readonly length: number;
}

/**
 * Sentences as a batch: each is read from BEGIN to its last character, and asked for from its first character
 * to END. Shorter ones are padded to the length of the longest.
 *
 * @param vocabulary has BEGIN and END
 * @param sentences texts of one character or more, at least one
 * @throws when there is no sentence, one is empty, or a token is not in the vocabulary
 *
 * @example
 * ```ts
 * const vocabulary = vocabularyOf('很好')
 * vocabulary.tokens // => ['很', '好', 'BEGIN', 'END']
 * const { inputs, targets } = tokenBatch(vocabulary, ['很好', '好'])
 * inputs // => Int32Array.of(2, 0, 1, 2, 1, 3)
 * targets // => Int32Array.of(0, 1, 3, 1, 3, -1)
 * ```
 */
export function tokenBatch(vocabulary: Vocabulary, sentences: readonly string[]): TokenBatch {
  return padded(sentences.map(sentence => encode(vocabulary, markedTokens([sentence]))));
}

/**
 * Batches of sentences without end: shuffled, dealt out, shuffled again, as `shuffledBatches` does with points.
 *
 * @param vocabulary has BEGIN and END
 * @param sentences the corpus
 * @param batchSize sentences in a batch: 1 to all of them
 * @param random the source of chance for the order
 * @throws as `tokenBatch` does, and when `batchSize` is not a whole number from 1 to the number of sentences
 *
 * Source: the lesson, 例子 - 小批量学习 (mini-batches).
 *
 * @example
 * ```ts
 * const [first, second] = sentenceBatches(vocabularyOf('很好'), ['很好', '好', '很'], 2, seededRandom(1))
 * [first.sequences, second.sequences] // => [2, 1]
 * ```
 */
export function sentenceBatches(
  vocabulary: Vocabulary,
  sentences: readonly string[],
  batchSize: number,
  random: Random,
): Iterable<TokenBatch> {
  expectCount('sentenceBatches', 'batchSize', batchSize, 1, sentences.length);
  const encoded = sentences.map(sentence => encode(vocabulary, markedTokens([sentence])));
  return {
    *[Symbol.iterator]() {
      for (;;) {
        const order = permutation(random, encoded.length);
        for (let from = 0; from < order.length; from += batchSize) {
          yield padded(Array.from(order.subarray(from, from + batchSize), place => encoded[place]));
        }
      }
    },
  };
}

/** How many sentences are measured at once. */
const measuredAtOnce = 64;

/**
 * The mean loss of a model over all predictions in some sentences, END counted as a character.
 *
 * With held-out sentences it says how well the model predicts; with all sentences of a language and their
 * probabilities it is exact, and never below `entropyPerCharacter`.
 *
 * @param model gives the mean loss of a batch
 * @param parameters the model's
 * @param vocabulary has BEGIN and END
 * @param sentences a corpus; or all sentences of a language with their probabilities
 * @returns nats a character
 * @throws as `tokenBatch` does
 *
 * @example
 * ```ts
 * const guess = { loss: () => Math.log(4) }
 * lossPerCharacter(guess, Float64Array.of(), vocabularyOf('很好'), ['很好', '好']) // => Math.log(4)
 * ```
 */
export function lossPerCharacter(
  model: { loss(parameters: Vector, batch: TokenBatch): number },
  parameters: Vector,
  vocabulary: Vocabulary,
  sentences: readonly (string | LikelySentence)[],
): number {
  let surprise = 0;
  let predictions = 0;
  for (const { texts, weight } of sameWeight(sentences)) {
    const batch = tokenBatch(vocabulary, texts);
    const counted = weight * batch.targets.filter(target => target >= 0).length;
    surprise += counted * model.loss(parameters, batch);
    predictions += counted;
  }
  if (predictions === 0) throw new RangeError('lossPerCharacter: expected at least one sentence, got none');
  return surprise / predictions;
}

/** The different sentences, in lots of equal weight: a batch's mean treats its sentences alike. */
function sameWeight(
  sentences: readonly (string | LikelySentence)[],
): { readonly texts: string[]; readonly weight: number }[] {
  const weights = new Map<string, number>();
  for (const sentence of sentences) {
    const { text, probability } =
      typeof sentence === 'string' ? { text: sentence, probability: 1 } : sentence;
    weights.set(text, (weights.get(text) ?? 0) + probability);
  }
  const lots: { texts: string[]; weight: number }[] = [];
  const open = new Map<number, string[]>();
  for (const [text, weight] of weights) {
    if (weight === 0) continue;
    const texts = open.get(weight);
    if (texts && texts.length < measuredAtOnce) texts.push(text);
    else {
      const fresh = [text];
      open.set(weight, fresh);
      lots.push({ texts: fresh, weight });
    }
  }
  return lots;
}

/** Each row of tokens without its last one as input, without its first one as target. */
function padded(rows: readonly ArrayLike<number>[]): TokenBatch {
  if (rows.length === 0) throw new RangeError('tokenBatch: expected at least one sentence, got none');
  const length = Math.max(...rows.map(row => row.length)) - 1;
  const inputs = new Int32Array(rows.length * length);
  const targets = new Int32Array(rows.length * length).fill(-1);
  rows.forEach((row, i) => {
    for (let t = 0; t < length; t++) {
      // What is read in the padding does not matter: nothing is asked there, and nothing before looks ahead.
      inputs[i * length + t] = row[Math.min(t, row.length - 1)];
      if (t + 1 < row.length) targets[i * length + t] = row[t + 1];
    }
  });
  return { inputs, targets, sequences: rows.length, length };
}
