import { entropy } from './cross-entropy.ts';
import { expectCount } from './expect.ts';
import type { LikelySentence } from './grammar.ts';

/** Stands before the first character of a sentence in a context; a control character that no text holds. */
const begin = '\u0002';
const end = '\u0003';

/**
 * How many characters have to be predicted in a sentence, on average: its own and the END after it.
 *
 * @param sentences all sentences of a language; their probabilities add up to 1
 *
 * @example
 * ```ts
 * predictionsPerSentence([{ text: '今天天气很好', probability: 1 }]) // => 7
 * ```
 */
export function predictionsPerSentence(sentences: readonly LikelySentence[]): number {
  return total(sentences, ({ text, probability }) => probability * (Array.from(text).length + 1));
}

/**
 * How surprising a sentence of a language is, on average, to somebody who knows the language: its entropy.
 *
 * H = -sum_s P(s) ln P(s)
 *
 * @param sentences all sentences of a language
 * @returns nats a sentence
 * @throws when there is no sentence, a probability is negative or they do not add up to 1
 *
 * Source: C. E. Shannon, "A mathematical theory of communication" (1948).
 *
 * @example
 * ```ts
 * const coin = [{ text: '晴', probability: 0.5 }, { text: '雨', probability: 0.5 }]
 * entropyPerSentence(coin) // => Math.log(2)
 * ```
 */
export function entropyPerSentence(sentences: readonly LikelySentence[]): number {
  expectLanguage('entropyPerSentence', sentences);
  return entropy(sentences.map(({ probability }) => probability));
}

/**
 * The same for one prediction, END counted as a character: no model of the language, however large, has a
 * lower mean loss. It is the floor of training.
 *
 * H / (mean number of predictions in a sentence)
 *
 * @param sentences all sentences of a language
 * @returns nats a character
 * @throws as `entropyPerSentence` does
 *
 * @example
 * ```ts
 * entropyPerCharacter([{ text: '晴', probability: 0.5 }, { text: '雨', probability: 0.5 }]) // => Math.log(2) / 2
 * entropyPerCharacter([{ text: '今天天气很好', probability: 1 }]) // => 0
 * ```
 */
export function entropyPerCharacter(sentences: readonly LikelySentence[]): number {
  expectLanguage('entropyPerCharacter', sentences);
  return entropyPerSentence(sentences) / predictionsPerSentence(sentences);
}

/**
 * The lowest mean loss that a model can reach when it sees only the last few characters (and where a
 * sentence begins): the entropy of the next character, given those.
 *
 * -sum P(context, next) ln P(next | context); for long contexts it is `entropyPerCharacter`
 *
 * @param sentences all sentences of a language
 * @param contextLength how many characters the model sees: 0 or more; 1 for a bigram model
 * @returns nats a character
 * @throws as `entropyPerSentence` does, and when `contextLength` is not a whole number, 0 or more
 *
 * @example
 * ```ts
 * const lesson = [{ text: '今天天气很好', probability: 1 }]
 * bestLoss(lesson, 1).toFixed(3) // => '0.198'
 * bestLoss(lesson, 2) // => 0
 * ```
 */
export function bestLoss(sentences: readonly LikelySentence[], contextLength: number): number {
  expectLanguage('bestLoss', sentences);
  expectCount('bestLoss', 'contextLength', contextLength, 0);
  const next = followers(sentences, contextLength);
  const surprise = total([...next.values()], counts => {
    const all = total([...counts.values()], count => count);
    return total([...counts.values()], count => -count * Math.log(count / all));
  });
  return surprise / predictionsPerSentence(sentences);
}

/** For each context, each character that may follow it with how often it does so in a sentence, on average. */
function followers(
  sentences: readonly LikelySentence[],
  contextLength: number,
): Map<string, Map<string, number>> {
  const next = new Map<string, Map<string, number>>();
  for (const { text, probability } of sentences) {
    const characters = [...Array.from(text), end];
    const padded = [...Array<string>(contextLength).fill(begin), ...characters];
    characters.forEach((character, place) => {
      const context = padded.slice(place, place + contextLength).join('');
      const counts = next.get(context) ?? new Map<string, number>();
      if (probability > 0)
        next.set(context, counts.set(character, (counts.get(character) ?? 0) + probability));
    });
  }
  return next;
}

function total<Item>(items: readonly Item[], value: (item: Item) => number): number {
  return items.reduce((sum, item) => sum + value(item), 0);
}

function expectLanguage(caller: string, sentences: readonly LikelySentence[]): void {
  const all = total(sentences, ({ probability }) => probability);
  if (sentences.some(({ probability }) => !(probability >= 0)) || Math.abs(all - 1) > 1e-9) {
    throw new RangeError(
      `${caller}: expected sentences with probabilities of 0 or more that add up to 1, got a sum of ${all}`,
    );
  }
}
