import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { contextWindows, markedTokens, nextTokenPairs, slidingWindows } from '../../lib/text.ts';
import { BEGIN, decode, END, encode, MASK, UNKNOWN, vocabularyOf } from '../../lib/vocabulary.ts';

const sentence = '今天天气很好';

test('nextTokenPairs: the table of the lesson, d0 to d6, to the letter', () => {
  const lesson = `
    BEGIN 今
    今 天
    今天 天
    今天天 气
    今天天气 很
    今天天气很 好
    今天天气很好 END`;
  const rows = nextTokenPairs(sentence).map(({ x, y }) => `    ${x} ${y}`);
  assert.is(`\n${rows.join('\n')}`, lesson);
});

test('contextWindows: one character, and two with BEGIN twice at the start', () => {
  const written = (length: number) =>
    contextWindows(sentence, length).map(({ context, next }) => `${context.join('')}>${next}`);
  assert.equal(written(1), ['BEGIN>今', '今>天', '天>天', '天>气', '气>很', '很>好', '好>END']);
  assert.equal(written(2), [
    'BEGINBEGIN>今',
    'BEGIN今>天',
    '今天>天',
    '天天>气',
    '天气>很',
    '气很>好',
    '很好>END',
  ]);
  assert.equal(contextWindows('好', 4).length, 2);
});

test('slidingWindows: n tokens hold n - length windows, targets one token further on', () => {
  const windows = slidingWindows([...sentence], 3);
  assert.equal(
    windows.map(({ inputs, targets }) => `${inputs.join('')} ${targets.join('')}`),
    ['今天天 天天气', '天天气 天气很', '天气很 气很好'],
  );
});

test('markedTokens: sentences in a row, each between its marks', () => {
  assert.equal(markedTokens(['天好', '好']), [BEGIN, '天', '好', END, BEGIN, '好', END]);
});

test('vocabularyOf: the six tokens of the lesson, each with its number', () => {
  const vocabulary = vocabularyOf(sentence, [END]);
  assert.equal(vocabulary.tokens, ['今', '天', '气', '很', '好', 'END']);
  assert.is(vocabulary.size, 6);
  assert.equal([...vocabulary.tokens].map(vocabulary.indexOf), [0, 1, 2, 3, 4, 5]);
  assert.is(vocabulary.indexOf('雨'), undefined);
});

test('encode and decode are each other’s inverse', () => {
  const vocabulary = vocabularyOf(sentence);
  assert.equal(encode(vocabulary, sentence), Uint32Array.of(0, 1, 1, 2, 3, 4));
  assert.is(decode(vocabulary, encode(vocabulary, sentence)), sentence);
  assert.is(decode(vocabulary, encode(vocabulary, [BEGIN, '好', END])), 'BEGIN好END');
});

test('characters are code points: one outside the basic plane stays whole', () => {
  const rare = '𠮷好😀';
  assert.is(vocabularyOf(rare, []).size, 3);
  assert.is(decode(vocabularyOf(rare), encode(vocabularyOf(rare), rare)), rare);
  assert.equal(
    nextTokenPairs(rare).map(({ x }) => x),
    ['BEGIN', '𠮷', '𠮷好', rare],
  );
});

test('a text that spells a mark in letters is not taken for the mark', () => {
  const vocabulary = vocabularyOf('BEGIN END');
  assert.equal(encode(vocabulary, 'BEGIN').length, 5);
  assert.ok(!encode(vocabulary, 'BEGIN').includes(vocabulary.indexOf(BEGIN) as number));
});

test('a character outside: refused in words, or UNKNOWN where the vocabulary has it', () => {
  assert.throws(
    () => encode(vocabularyOf(sentence), '今天下雨'),
    /encode: expected tokens of the vocabulary, got '下' at place 2; give the vocabulary the mark UNKNOWN/,
  );
  const open = vocabularyOf(sentence, [UNKNOWN, MASK]);
  assert.is(decode(open, encode(open, '今天下雨')), '今天UNKNOWNUNKNOWN');
});

test('what cannot be cut is refused in words', () => {
  assert.throws(() => vocabularyOf(''), /vocabularyOf: expected a corpus with at least one character/);
  assert.throws(() => vocabularyOf([]), /got an empty one/);
  assert.throws(() => vocabularyOf('a', ['b']), /expected marks of two letters or more, got 'b'/);
  assert.throws(() => vocabularyOf('a', [END, END]), /expected each mark once, got END, END/);
  assert.throws(
    () => nextTokenPairs(''),
    /nextTokenPairs: expected at least one character, got an empty text/,
  );
  assert.throws(
    () => contextWindows('好', 0),
    /contextWindows: expected length to be a whole number, 1 or more/,
  );
  assert.throws(
    () => slidingWindows(['a', 'b'], 2),
    /expected more tokens than the window is long \(2\), got 2/,
  );
  assert.throws(() => markedTokens([]), /markedTokens: expected at least one sentence, got an empty corpus/);
  assert.throws(() => decode(vocabularyOf('好', []), [1]), /decode: expected numbers from 0 to 0.*got 1/);
});

test.run();
