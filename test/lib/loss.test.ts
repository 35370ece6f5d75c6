import { test } from 'uvu';
import * as assert from 'uvu/assert';
import {
  lossOfLineThroughOrigin,
  lossOfStraightLine,
  meanOf,
  meanSquaredError,
  residuals,
  sumAbsoluteError,
  sumError,
  sumSquaredError,
} from '../../lib/loss.ts';
import { lineThroughOrigin, predict } from '../../lib/model.ts';

const targets = [2, 4, 6];
const outputsAt = (a: number) => predict(lineThroughOrigin, [a], [1, 2, 3]);

test('sumSquaredError: the lesson at x = 1, 2, 3, y = 2x: 14 (2 - a)^2', () => {
  // By hand: residuals (2 - a) x, squares (2 - a)^2 (1 + 4 + 9).
  assert.is(sumSquaredError(outputsAt(1), targets), 14);
  assert.is(sumSquaredError(outputsAt(1.5), targets), 3.5);
  assert.is(sumSquaredError(outputsAt(0.5), targets), 31.5);
  assert.is(sumSquaredError(outputsAt(2), targets), 0);
  assert.is(sumSquaredError(outputsAt(3), targets), 14);
});

test('residuals: data minus model, with sign', () => {
  assert.equal(residuals(outputsAt(1), targets), Float64Array.of(1, 2, 3));
  assert.equal(residuals(outputsAt(3), targets), Float64Array.of(-1, -2, -3));
});

test('meanSquaredError: 14 / 3 at a = 1', () => {
  assert.ok(Math.abs(meanSquaredError(outputsAt(1), targets) - 4.6666666667) < 1e-9);
});

test('losses of irregular numbers, worked out by hand', () => {
  // Residuals 2 - 2.5, -1 - 0.5, 0.25 - 0 = -0.5, -1.5, 0.25; squares 0.25, 2.25, 0.0625.
  const outputs = [2.5, 0.5, 0];
  const data = Float64Array.of(2, -1, 0.25);
  assert.equal(residuals(outputs, data), Float64Array.of(-0.5, -1.5, 0.25));
  assert.is(sumSquaredError(outputs, data), 2.5625);
  assert.is(sumAbsoluteError(outputs, data), 2.25);
  assert.is(sumError(outputs, data), -1.75);
});

test('sumError: a bad model with sum 0', () => {
  assert.is(sumError([4, 4, 4], targets), 0);
  assert.is(sumAbsoluteError([4, 4, 4], targets), 4);
  assert.is(sumSquaredError([4, 4, 4], targets), 8);
});

test('sumAbsoluteError: 6 |2 - a|, equally steep however near the bottom', () => {
  assert.is(sumAbsoluteError(outputsAt(1), targets), 6);
  assert.is(sumAbsoluteError(outputsAt(1.5), targets), 3);
  assert.is(sumAbsoluteError(outputsAt(2.5), targets), 3);
});

test('every loss refuses lengths that differ and empty data, in words', () => {
  for (const loss of [residuals, sumSquaredError, meanSquaredError, sumAbsoluteError, sumError]) {
    const words = `${loss.name}: expected outputs and targets of the same length, got 3 and 2`;
    assert.throws(
      () => loss([1, 2, 3], [1, 2]),
      (error: Error) => error.message === words,
    );
    assert.throws(
      () => loss([], []),
      new RegExp(`${loss.name}: expected at least one output and target, got none`),
    );
  }
});

// Figures from NumPy 2.4.6: r = y - (a * x + b), (r**2).sum(), -2 * (x * r).sum(), -2 * r.sum().
test('lossOfLineThroughOrigin, lossOfStraightLine: irregular points', () => {
  const irregular = {
    inputs: Float64Array.of(0.3, 1.1, 2.7, -0.4),
    targets: Float64Array.of(1.2, 0.5, 4.4, -2),
  };
  const near = (got: number, expected: number) => assert.ok(Math.abs(got - expected) < 1e-12, `${got}`);
  const origin = lossOfLineThroughOrigin([0.7], irregular);
  near(origin.loss, 10.3115);
  near(origin.gradient[0], -14.93);
  const line = lossOfStraightLine([0.7, -0.3], irregular);
  near(line.loss, 11.5775);
  near(line.gradient[0], -17.15);
  near(line.gradient[1], -5.42);
  near(meanOf(lossOfStraightLine)([0.7, -0.3], irregular).gradient[1], -5.42 / 4);
});

test('lossOfLineThroughOrigin is sumSquaredError of predict', () => {
  const points = { inputs: Float64Array.of(1, 2, 3), targets: Float64Array.from(targets) };
  for (const a of [-1, 0, 0.5, 1, 2, 3]) {
    assert.is(lossOfLineThroughOrigin([a], points).loss, sumSquaredError(outputsAt(a), targets));
  }
});

test('lossOfLineThroughOrigin: any number of points, odd or even', () => {
  for (let count = 1; count <= 6; count++) {
    const inputs = Float64Array.from({ length: count }, (_, i) => i + 1);
    const squares = (count * (count + 1) * (2 * count + 1)) / 6;
    const { loss, gradient } = lossOfLineThroughOrigin([5], { inputs, targets: inputs.map(x => 2 * x) });
    assert.equal([loss, ...gradient], [9 * squares, 6 * squares]);
  }
});

test('losses with gradient: wrong parameters and empty batches are refused in words', () => {
  const points = { inputs: Float64Array.of(1), targets: Float64Array.of(2) };
  const none = { inputs: new Float64Array(0), targets: new Float64Array(0) };
  assert.throws(() => lossOfLineThroughOrigin([1, 2], points), /expected 1 parameter, got 2/);
  assert.throws(() => lossOfStraightLine([1], points), /expected 2 parameters, got 1/);
  assert.throws(
    () => lossOfStraightLine([1, 0], none),
    /lossOfStraightLine: expected at least one point, got none/,
  );
  assert.throws(
    () => lossOfLineThroughOrigin([1], { ...none, inputs: Float64Array.of(1) }),
    /expected as many inputs as targets, got 1 and 0/,
  );
});

test.run();
