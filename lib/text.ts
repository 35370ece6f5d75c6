import { expectCount } from './expect.ts';
import { BEGIN, charactersOf, END } from './vocabulary.ts';

/** A question and its answer, both cut from a text: what a language model learns from. */
export interface TextPair {
  readonly x: string;
  readonly y: string;
}

/** The last few tokens, oldest first, and the token that follows. */
export interface ContextWindow {
  readonly context: readonly string[];
  readonly next: string;
}

/** Some tokens in a row, and for each of them the token that follows. */
export interface TokenWindow {
  readonly inputs: readonly string[];
  readonly targets: readonly string[];
}

/**
 * All questions "what comes next?" that a sentence answers, with the whole context before each character.
 *
 * The first context is the mark BEGIN, the last answer the mark END.
 *
 * @param sentence a text of one character or more
 * @throws when the sentence is empty
 *
 * Source: the lesson, 预训练 - 数据集: d0 to d6.
 *
 * @example
 * ```ts
 * nextTokenPairs('很好') // => [{ x: 'BEGIN', y: '很' }, { x: '很', y: '好' }, { x: '很好', y: 'END' }]
 * ```
 */
export function nextTokenPairs(sentence: string): TextPair[] {
  const characters = expectCharacters('nextTokenPairs', sentence);
  return [...characters, END].map((next, place) => ({
    x: place === 0 ? BEGIN : characters.slice(0, place).join(''),
    y: next,
  }));
}

/**
 * The same questions for a model that sees only the last few tokens.
 *
 * Before the sentence stand as many BEGIN as the context is long, so that every context has the same length.
 *
 * @param sentence a text of one character or more
 * @param length how many tokens the model sees, 1 or more
 * @throws when the sentence is empty or `length` is not a whole number, 1 or more
 *
 * @example
 * ```ts
 * contextWindows('很好', 1).map(({ context, next }) => `${context} ${next}`) // => ['BEGIN 很', '很 好', '好 END']
 * contextWindows('很好', 2)[1] // => { context: ['BEGIN', '很'], next: '好' }
 * ```
 */
export function contextWindows(sentence: string, length: number): ContextWindow[] {
  const characters = expectCharacters('contextWindows', sentence);
  expectCount('contextWindows', 'length', length, 1);
  const tokens = [...new Array<string>(length).fill(BEGIN), ...characters, END];
  return tokens.slice(length).map((next, place) => ({ context: tokens.slice(place, place + length), next }));
}

/**
 * A window that slides over a long row of tokens, one token at a time.
 *
 * `targets` is `inputs`, one token further on: a window of n tokens asks n questions at once, each with
 * the tokens of the window up to there as its context.
 *
 * @param tokens a row of tokens, longer than the window
 * @param length tokens in a window, 1 or more
 * @throws when the row is not longer than the window, or `length` is not a whole number, 1 or more
 *
 * @example
 * ```ts
 * slidingWindows(['今', '天', '天', '气'], 2).length // => 2
 * slidingWindows(['今', '天', '天', '气'], 2)[1] // => { inputs: ['天', '天'], targets: ['天', '气'] }
 * ```
 */
export function slidingWindows(tokens: readonly string[], length: number): TokenWindow[] {
  expectCount('slidingWindows', 'length', length, 1);
  if (tokens.length <= length) {
    throw new RangeError(
      `slidingWindows: expected more tokens than the window is long (${length}), got ${tokens.length}`,
    );
  }
  return Array.from({ length: tokens.length - length }, (_, from) => ({
    inputs: tokens.slice(from, from + length),
    targets: tokens.slice(from + 1, from + length + 1),
  }));
}

/**
 * A corpus as one row of tokens, each sentence between BEGIN and END.
 *
 * @param sentences texts of one character or more, at least one
 * @throws when there is no sentence or one is empty
 *
 * @example
 * ```ts
 * markedTokens(['很好', '好']) // => ['BEGIN', '很', '好', 'END', 'BEGIN', '好', 'END']
 * ```
 */
export function markedTokens(sentences: readonly string[]): string[] {
  if (sentences.length === 0) {
    throw new RangeError('markedTokens: expected at least one sentence, got an empty corpus');
  }
  return sentences.flatMap(sentence => [BEGIN, ...expectCharacters('markedTokens', sentence), END]);
}

function expectCharacters(caller: string, sentence: string): string[] {
  if (sentence === '') throw new RangeError(`${caller}: expected at least one character, got an empty text`);
  return charactersOf(sentence);
}
