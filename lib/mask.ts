import { expectCount, expectFraction } from './expect.ts';
import { integerBelow, permutation, type Random } from './random.ts';
import type { TextPair } from './text.ts';
import { charactersOf, END, MASK } from './vocabulary.ts';

/** Characters from one place up to another, the second not included. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A text with some characters to be guessed. */
export interface MaskedText {
  /** What the model reads, one token a place. */
  readonly inputs: readonly string[];
  /** What it has to say at each place; undefined where nothing is asked. */
  readonly targets: readonly (string | undefined)[];
}

/**
 * A sentence with one hole: x is the rest, y what was there. Both sides of the hole can be seen.
 *
 * @param sentence a text
 * @param place which character is taken out, from 0
 * @throws when there is no character at this place
 *
 * Source: the lesson, 预训练 - 数据集: 去噪自编码 (denoising autoencoding).
 *
 * @example
 * ```ts
 * maskOne('今天天气很好', 4) // => { x: '今天天气MASK好', y: '很' }
 * ```
 */
export function maskOne(sentence: string, place: number): TextPair {
  const characters = charactersOf(sentence);
  expectCount('maskOne', 'place', place, 0, characters.length - 1);
  return { x: characters.with(place, MASK).join(''), y: characters[place] };
}

/**
 * A sentence with holes of several characters: each becomes one numbered mark, and y says what was behind which.
 *
 * The model has to find out, too, how many characters a hole has; the mark of the next hole, or END, ends it.
 *
 * @param sentence a text
 * @param spans the holes, from left to right, at least one, with a character or more between two of them
 * @throws when there is no hole, one is empty or lies outside, or two touch or change places
 *
 * Source: C. Raffel et al., "Exploring the Limits of Transfer Learning" (T5, 2019).
 *
 * @example
 * ```ts
 * maskSpans('今天天气很好', [{ from: 1, to: 3 }, { from: 5, to: 6 }]) // => { x: '今MASK1气很MASK2', y: 'MASK1天天MASK2好END' }
 * ```
 */
export function maskSpans(sentence: string, spans: readonly Span[]): TextPair {
  const characters = charactersOf(sentence);
  if (spans.length === 0) throw new RangeError('maskSpans: expected at least one span, got none');
  let x = '';
  let y = '';
  let seen = 0;
  spans.forEach(({ from, to }, i) => {
    const mark = `${MASK}${i + 1}`;
    expectCount(
      'maskSpans',
      `the start of span ${i + 1}`,
      from,
      i === 0 ? 0 : seen + 1,
      characters.length - 1,
    );
    expectCount('maskSpans', `the end of span ${i + 1}`, to, from + 1, characters.length);
    x += characters.slice(seen, from).join('') + mark;
    y += mark + characters.slice(from, to).join('');
    seen = to;
  });
  return { x: x + characters.slice(seen).join(''), y: y + END };
}

/**
 * A text with some characters to be guessed, chosen by chance, as BERT does it.
 *
 * `part` of the places are chosen, at least one. Of these 80 in 100 show MASK, 10 a random character,
 * 10 what was there: in use there are no masks, so the model may not rely on them alone.
 *
 * @param sentence a text of one character or more
 * @param replacements the characters that a random one is drawn from
 * @param random the source of chance
 * @param part how much of the text is asked for, from 0 to below 1
 * @throws when the text or the replacements are empty, or `part` is not from 0 to below 1
 *
 * Source: J. Devlin et al., "BERT" (2018), section 3.1.
 *
 * @example
 * ```ts
 * const { inputs, targets } = maskRandomly('今天天气很好', ['雨'], () => 0)
 * inputs // => ['今', 'MASK', '天', '气', '很', '好']
 * targets // => [undefined, '天', undefined, undefined, undefined, undefined]
 * ```
 */
export function maskRandomly(
  sentence: string,
  replacements: readonly string[],
  random: Random,
  part = 0.15,
): MaskedText {
  const characters = charactersOf(sentence);
  expectFraction('maskRandomly', 'part', part);
  if (characters.length === 0)
    throw new RangeError('maskRandomly: expected at least one character, got none');
  if (replacements.length === 0) throw new RangeError('maskRandomly: expected replacements, got none');
  const count = Math.max(1, Math.round(part * characters.length));
  const inputs = characters.slice();
  const targets = new Array<string | undefined>(characters.length).fill(undefined);
  for (const place of permutation(random, characters.length).subarray(0, count)) {
    targets[place] = characters[place];
    const chance = random();
    if (chance < 0.8) inputs[place] = MASK;
    else if (chance < 0.9) inputs[place] = replacements[integerBelow(random, replacements.length)];
  }
  return { inputs, targets };
}
