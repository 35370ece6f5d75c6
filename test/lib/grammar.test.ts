import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type Grammar, sampleSentences, sentencesOf, weatherGrammar } from '../../lib/grammar.ts';
import { seededRandom } from '../../lib/random.ts';

// Five sentences; 今天晴 can be written in two ways.
const tiny: Grammar = {
  sentence: { 'day weather': 0.8, 今天晴: 0.2 },
  day: { 今天: 0.5, 明天: 0.5 },
  weather: { 晴: 0.75, '有 thing': 0.25 },
  thing: { 雨: 0.5, 风: 0.5 },
};

test('sentencesOf: a tiny grammar, worked out by hand', () => {
  const probabilities = new Map(sentencesOf(tiny).map(({ text, probability }) => [text, probability]));
  const expected = {
    今天晴: 0.5,
    明天晴: 0.3,
    今天有雨: 0.05,
    今天有风: 0.05,
    明天有雨: 0.05,
    明天有风: 0.05,
  };
  assert.equal([...probabilities.keys()].sort(), Object.keys(expected).sort());
  for (const [text, probability] of Object.entries(expected)) {
    assert.ok(Math.abs((probabilities.get(text) ?? 0) - probability) < 1e-12, text);
  }
});

test('sentencesOf: the weather grammar has 3 x 3 x 3 + 3 + 3 + 3 + 3 sentences, together 1', () => {
  const sentences = sentencesOf(weatherGrammar);
  assert.is(sentences.length, 39);
  assert.is(new Set(sentences.flatMap(({ text }) => Array.from(text))).size, 20);
  const total = sentences.reduce((sum, { probability }) => sum + probability, 0);
  assert.ok(Math.abs(total - 1) < 1e-12);
  // By hand: 0.4 * 0.5 * 0.5 * 0.5.
  const lesson = sentences.find(({ text }) => text === '今天天气很好');
  assert.ok(Math.abs((lesson?.probability ?? 0) - 0.05) < 1e-12);
});

test('sampleSentences: 20,000 sentences come as often as they should', () => {
  const count = 20_000;
  const drawn = new Map<string, number>();
  for (const text of sampleSentences(weatherGrammar, count, seededRandom(4))) {
    drawn.set(text, (drawn.get(text) ?? 0) + 1);
  }
  const sentences = sentencesOf(weatherGrammar);
  assert.is(drawn.size, 39);
  // Chi-squared with 38 degrees of freedom: above 70.7 once in a thousand seeds.
  const chiSquared = sentences.reduce((sum, { text, probability }) => {
    const expected = count * probability;
    return sum + ((drawn.get(text) ?? 0) - expected) ** 2 / expected;
  }, 0);
  assert.ok(chiSquared < 70.7, `chi squared ${chiSquared}`);
});

test('sampleSentences: a seed decides; none, if none is wanted', () => {
  const ten = (seed: number) => sampleSentences(weatherGrammar, 10, seededRandom(seed));
  assert.equal(ten(3), ten(3));
  assert.is.not(ten(3).join(), ten(4).join());
  assert.equal(sampleSentences(weatherGrammar, 0, seededRandom(1)), []);
  assert.throws(
    () => sampleSentences(weatherGrammar, -1, seededRandom(1)),
    /sampleSentences: expected count to be a whole number, 0 or more, got -1/,
  );
});

test('a source of chance that gives almost 1 takes the last alternative', () => {
  assert.equal(
    sampleSentences({ sentence: { 晴: 0.1, 雨: 0.2, 风: 0.7 } }, 1, () => 1 - 2 ** -53),
    ['风'],
  );
});

test('grammars that are no grammars are refused in words', () => {
  assert.throws(
    () => sentencesOf({ sentence: { 晴: 0.5, 雨: 0.4 } }),
    /grammar: expected the probabilities of rule sentence to be 0 or more and to add up to 1, got 0.5 \+ 0.4/,
  );
  assert.throws(() => sentencesOf({ sentence: { 晴: 1.5, 雨: -0.5 } }), /0 or more and to add up to 1/);
  assert.throws(
    () => sentencesOf({ sentence: { '很 more': 1 }, more: { 'sentence 好': 1 } }),
    /leads back to itself: sentence > more > sentence/,
  );
});

test.run();
