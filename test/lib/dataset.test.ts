import { test } from 'uvu';
import * as assert from 'uvu/assert';
import {
  addNoise,
  batchesPerEpoch,
  type Dataset,
  evenlySpaced,
  fullBatches,
  pick,
  pointsOnLine,
  shuffledBatches,
  splitKnownFuture,
} from '../../lib/dataset.ts';
import { seededRandom } from '../../lib/random.ts';

test('evenlySpaced: both ends exactly, equal distances', () => {
  const x = evenlySpaced(0.1, 4, 40);
  assert.is(x[0], 0.1);
  assert.is(x[39], 4);
  for (let i = 1; i < 40; i++) assert.ok(Math.abs(x[i] - x[i - 1] - 0.1) < 1e-12);
  assert.throws(
    () => evenlySpaced(0, 1, 1),
    /evenlySpaced: expected count to be a whole number, 2 or more, got 1/,
  );
  assert.throws(
    () => evenlySpaced(0, Infinity, 3),
    /evenlySpaced: expected a finite last number, got Infinity/,
  );
});

test('pointsOnLine: the lesson, y = 2x at 1, 2, 3', () => {
  const { inputs, targets } = pointsOnLine([1, 2, 3], 2);
  assert.equal(inputs, Float64Array.of(1, 2, 3));
  assert.equal(targets, Float64Array.of(2, 4, 6));
  assert.throws(() => pointsOnLine([1], Number.NaN), /pointsOnLine: expected a finite slope, got NaN/);
});

test('pointsOnLine: the inputs are a copy', () => {
  const x = Float64Array.of(1, 2);
  const { inputs } = pointsOnLine(x, 2);
  inputs[0] = 9;
  assert.is(x[0], 1);
});

test('addNoise: spread as asked, the points given are not touched', () => {
  const line = pointsOnLine(evenlySpaced(0, 1, 10_000), 2);
  const noisy = addNoise(line, 0.5, seededRandom(7));
  const moves = noisy.targets.map((target, i) => target - line.targets[i]);
  const mean = moves.reduce((sum, move) => sum + move) / moves.length;
  const deviation = Math.sqrt(moves.reduce((sum, move) => sum + (move - mean) ** 2, 0) / moves.length);
  // Four standard errors: 0.5 / sqrt(10000) = 0.005 and 0.5 / sqrt(20000) = 0.0035.
  assert.ok(Math.abs(mean) < 0.02, `mean ${mean}`);
  assert.ok(Math.abs(deviation - 0.5) < 0.014, `standard deviation ${deviation}`);
  assert.is(line.targets[9999], 2);
  assert.equal(noisy.inputs, line.inputs);
  assert.equal(noisy.targets, addNoise(line, 0.5, seededRandom(7)).targets);
  assert.throws(
    () => addNoise(line, -1, seededRandom(7)),
    /addNoise: expected a standard deviation of 0 or more/,
  );
});

test('splitKnownFuture: every point on one side, in order', () => {
  const { known, future } = splitKnownFuture(pointsOnLine([1, 2, 3, 4], 2), 3);
  assert.equal([...known.inputs, ...future.inputs], [1, 2, 3, 4]);
  assert.equal(known.targets, Float64Array.of(2, 4, 6));
  assert.equal(future.targets, Float64Array.of(8));
  const points = pointsOnLine([1, 2], 2);
  for (const count of [0, 2, 1.5]) {
    assert.throws(
      () => splitKnownFuture(points, count),
      /splitKnownFuture: expected knownCount .* 1 to 1, got/,
    );
  }
});

test('shuffledBatches: in each epoch every point once, with its own target, in an order of its own', () => {
  const points = pointsOnLine(evenlySpaced(1, 10, 10), 2);
  const taken: Dataset[] = [];
  for (const batch of shuffledBatches(points, 4, seededRandom(5))) {
    taken.push(batch);
    if (taken.length === 9) break;
  }
  const epochs = [0, 3, 6].map(first => taken.slice(first, first + 3));
  const orders = epochs.map(epoch => epoch.flatMap(({ inputs }) => [...inputs]));
  for (const epoch of epochs) {
    assert.equal(
      epoch.map(({ inputs }) => inputs.length),
      [4, 4, 2],
    );
    for (const { inputs, targets } of epoch) {
      assert.equal(
        targets,
        inputs.map(x => 2 * x),
      );
    }
  }
  for (const order of orders) assert.equal(Float64Array.from(order).sort(), points.inputs);
  assert.is(new Set(orders.map(String)).size, 3);
  const [first] = shuffledBatches(points, 4, seededRandom(5));
  const [again] = shuffledBatches(points, 4, seededRandom(5));
  assert.equal(first, again);
});

test('shuffledBatches: wrong sizes are refused at once, in words', () => {
  const points = pointsOnLine([1, 2, 3], 2);
  for (const size of [0, 4, 1.5]) {
    assert.throws(
      () => shuffledBatches(points, size, seededRandom(1)),
      /shuffledBatches: expected batchSize to be a whole number, 1 to 3, got/,
    );
  }
  assert.throws(
    () => shuffledBatches(pointsOnLine([], 2), 1, seededRandom(1)),
    /expected at least one point, got none/,
  );
});

test('fullBatches: the very same dataset again and again; pick: a copy of some points', () => {
  const points = pointsOnLine([1, 2, 3], 2);
  const [first, second] = fullBatches(points);
  assert.is(first, points);
  assert.is(second, points);
  assert.equal(pick(points, [2, 2]), { inputs: Float64Array.of(3, 3), targets: Float64Array.of(6, 6) });
});

test('batches can be gone through twice: a cell that trains may run again', () => {
  const points = pointsOnLine([1, 2, 3], 2);
  for (const batches of [fullBatches(points), shuffledBatches(points, 3, seededRandom(1))]) {
    for (const _ of [1, 2]) {
      const [batch] = batches;
      assert.is(batch.inputs.length, 3);
    }
  }
});

test('batchesPerEpoch: the last batch may be smaller', () => {
  assert.is(batchesPerEpoch(30, 1), 30);
  assert.is(batchesPerEpoch(30, 4), 8);
  assert.is(batchesPerEpoch(30, 30), 1);
  assert.throws(() => batchesPerEpoch(30, 0), /expected batchSize to be a whole number, 1 or more, got 0/);
});

test.run();
