import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { softmaxSquaredError } from '../../lib/softmax-squared-error.ts';
import { near } from './near.ts';

test('two equal scores, by hand: q = 1/2, 1/2, loss 1/4 + 1/4, gradient -+ 2 (1/2)(1/2)', () => {
  assert.equal(softmaxSquaredError([7, 7], 0), { loss: 0.5, gradient: Float64Array.of(-0.5, 0.5) });
});

test('the gradient agrees with central differences', () => {
  const scores = [1.5, -0.3, 2.2, 0, -4.1, 0.7];
  const h = 1e-5;
  const { gradient } = softmaxSquaredError(scores, 3);
  scores.forEach((_, i) => {
    const at = (by: number) =>
      softmaxSquaredError(
        scores.map((score, j) => (i === j ? score + by : score)),
        3,
      ).loss;
    near((at(h) - at(-h)) / (2 * h), gradient[i], 1e-9);
  });
});

test('a label out of range is refused in words', () => {
  assert.throws(() => softmaxSquaredError([1, 2], 2), /softmaxSquaredError: expected a label from 0 to 1/);
});

test.run();
