// Kernels that treat each number or row on its own.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { adam } from '../../../lib/optimizer.ts';
import { integerBelow, seededRandom } from '../../../lib/random.ts';
import { closeTo, Guarded, kernels, randomNumbers } from './guarded.ts';
import { gelu, matrix, plus, slope } from './wasm-reference.ts';

const random = seededRandom(2);
const counts = [1, 2, 3, 4, 5, 7, 8, 63, 64, 65, 130];
const shapes: readonly (readonly [rows: number, columns: number])[] = [
  ...counts.map(count => [3, count] as const),
  ...Array.from({ length: 20 }, () => [1 + integerBelow(random, 9), 1 + integerBelow(random, 70)] as const),
];

test('add: out = a + b, also into a or b', () => {
  for (const count of counts) {
    const arrays = new Guarded();
    const a = arrays.input(randomNumbers(random, count));
    const b = arrays.output(randomNumbers(random, count));
    const out = arrays.output(new Float32Array(count));
    const expected = Float32Array.from(plus(a, b));
    kernels.add(a, b, out);
    assert.equal(out, expected);
    kernels.add(a, b, b);
    assert.equal(b, expected);
    arrays.check();
  }
});

test('addRow and sumRows: the same row to each, and the sum of all', () => {
  for (const [rows, columns] of shapes) {
    const arrays = new Guarded();
    const x = arrays.output(randomNumbers(random, rows * columns));
    const row = arrays.input(randomNumbers(random, columns));
    const sums = arrays.output(randomNumbers(random, columns));
    const expected = matrix(1, columns, (_, j) => {
      let total = sums[j];
      for (let i = 0; i < rows; i++) total += x[i * columns + j];
      return total;
    });
    kernels.sumRows(x, sums, rows, columns);
    closeTo(sums, expected, 0, 1e-6 * rows, `sumRows ${rows}x${columns}`);
    const added = Float32Array.from(x, (value, i) => value + row[i % columns]);
    kernels.addRow(x, row, x, rows, columns);
    assert.equal(x, added);
    arrays.check();
  }
});

test('gather takes rows of a table; gatherBack adds to them, twice where an id is twice', () => {
  for (const [rows, columns] of shapes) {
    const arrays = new Guarded();
    const table = arrays.output(randomNumbers(random, rows * columns));
    const ids = arrays.ids(Array.from({ length: 11 }, () => integerBelow(random, rows)));
    const out = arrays.output(new Float32Array(ids.length * columns));
    const expected = Float32Array.from(matrix(ids.length, columns, (i, j) => table[ids[i] * columns + j]));
    kernels.gather(table, ids, out, columns);
    assert.equal(out, expected);
    const dTable = Float64Array.from(table);
    ids.forEach((id, i) => {
      for (let j = 0; j < columns; j++) dTable[id * columns + j] += out[i * columns + j];
    });
    kernels.gatherBack(table, ids, out, columns);
    closeTo(table, dTable, 0, 1e-5, `gatherBack ${rows}x${columns}`);
    arrays.check();
  }
});

/** Everything from tiny to huge, of both signs. */
const manySizes = Float32Array.from(
  Array.from({ length: 801 }, (_, i) => 10 ** ((i - 600) / 100)).flatMap(x => [x, -x, 0]),
);

test('tanh: within 1e-6 of its size, however small or large x is', () => {
  const arrays = new Guarded();
  const x = arrays.input(manySizes);
  const out = arrays.output(new Float32Array(x.length));
  kernels.tanh(x, out);
  closeTo(out, Array.from(x, Math.tanh), 3e-7, 0, 'tanh');
  arrays.check();
});

test('gelu: within 3e-7, and within 1e-6 of its size above -1', () => {
  const arrays = new Guarded();
  const x = arrays.input(manySizes);
  const [out, steep] = [1, 2].map(() => arrays.output(new Float32Array(x.length)));
  kernels.gelu(x, out, steep);
  const expected = Array.from(x, gelu);
  closeTo(out, expected, 3e-7, 3e-7, 'gelu');
  const above = Array.from(x, (_, i) => i).filter(i => x[i] > -1);
  closeTo(
    above.map(i => out[i]),
    above.map(i => expected[i]),
    1e-6,
    0,
    'gelu above -1',
  );
  arrays.check();
});

test('tails of tanh, gelu and their derivatives', () => {
  for (const count of counts) {
    const arrays = new Guarded();
    const x = arrays.input(randomNumbers(random, count, 4));
    const dOut = arrays.input(randomNumbers(random, count));
    const before = randomNumbers(random, count);
    const outputs = [before, before, before, before, before].map(numbers => arrays.output(numbers));
    const [bent, gated, steep, dTanh, dGelu] = outputs;
    kernels.tanh(x, bent);
    kernels.gelu(x, gated, steep);
    closeTo(bent, Array.from(x, Math.tanh), 0, 3e-7, 'tanh');
    closeTo(gated, Array.from(x, gelu), 0, 6e-7, 'gelu');
    const share = (f: (x: number) => number) => Array.from(x, (at, i) => dOut[i] * slope(f, at));
    for (const adds of [true, false]) {
      kernels.tanhBack(bent, dOut, dTanh, adds);
      kernels.geluBack(steep, dOut, dGelu, adds);
      const expected = (f: (x: number) => number) => (adds ? plus(before, share(f)) : share(f));
      closeTo(dTanh, expected(Math.tanh), 0, 1e-6, `tanhBack, adds: ${adds}`);
      closeTo(dGelu, expected(gelu), 0, 1e-6, `geluBack, adds: ${adds}`);
    }
    arrays.check();
  }
});

test('NaN stays NaN, infinity has its limit', () => {
  const arrays = new Guarded();
  const x = arrays.input([Number.NaN, Infinity, -Infinity, 1e30, -1e30]);
  const out = arrays.output(new Float32Array(5));
  kernels.tanh(x, out);
  assert.ok(Number.isNaN(out[0]));
  assert.equal(out.slice(1), Float32Array.of(1, -1, 1, -1));
  const steep = arrays.output(new Float32Array(5));
  kernels.gelu(x, out, steep);
  assert.ok(Number.isNaN(out[0]));
  assert.equal([out[1], out[3]], [Infinity, Math.fround(1e30)]);
  closeTo([out[4]], [0], 0, 1e-6, 'gelu of -1e30');
  const ones = arrays.input([1, 1, 1, 1, 1]);
  kernels.geluBack(steep, ones, out, false);
  assert.ok(Number.isNaN(out[0]));
  closeTo(out.slice(1), [1, 0, 1, 0], 0, 1e-6, 'geluBack');
});

test('adam: three steps agree with lib/optimizer.ts to float32', () => {
  for (const count of counts) {
    const arrays = new Guarded();
    const gradient = arrays.output(randomNumbers(random, count));
    const mean = arrays.output(new Float32Array(count));
    const meanOfSquares = arrays.output(new Float32Array(count));
    const updates = arrays.output(new Float32Array(count));
    const [learningRate, beta1, beta2, epsilon] = [0.01, 0.9, 0.999, 1e-8];
    const oracle = adam(learningRate, { beta1, beta2, epsilon });
    let state = oracle.init(new Float64Array(count));
    for (let t = 1; t <= 3; t++) {
      gradient.set(randomNumbers(random, count, 10 ** -t));
      const expected = oracle.update(Float64Array.from(gradient), state);
      state = expected.state;
      const rate = learningRate / (1 - beta1 ** t);
      const correction = 1 / (1 - beta2 ** t);
      kernels.adam(gradient, mean, meanOfSquares, updates, { rate, beta1, beta2, correction, epsilon });
      closeTo(updates, expected.updates, 1e-6, 1e-9, 'updates');
      closeTo(mean, state.mean, 1e-6, 1e-9, 'mean');
      closeTo(meanOfSquares, state.meanOfSquares, 1e-6, 1e-12, 'meanOfSquares');
    }
    arrays.check();
  }
});

test('adam: the 1 - beta of double, where float32 is off by 1e-5', () => {
  const arrays = new Guarded();
  const [gradient, mean, meanOfSquares, updates] = [1, 0, 0, 0].map(value => arrays.output([value]));
  const step = { rate: 0.1, beta1: 0.9, beta2: 0.999, correction: 1000, epsilon: 1e-8 };
  kernels.adam(gradient, mean, meanOfSquares, updates, step);
  assert.equal([mean[0], meanOfSquares[0]], [Math.fround(0.1), Math.fround(0.001)]);
});

test.run();
