import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { sentencesOf, weatherGrammar } from '../../lib/grammar.ts';
import { bestLoss, entropyPerCharacter } from '../../lib/language.ts';
import { seededRandom } from '../../lib/random.ts';
import { sampleSentence } from '../../lib/sampling.ts';
import { lossOfScoreTable, nextTokenCounts, scoreTable } from '../../lib/score-table.ts';
import { lossPerCharacter, sentenceBatches, type TokenBatch, tokenBatch } from '../../lib/token-batch.ts';
import { decode, vocabularyOf } from '../../lib/vocabulary.ts';
import { near } from './near.ts';

const sentences = ['今天天气很好', '好', '天气𠮷好'];
const vocabulary = vocabularyOf(sentences);

test('tokenBatch: each sentence read from BEGIN, asked for to END, padded with -1', () => {
  const { inputs, targets, sequences, length } = tokenBatch(vocabulary, sentences);
  assert.equal([sequences, length], [3, 7]);
  const row = (of: Int32Array, i: number) => of.subarray(i * length, (i + 1) * length);
  assert.is(decode(vocabulary, row(inputs, 0)), 'BEGIN今天天气很好');
  assert.is(decode(vocabulary, row(targets, 0)), '今天天气很好END');
  assert.is(decode(vocabulary, row(inputs, 1).subarray(0, 2)), 'BEGIN好');
  assert.is(decode(vocabulary, row(targets, 1).subarray(0, 2)), '好END');
  assert.equal(Array.from(row(targets, 1).subarray(2)), [-1, -1, -1, -1, -1]);
  assert.is(decode(vocabulary, row(targets, 2).subarray(0, 5)), '天气𠮷好END');
});

test('sentenceBatches: an epoch has each sentence once, the next one another order; a seed repeats', () => {
  const many = sentencesOf(weatherGrammar).map(({ text }) => text);
  const words = vocabularyOf(many);
  const textsOf = ({ targets, sequences, length }: TokenBatch) =>
    Array.from({ length: sequences }, (_, i) =>
      decode(
        words,
        targets.subarray(i * length, (i + 1) * length).filter(id => id >= 0),
      ),
    );
  const epochs = (seed: number) => {
    const batches = sentenceBatches(words, many, 10, seededRandom(seed))[Symbol.iterator]();
    return [0, 1].map(() => [10, 10, 10, 9].flatMap(() => textsOf(batches.next().value)));
  };
  const [first, second] = epochs(1);
  const all = many.map(text => `${text}END`).toSorted();
  assert.equal(first.toSorted(), all);
  assert.equal(second.toSorted(), all);
  assert.not.equal(first, second);
  assert.equal(epochs(1), [first, second]);
});

/** A model that gives the loss of a score table: what the sum over a batch has to agree with. */
function tableModel(language: readonly string[]) {
  const table = scoreTable(language, 2);
  const random = seededRandom(2);
  const scores = Float64Array.from({ length: table.parameterCount }, () => 2 * random());
  const words = vocabularyOf(language);
  const loss = (_: unknown, { targets, sequences, length }: TokenBatch) => {
    const texts = Array.from({ length: sequences }, (_, i) => {
      const row = targets.subarray(i * length, (i + 1) * length).filter(id => id >= 0);
      return decode(words, row.subarray(0, -1));
    });
    return lossOfScoreTable(scores, nextTokenCounts(table, texts)).loss;
  };
  return { table, scores, words, loss };
}

test('lossPerCharacter: each prediction counts the same, repeated sentences again, probabilities as weights', () => {
  const language = sentencesOf(weatherGrammar);
  const model = tableModel(language.map(({ text }) => text));
  const texts = language.flatMap(({ text }, i) => new Array<string>(1 + (i % 3)).fill(text));
  const measured = lossPerCharacter(model, new Float64Array(0), model.words, texts);
  near(measured, lossOfScoreTable(model.scores, nextTokenCounts(model.table, texts)).loss, 1e-12);
  const exact = lossPerCharacter(model, new Float64Array(0), model.words, language);
  near(exact, lossOfScoreTable(model.scores, nextTokenCounts(model.table, language)).loss, 1e-12);
  assert.ok(exact > bestLoss(language, 2) && exact > entropyPerCharacter(language));
});

test('sampleSentence: BEGIN is never drawn, a text without END is cut', () => {
  const model = { nextProbabilities: () => Float64Array.of(0.05, 0, 0.05, 0, 0, 0, 0.9, 0) };
  const text = sampleSentence(model, new Float64Array(0), vocabulary, seededRandom(1), { atMost: 8 });
  assert.is(text.length, 8);
  assert.ok(/^[今气]+$/.test(text), text);
});

test('sampleSentence: a model that would only say BEGIN is refused in words', () => {
  const probabilities = vocabulary.tokens.map(token => (token === 'BEGIN' ? 1 : 0));
  const model = { nextProbabilities: () => Float64Array.from(probabilities) };
  assert.throws(
    () => sampleSentence(model, new Float64Array(0), vocabulary, () => 0.5),
    /sampleSentence: expected a token other than BEGIN that has a probability, got 0/,
  );
});

test('sampleSentence: the start belongs to the sentence; the model sees BEGIN and all of it', () => {
  const seen: number[][] = [];
  const model = {
    nextProbabilities(_: unknown, ids: ArrayLike<number>, temperature?: number) {
      seen.push([...Array.from(ids), temperature ?? Number.NaN]);
      const probabilities = new Float64Array(vocabulary.size);
      probabilities[ids.length < 4 ? 0 : vocabulary.size - 1] = 1;
      return probabilities;
    },
  };
  const options = { start: '天气', temperature: 0.5 };
  assert.is(
    sampleSentence(model, new Float64Array(0), vocabulary, () => 0.5, options),
    '天气今',
  );
  assert.equal(seen, [
    [6, 1, 2, 0.5],
    [6, 1, 2, 0, 0.5],
  ]);
});

test('wrong arguments are refused in words', () => {
  assert.throws(() => tokenBatch(vocabulary, []), /tokenBatch: expected at least one sentence, got none/);
  assert.throws(() => tokenBatch(vocabulary, ['']), /expected at least one character, got an empty text/);
  assert.throws(() => tokenBatch(vocabulary, ['雨']), /expected tokens of the vocabulary, got '雨'/);
  assert.throws(() => tokenBatch(vocabularyOf('好', []), ['好']), /got 'BEGIN' at place 0/);
  assert.throws(
    () => sentenceBatches(vocabulary, sentences, 4, () => 0.5),
    /sentenceBatches: expected batchSize to be a whole number, 1 to 3, got 4/,
  );
  assert.throws(
    () => lossPerCharacter({ loss: () => 0 }, new Float64Array(0), vocabulary, []),
    /lossPerCharacter: expected at least one sentence, got none/,
  );
});

test.run();
