/** Stands before the first character of a sentence. */
export const BEGIN = 'BEGIN';
/** Follows the last character: the model has to learn when to stop. */
export const END = 'END';
/** Stands where a character was taken out. */
export const MASK = 'MASK';
/** Stands for every character that the vocabulary does not have. */
export const UNKNOWN = 'UNKNOWN';

/** What a model can read and say: each token (a character or a mark) has a number, its place in the list. */
export interface Vocabulary {
  readonly tokens: readonly string[];
  readonly size: number;
  /** The number of a token; undefined when the vocabulary does not have it. */
  indexOf(token: string): number | undefined;
}

/**
 * A text cut into its characters (Unicode code points, so that rare characters and emoji stay whole).
 *
 * @param text any text
 *
 * @example
 * ```ts
 * charactersOf('今天') // => ['今', '天']
 * charactersOf('𠮷好') // => ['𠮷', '好']
 * ```
 */
export function charactersOf(text: string): string[] {
  return Array.from(text);
}

/**
 * The vocabulary of a corpus: its characters in the order in which they first appear, then the marks.
 *
 * A mark is a token of several letters, so no character of a text is ever taken for one.
 *
 * @param corpus a text or several
 * @param marks the marks that belong to it, such as `[BEGIN, END]`
 * @throws when the corpus has no character, or a mark is given twice or looks like a character
 *
 * Source: the lesson, 预训练 - 损失: 词汇表 (vocabulary).
 *
 * @example
 * ```ts
 * vocabularyOf('今天天气很好', [END]).tokens // => ['今', '天', '气', '很', '好', 'END']
 * vocabularyOf('今天天气很好', [END]).indexOf('气') // => 2
 * vocabularyOf(['今天', '明天']).size // => 5
 * ```
 */
export function vocabularyOf(
  corpus: string | readonly string[],
  marks: readonly string[] = [BEGIN, END],
): Vocabulary {
  const texts = typeof corpus === 'string' ? [corpus] : corpus;
  const characters = [...new Set(texts.flatMap(charactersOf))];
  if (characters.length === 0) {
    throw new RangeError('vocabularyOf: expected a corpus with at least one character, got an empty one');
  }
  for (const mark of marks) {
    if (charactersOf(mark).length < 2) {
      throw new RangeError(`vocabularyOf: expected marks of two letters or more, got '${mark}'`);
    }
  }
  if (new Set(marks).size < marks.length) {
    throw new RangeError(`vocabularyOf: expected each mark once, got ${marks.join(', ')}`);
  }
  const tokens = [...characters, ...marks];
  const places = new Map(tokens.map((token, place) => [token, place]));
  return { tokens, size: tokens.length, indexOf: token => places.get(token) };
}

/**
 * A text as numbers: the place of each character in the vocabulary.
 *
 * @param vocabulary the tokens and their numbers
 * @param text a text, or a list of tokens where marks are among them
 * @throws when a character is not in the vocabulary and the vocabulary has no `UNKNOWN`
 *
 * @example
 * ```ts
 * encode(vocabularyOf('今天天气很好'), '天气') // => Uint32Array.of(1, 2)
 * encode(vocabularyOf('今天天气很好'), [BEGIN, '今']) // => Uint32Array.of(5, 0)
 * encode(vocabularyOf('今天', [UNKNOWN]), '明天') // => Uint32Array.of(2, 1)
 * ```
 */
export function encode(vocabulary: Vocabulary, text: string | readonly string[]): Uint32Array {
  const tokens = typeof text === 'string' ? charactersOf(text) : text;
  const unknown = vocabulary.indexOf(UNKNOWN);
  return Uint32Array.from(tokens, (token, place) => {
    const index = vocabulary.indexOf(token) ?? unknown;
    if (index === undefined) {
      throw new RangeError(
        `encode: expected tokens of the vocabulary, got '${token}' at place ${place}; ` +
          'give the vocabulary the mark UNKNOWN to let others through',
      );
    }
    return index;
  });
}

/**
 * Numbers as a text: the tokens at these places of the vocabulary, put together.
 *
 * @param vocabulary the tokens and their numbers
 * @param indices numbers of tokens
 * @throws when a number names no token
 *
 * @example
 * ```ts
 * decode(vocabularyOf('今天天气很好'), [0, 1, 1, 2]) // => '今天天气'
 * ```
 */
export function decode(vocabulary: Vocabulary, indices: ArrayLike<number>): string {
  return Array.from(indices, index => {
    const token = vocabulary.tokens[index];
    if (token === undefined) {
      throw new RangeError(
        `decode: expected numbers from 0 to ${vocabulary.size - 1}, the size of the vocabulary - 1, got ${index}`,
      );
    }
    return token;
  }).join('');
}
