import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type Dataset, fullBatches, pointsOnLine, shuffledBatches } from '../../lib/dataset.ts';
import { lossOfLineThroughOrigin, lossOfStraightLine, meanOf } from '../../lib/loss.ts';
import { adam, gradientDescent, momentum } from '../../lib/optimizer.ts';
import { seededRandom } from '../../lib/random.ts';
import { lastStep, type Training, train } from '../../lib/train.ts';

const points = pointsOnLine([1, 2, 3], 2);
const lesson = (learningRate: number, steps?: number): Training<Float64Array, Dataset, undefined> => ({
  parameters: Float64Array.of(1),
  lossAndGradient: lossOfLineThroughOrigin,
  optimizer: gradientDescent(learningRate),
  batches: fullBatches(points),
  steps,
});

test('train: the lesson at eta = 0.05: a - 2 is multiplied by -0.4 each step', () => {
  const run = [...train(lesson(0.05, 3))];
  assert.equal(
    run.map(({ step }) => step),
    [0, 1, 2, 3],
  );
  // By hand: 1, 2.4, 1.84, 2.064; losses 14 (a - 2)^2.
  [1, 2.4, 1.84, 2.064].forEach((a, i) => {
    assert.ok(Math.abs(run[i].parameters[0] - a) < 1e-12);
    assert.ok(Math.abs(run[i].loss - 14 * (a - 2) ** 2) < 1e-12);
  });
});

test('train: loss and parameters of a moment belong together', () => {
  for (const { loss, parameters } of train(lesson(0.01, 20))) {
    assert.is(loss, lossOfLineThroughOrigin(parameters, points).loss);
  }
});

test('train: the parameters given, and those yielded, stay as they are', () => {
  const training = lesson(0.05, 5);
  const run = [...train(training)];
  assert.equal(training.parameters, Float64Array.of(1));
  assert.is(new Set(run.map(({ parameters }) => parameters)).size, 6);
});

test('train: in place, the parameters given are those of every moment', () => {
  const training = { ...lesson(0.05, 3), inPlace: true };
  const run = [...train(training)];
  assert.ok(run.every(({ parameters }) => parameters === training.parameters));
  assert.ok(Math.abs(training.parameters[0] - 2.064) < 1e-12, 'by hand, as above');
  assert.ok(Math.abs(run[1].loss - 14 * (2.4 - 2) ** 2) < 1e-12);
});

test('train: ends with the batches; without steps it goes on until the consumer breaks', () => {
  assert.is([...train({ ...lesson(0.05), batches: [points, points] })].length, 2);
  let last = 0;
  for (const { step } of train(lesson(0.05))) {
    last = step;
    if (step === 1000) break;
  }
  assert.is(last, 1000);
});

test('train: 0 steps measures the loss and changes nothing', () => {
  assert.equal([...train(lesson(0.05, 0))], [{ step: 0, loss: 14, parameters: Float64Array.of(1) }]);
});

test('train: mini-batches, momentum and Adam reach the line y = 2x + 1', () => {
  const line = pointsOnLine([-1, -0.5, 0, 0.5, 1], 2, 1);
  for (const optimizer of [gradientDescent(0.2), momentum(0.05), adam(0.05)]) {
    const { parameters } = lastStep(
      train({
        parameters: Float64Array.of(0, 0),
        lossAndGradient: meanOf(lossOfStraightLine),
        optimizer: optimizer as ReturnType<typeof momentum>,
        batches: shuffledBatches(line, 2, seededRandom(3)),
        steps: 1500,
      }),
    );
    assert.ok(Math.abs(parameters[0] - 2) < 1e-3, `${parameters}`);
    assert.ok(Math.abs(parameters[1] - 1) < 1e-3, `${parameters}`);
  }
});

test('train: 32-bit parameters stay 32-bit, and a batch may be anything', () => {
  const run = train({
    parameters: Float32Array.of(0),
    lossAndGradient: ([a], text: string) => ({
      loss: (text.length - a) ** 2,
      gradient: Float32Array.of(2 * (a - text.length)),
    }),
    optimizer: gradientDescent(0.5),
    batches: ['today', 'cloud'],
  });
  const { parameters, loss } = lastStep(run);
  assert.equal(parameters, Float32Array.of(5));
  assert.is(loss, 0);
});

test('train: a run that diverges says at which step and what to try', () => {
  // By hand: the loss is multiplied by 27^2 each step, 14 * 729^n passes 1.8e308 at n = 108.
  let reached = 0;
  assert.throws(() => {
    for (const { step } of train(lesson(1))) reached = step;
  }, /train: the run diverges: at step 108 the loss is Infinity, one step before it was 2\.\d\de\+307; try a smaller learning rate/);
  assert.is(reached, 107);
});

test('train: numbers that are bad from the start are not blamed on the learning rate', () => {
  assert.throws(
    () => lastStep(train({ ...lesson(0.05), parameters: Float64Array.of(Number.NaN) })),
    /train: the loss is NaN before the first step; look for NaN/,
  );
});

test('train: wrong gradients, step counts and empty runs are refused in words', () => {
  const short = {
    ...lesson(0.05),
    parameters: Float64Array.of(1, 1),
    lossAndGradient: () => ({ loss: 1, gradient: Float64Array.of(1) }),
  };
  assert.throws(() => lastStep(train(short)), /expected a gradient of 2 numbers, one a parameter, got 1/);
  assert.throws(
    () => lastStep(train(lesson(0.05, 1.5))),
    /expected steps to be a whole number, 0 or more, got 1.5/,
  );
  assert.throws(
    () => lastStep(train({ ...lesson(0.05), batches: [] })),
    /expected a run with at least one batch/,
  );
});

test.run();
