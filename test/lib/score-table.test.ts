import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { softmaxCrossEntropy } from '../../lib/cross-entropy.ts';
import { fullBatches } from '../../lib/dataset.ts';
import { numericalGradient } from '../../lib/derivative.ts';
import { sampleSentences, sentencesOf, weatherGrammar } from '../../lib/grammar.ts';
import { bestLoss, entropyPerCharacter } from '../../lib/language.ts';
import { adam, gradientDescent } from '../../lib/optimizer.ts';
import { seededRandom } from '../../lib/random.ts';
import {
  countedRows,
  lossOfScoreTable,
  type NextTokenCounts,
  nextProbabilities,
  nextTokenCounts,
  probabilityRows,
  type ScoreTable,
  sampleText,
  scoreTable,
} from '../../lib/score-table.ts';
import { contextWindows } from '../../lib/text.ts';
import { lastStep, train } from '../../lib/train.ts';
import { END, vocabularyOf } from '../../lib/vocabulary.ts';

const lesson = ['今天天气很好'];
const near = (got: number, expected: number, tolerance = 1e-12) =>
  assert.ok(Math.abs(got - expected) <= tolerance, `${got}, expected ${expected}`);

function trained(table: ScoreTable, counts: NextTokenCounts, steps: number) {
  return lastStep(
    train({
      parameters: new Float64Array(table.parameterCount),
      lossAndGradient: lossOfScoreTable,
      optimizer: gradientDescent(7),
      batches: fullBatches(counts),
      steps,
    }),
  );
}

test('scoreTable: the lesson, one and two characters of context', () => {
  const bigram = scoreTable(lesson, 1);
  assert.equal(bigram.contexts, ['BEGIN', '今', '天', '气', '很', '好']);
  assert.equal(bigram.vocabulary.tokens, ['今', '天', '气', '很', '好', 'END']);
  const pair = scoreTable(lesson, 2);
  assert.equal(pair.contexts, ['BEGIN BEGIN', 'BEGIN 今', '今 天', '天 天', '天 气', '气 很', '很 好']);
  assert.is(pair.parameterCount, 42);
  assert.is(pair.rowOf('天 天'), 3);
  assert.is(pair.rowOf('好 天'), undefined);
});

test('nextTokenCounts: each pair of the lesson once, in its cell', () => {
  const { counts, columns, unseen } = nextTokenCounts(scoreTable(lesson, 1), lesson);
  // Row by row: BEGIN 今, 今 天, 天 天 and 天 气, 气 很, 很 好, 好 END.
  const ones = [0, 7, 13, 14, 21, 28, 35];
  assert.equal(
    Array.from(counts.keys()).filter(i => counts[i] === 1),
    ones,
  );
  assert.is(
    counts.reduce((sum, count) => sum + count),
    7,
  );
  assert.equal([columns, unseen], [6, 0]);
});

test('lossOfScoreTable: uniform scores cost ln 6, whatever their level', () => {
  const counts = nextTokenCounts(scoreTable(lesson, 1), lesson);
  for (const level of [0, 3, -800, 1000]) {
    near(lossOfScoreTable(new Float64Array(36).fill(level), counts).loss, Math.log(6), 1e-9);
  }
});

test('lossOfScoreTable: the mean of softmaxCrossEntropy over the pairs, gradient and all', () => {
  const sentences = ['今天天气很好', '今天好', '天气好'];
  const random = seededRandom(8);
  for (const length of [1, 2]) {
    const table = scoreTable(sentences, length);
    const scores = Float64Array.from({ length: table.parameterCount }, () => 4 * random() - 2);
    const columns = table.vocabulary.size;
    const expected = new Float64Array(scores.length);
    let sum = 0;
    const pairs = sentences.flatMap(sentence => contextWindows(sentence, length));
    for (const { context, next } of pairs) {
      const from = (table.rowOf(context.join(' ')) ?? Number.NaN) * columns;
      const target = table.vocabulary.indexOf(next) ?? Number.NaN;
      const { loss, gradient } = softmaxCrossEntropy(scores.slice(from, from + columns), target);
      sum += loss / pairs.length;
      gradient.forEach((part, i) => {
        expected[from + i] += part / pairs.length;
      });
    }
    const counts = nextTokenCounts(table, sentences);
    const { loss, gradient } = lossOfScoreTable(scores, counts);
    near(loss, sum);
    const measured = numericalGradient(p => lossOfScoreTable(p, counts).loss, scores);
    gradient.forEach((part, i) => {
      near(part, expected[i]);
      near(part, measured[i], 1e-8);
    });
  }
});

test('the lesson trained: floor 2 ln 2 / 7 within 0.001, the counted table; two characters reach 0', () => {
  const table = scoreTable(lesson, 1);
  const counts = nextTokenCounts(table, lesson);
  const { loss, parameters } = trained(table, counts, 1000);
  near(loss, (2 * Math.log(2)) / 7, 1e-3);
  const counted = countedRows(counts);
  near(counted[2][1], 0.5);
  near(counted[2][2], 0.5);
  probabilityRows(parameters, 6).forEach((row, i) => {
    row.forEach((probability, j) => {
      near(probability, counted[i][j], 1e-3);
    });
  });
  const wider = scoreTable(lesson, 2);
  near(trained(wider, nextTokenCounts(wider, lesson), 1000).loss, 0, 1e-3);
});

test('the weather grammar: held-out loss within 1 % of the best possible, for every context length', () => {
  const language = sentencesOf(weatherGrammar);
  const known = sampleSentences(weatherGrammar, 4000, seededRandom(33));
  const heldOut = sampleSentences(weatherGrammar, 4000, seededRandom(22));
  for (const length of [1, 2, 3, 4, 5, 6]) {
    const table = scoreTable(known, length);
    const { parameters } = lastStep(
      train({
        parameters: new Float64Array(table.parameterCount),
        lossAndGradient: lossOfScoreTable,
        optimizer: adam(0.1),
        batches: fullBatches(nextTokenCounts(table, known)),
        steps: 400,
      }),
    );
    const best = bestLoss(language, length);
    const exact = lossOfScoreTable(parameters, nextTokenCounts(table, language)).loss;
    assert.ok(exact >= best && exact < 1.01 * best, `${length}: ${exact}, best ${best}`);
    const measured = lossOfScoreTable(parameters, nextTokenCounts(table, heldOut)).loss;
    near(measured, best, 0.01 * best);
    if (length === 6) near(exact, entropyPerCharacter(language), 0.01 * best);
  }
});

test('a context without a row tells nothing: every token is equally likely', () => {
  const vocabulary = vocabularyOf('今天天气很好', [END]);
  const table = scoreTable(['今天'], 1, vocabulary);
  const counts = nextTokenCounts(table, ['气好']);
  // BEGIN 气 has a row; 气 好 and 好 END have none.
  assert.is(counts.unseen, 2);
  near(lossOfScoreTable(new Float64Array(table.parameterCount), counts).loss, Math.log(6));
  const probabilities = nextProbabilities(table, new Float64Array(table.parameterCount), '今天气');
  for (const probability of probabilities) near(probability, 1 / 6);
});

test('sampleText: 今天^n 气很好 comes with probability 1 / 2^n', () => {
  const table = scoreTable(lesson, 1);
  const { counts } = nextTokenCounts(table, lesson);
  const scores = counts.map(count => (count > 0 ? 0 : -100));
  const random = seededRandom(6);
  const drawn = Array.from({ length: 4000 }, () => sampleText(table, scores, random));
  for (const n of [1, 2, 3]) {
    const share = drawn.filter(text => text === `今${'天'.repeat(n)}气很好`).length / 4000;
    near(share, 0.5 ** n, 0.03);
  }
  const endless = scores.map((_, i) => (i === 0 || i % 6 === 1 ? 0 : -1000));
  assert.is(sampleText(table, endless, random, { atMost: 9 }).length, 9);
});

test('nextProbabilities: temperature sharpens and evens out', () => {
  const table = scoreTable(['好'], 1);
  const scores = [Math.log(3), 0, 0, 0];
  near(nextProbabilities(table, scores, '', 0.5)[0], 0.9);
  near(nextProbabilities(table, scores, '', 1)[0], 0.75);
  near(nextProbabilities(table, scores, '', 2)[0], Math.sqrt(3) / (1 + Math.sqrt(3)));
});

test('characters of two code units are one column', () => {
  const table = scoreTable(['𠮷好𠮷'], 1);
  assert.equal(table.contexts, ['BEGIN', '𠮷', '好']);
  const counts = nextTokenCounts(table, ['𠮷好𠮷']);
  assert.is(
    counts.counts.reduce((sum, count) => sum + count),
    4,
  );
});

test('wrong arguments are refused in words', () => {
  assert.throws(() => scoreTable([], 1), /expected a corpus with at least one character/);
  assert.throws(() => scoreTable(['好'], 0), /expected length to be a whole number, 1 or more, got 0/);
  const table = scoreTable(lesson, 1);
  const counts = nextTokenCounts(table, lesson);
  assert.throws(() => nextTokenCounts(table, ['雨']), /expected tokens of the vocabulary, got '雨'/);
  assert.throws(() => lossOfScoreTable([1, 2], counts), /expected as many scores as counts, got 2 and 36/);
  assert.throws(
    () => lossOfScoreTable(new Float64Array(36), { columns: 6, counts: new Float64Array(36), unseen: 0 }),
    /expected at least one counted pair, got none/,
  );
  assert.throws(
    () => probabilityRows([1, 2, 3], 2),
    /probabilityRows: expected whole rows of 2 numbers, got 3/,
  );
});

test.run();
