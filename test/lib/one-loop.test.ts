// The point of the course: one `train` fits y = 2x and trains a language model.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { fullBatches, pointsOnLine } from '../../lib/dataset.ts';
import { gpt } from '../../lib/gpt.ts';
import { lossOfLineThroughOrigin } from '../../lib/loss.ts';
import { adam, gradientDescent } from '../../lib/optimizer.ts';
import { seededRandom } from '../../lib/random.ts';
import { sampleSentence } from '../../lib/sampling.ts';
import { lossOfScoreTable, nextTokenCounts, sampleText, scoreTable } from '../../lib/score-table.ts';
import { tokenBatch } from '../../lib/token-batch.ts';
import { lastStep, train } from '../../lib/train.ts';
import { vocabularyOf } from '../../lib/vocabulary.ts';

test('y = 2x: one parameter, from 1 to 2', () => {
  const { loss, parameters } = lastStep(
    train({
      parameters: Float64Array.of(1),
      lossAndGradient: lossOfLineThroughOrigin,
      optimizer: gradientDescent(0.01),
      batches: fullBatches(pointsOnLine([1, 2, 3], 2)),
      steps: 100,
    }),
  );
  assert.ok(Math.abs(parameters[0] - 2) < 1e-9);
  assert.ok(loss < 1e-9);
});

test('今天天气很好: 42 parameters, from ln 6 to 0; the model says the sentence', () => {
  const table = scoreTable(['今天天气很好'], 2);
  const run = [
    ...train({
      parameters: new Float64Array(table.parameterCount),
      lossAndGradient: lossOfScoreTable,
      optimizer: gradientDescent(7),
      batches: fullBatches(nextTokenCounts(table, ['今天天气很好'])),
      steps: 1000,
    }),
  ];
  assert.ok(Math.abs(run[0].loss - Math.log(6)) < 1e-12);
  assert.ok(run[1000].loss < 1e-3);
  assert.is(
    sampleText(table, run[1000].parameters, () => 0.5),
    '今天天气很好',
  );
});

test('今天天气很好 again: a GPT of 6,951 parameters, from ln 7 to 0; the model says the sentence', () => {
  const vocabulary = vocabularyOf('今天天气很好');
  const model = gpt({
    vocabularySize: vocabulary.size,
    contextLength: 8,
    width: 16,
    heads: 2,
    layers: 2,
    random: seededRandom(1),
  });
  assert.is(model.parameterCount, 6951);
  const run = [
    ...train({
      parameters: model.parameters,
      lossAndGradient: model.lossAndGradient,
      optimizer: adam(0.01),
      batches: fullBatches(tokenBatch(vocabulary, ['今天天气很好'])),
      steps: 200,
    }),
  ];
  assert.ok(Math.abs(run[0].loss - Math.log(vocabulary.size)) < 0.1);
  assert.ok(run[200].loss < 1e-2);
  assert.is(sampleSentence(model, run[200].parameters, vocabulary, seededRandom(1)), '今天天气很好');
});

test.run();
