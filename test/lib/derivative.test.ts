import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { pointsOnLine } from '../../lib/dataset.ts';
import { centralDifference, derivativeByHand, numericalGradient, secantSlope } from '../../lib/derivative.ts';
import { lossOfLineThroughOrigin, lossOfStraightLine } from '../../lib/loss.ts';

const points = pointsOnLine([1, 2, 3], 2);
const lossAt = (a: number) => lossOfLineThroughOrigin([a], points).loss;
const near = (got: number, expected: number, tolerance: number) =>
  assert.ok(Math.abs(got - expected) <= tolerance, `got ${got}, expected ${expected}`);

test('derivativeByHand: the lesson, 28 a - 56', () => {
  for (const [a, expected] of [
    [0, -56],
    [1, -28],
    [1.5, -14],
    [2, 0],
    [3, 28],
  ]) {
    assert.is(derivativeByHand(points, a), expected);
  }
});

test('derivativeByHand: irregular points, figure from NumPy 2.4.6: -2 (x * (y - a * x)).sum()', () => {
  const irregular = {
    inputs: Float64Array.of(0.3, 1.1, 2.7, -0.4),
    targets: Float64Array.of(1.2, 0.5, 4.4, -2),
  };
  near(derivativeByHand(irregular, 0.7), -14.93, 1e-12);
});

test('four ways, one number: by hand, central difference, gradient of the loss, numerical gradient', () => {
  for (const a of [-3, 0, 1, 1.5, 2, 2.25, 7]) {
    const byHand = 28 * a - 56;
    assert.is(derivativeByHand(points, a), byHand);
    assert.is(lossOfLineThroughOrigin([a], points).gradient[0], byHand);
    near(centralDifference(lossAt, a), byHand, 1e-6);
    near(numericalGradient(([slope]) => lossAt(slope), [a])[0], byHand, 1e-6);
  }
});

test('secantSlope: 14 (2 - a)^2 from 1: -28 + 14 h', () => {
  for (const h of [1, 0.5, 0.25, -0.5]) assert.is(secantSlope(lossAt, 1, h), -28 + 14 * h);
});

test('centralDifference: error falls with h^2, then rounding takes over', () => {
  // For exp at 0 the error is h^2 / 6 as long as rounding (about 1e-16 / h) is smaller.
  const error = (h: number) => Math.abs(centralDifference(Math.exp, 0, h) - 1);
  near(error(1e-1) / 1e-2, 1 / 6, 1e-3);
  near(error(1e-3) / 1e-6, 1 / 6, 1e-3);
  assert.ok(error(1e-13) > error(1e-5));
});

test('numericalGradient: the straight line, against sums worked out by hand', () => {
  // Residuals at a = 1, b = 0 are 1, 2, 3: -2 (1 + 4 + 9) = -28 and -2 (1 + 2 + 3) = -12.
  const gradient = numericalGradient(parameters => lossOfStraightLine(parameters, points).loss, [1, 0]);
  near(gradient[0], -28, 1e-6);
  near(gradient[1], -12, 1e-6);
});

test('numericalGradient: the vector given is not touched', () => {
  const parameters = Float64Array.of(1, 2);
  numericalGradient(([a, b]) => a * b, parameters);
  assert.equal(parameters, Float64Array.of(1, 2));
});

test('a step that is 0 or not finite, and a dataset without points, are refused in words', () => {
  assert.throws(
    () => centralDifference(lossAt, 1, 0),
    /centralDifference: expected an h other than 0, got 0/,
  );
  assert.throws(() => secantSlope(lossAt, 1, Number.NaN), /secantSlope: expected a finite h, got NaN/);
  assert.throws(() => numericalGradient(([a]) => a, [1], Infinity), /expected a finite h, got Infinity/);
  const none = { inputs: new Float64Array(0), targets: new Float64Array(0) };
  assert.throws(() => derivativeByHand(none, 1), /derivativeByHand: expected at least one point, got none/);
});

test.run();
