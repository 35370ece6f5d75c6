import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { sentencesOfFile } from '../../lib/own-text.ts';

const never = () => {
  throw new Error('must not be read');
};

test('sentences end with their line or with their mark, which stays', () => {
  const text = '\ufeff今天晴。明天会下雨吗？？\r\n\n  后天再说  \nA line! And another';
  assert.equal(sentencesOfFile('a.txt', 80, () => text).sentences, [
    '今天晴。',
    '明天会下雨吗？？',
    '后天再说',
    'A line!',
    'And another',
  ]);
});

test('what was read is told', () => {
  // By hand: 今 天 晴 。 明 雨 are six different ones of eight.
  assert.is(
    sentencesOfFile('a.txt', 24, () => '今天晴。明天雨。').words,
    'Read (读到了): a.txt has 8 characters: 2 sentences, 6 different characters.',
  );
});

test('a long text is cut, after 5,000 characters and never within one', () => {
  const { sentences, words } = sentencesOfFile('a.txt', 48_000, () => '𠮷好。\n'.repeat(3000));
  assert.is(sentences.length, 1250);
  assert.ok(sentences.every(sentence => sentence === '𠮷好。'));
  assert.match(words, 'has 12000 characters; only the first 5000 are used: 1250 sentences, 3 different');
});

test('missing, enormous, empty, binary, other encodings, unreadable: words, no crash, no sentences', () => {
  const cases: [string, number | undefined, () => string, RegExp][] = [
    ['missing', undefined, never, /^No file yet \(还没有文件\): put a UTF-8 text named mine.txt beside/],
    ['enormous', 5e9, never, /^Too large \(文件太大\): mine.txt has 5000.0 MB, at most 1 MB/],
    ['empty', 0, () => '', /^Empty \(文件是空的\): mine.txt/],
    ['only spaces', 4, () => ' \n\t\n', /^Empty/],
    [
      'GBK',
      12,
      () => Buffer.from([0xbd, 0xf1, 0xcc, 0xec]).toString('utf8'),
      /^Not UTF-8 \(不是 UTF-8 文本\)/,
    ],
    ['binary', 3, () => 'a\0b', /^Not UTF-8/],
    ['a folder', 10, never, /^Cannot be read \(读不了\): mine.txt: must not be read/],
  ];
  for (const [what, size, read, words] of cases) {
    const own = sentencesOfFile('mine.txt', size, read);
    assert.equal(own.sentences, [], what);
    assert.match(own.words, words, what);
  }
});

test.run();
