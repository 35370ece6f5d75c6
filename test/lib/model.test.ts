import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { lineThroughOrigin, predict, straightLine } from '../../lib/model.ts';

test('lineThroughOrigin: y = ax by hand', () => {
  assert.is(lineThroughOrigin([2], 3), 6);
  assert.is(lineThroughOrigin([-0.5], 4), -2);
  assert.throws(() => lineThroughOrigin([], 3), /lineThroughOrigin: expected 1 parameter, got 0/);
});

test('straightLine: y = ax + b by hand', () => {
  assert.is(straightLine([2, 1], 3), 7);
  assert.throws(() => straightLine([2], 3), /straightLine: expected 2 parameters, got 1/);
});

test('predict: one output an input, plain and typed arrays alike', () => {
  assert.equal(predict(lineThroughOrigin, [1.5], [1, 2, 3]), Float64Array.of(1.5, 3, 4.5));
  assert.equal(predict(straightLine, Float64Array.of(2, 1), Float64Array.of(0, 1)), Float64Array.of(1, 3));
  assert.is(predict(lineThroughOrigin, [1], []).length, 0);
});

test.run();
