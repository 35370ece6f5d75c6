import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { addNoise, evenlySpaced, pointsOnLine } from '../../lib/dataset.ts';
import { lossOfLineThroughOrigin } from '../../lib/loss.ts';
import { heightAt, lossCoefficients, vertexOf } from '../../lib/parabola.ts';
import { seededRandom } from '../../lib/random.ts';

const points = pointsOnLine([1, 2, 3], 2);
const irregular = {
  inputs: Float64Array.of(0.3, 1.1, 2.7, -0.4),
  targets: Float64Array.of(1.2, 0.5, 4.4, -2),
};
const near = (got: number, expected: number) => assert.ok(Math.abs(got - expected) < 1e-9, `${got}`);

test('lossCoefficients: the lesson, by hand: 1 + 4 + 9, -2 (2 + 8 + 18), 4 + 16 + 36', () => {
  assert.equal(lossCoefficients(points), { A: 14, B: -56, C: 56 });
});

test('lossCoefficients: the parabola is the loss at every a', () => {
  const noisy = addNoise(pointsOnLine(evenlySpaced(-1, 3, 17), -0.5), 1, seededRandom(4));
  for (const dataset of [points, irregular, noisy]) {
    const parabola = lossCoefficients(dataset);
    for (const a of [-5, -1, 0, 0.3, 1, 2, 10]) {
      near(heightAt(parabola, a), lossOfLineThroughOrigin([a], dataset).loss);
    }
  }
});

test('vertexOf: the lesson at (2, 0); irregular points at sum xy / sum x^2', () => {
  assert.equal(vertexOf(lossCoefficients(points)), { a: 2, loss: 0 });
  // NumPy 2.4.6: (x * y).sum() / (x * x).sum() and ((y - a * x)**2).sum().
  const { a, loss } = vertexOf(lossCoefficients(irregular));
  near(a, 1.5531428571428572);
  near(loss, (1.2 - 0.3 * a) ** 2 + (0.5 - 1.1 * a) ** 2 + (4.4 - 2.7 * a) ** 2 + (-2 + 0.4 * a) ** 2);
});

test('a dataset without points, and parabolas without a lowest point, are refused in words', () => {
  const none = { inputs: new Float64Array(0), targets: new Float64Array(0) };
  assert.throws(() => lossCoefficients(none), /lossCoefficients: expected at least one point, got none/);
  assert.throws(() => vertexOf({ A: 0, B: 1, C: 0 }), /vertexOf: expected A above 0, .* got 0/);
  assert.throws(() => vertexOf({ A: -1, B: 1, C: 0 }), /expected A above 0/);
});

test.run();
