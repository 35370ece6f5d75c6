// Layer normalization, attention and cross-entropy in WebAssembly.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { integerBelow, seededRandom } from '../../../lib/random.ts';
import { closeTo, Guarded, kernels, randomNumbers } from './guarded.ts';
import {
  attention,
  crossEntropy,
  gradient,
  type Heads,
  layerNorm,
  type Numbers,
  plus,
} from './wasm-reference.ts';

const random = seededRandom(3);
const dot = (a: Numbers, b: Numbers): number =>
  Array.from(a).reduce((sum, value, i) => sum + value * b[i], 0);

test('layerNorm: mean 0, variance 1, then gain and bias; its statistics', () => {
  for (const columns of [1, 2, 3, 4, 5, 8, 63, 64, 65, 200]) {
    const rows = 1 + integerBelow(random, 6);
    const arrays = new Guarded();
    const x = arrays.input(randomNumbers(random, rows * columns, 3));
    const [gain, bias] = [1, 2].map(size => arrays.input(randomNumbers(random, columns, size)));
    const out = arrays.output(new Float32Array(rows * columns));
    const statistics = arrays.output(new Float32Array(2 * rows));
    kernels.layerNorm(x, gain, bias, out, statistics, rows, columns);
    const expected = layerNorm(x, gain, bias, rows, columns);
    closeTo(out, expected.out, 1e-6, 4e-6, `${columns} columns`);
    const both = expected.mean.flatMap((mean, i) => [mean, expected.inverse[i]]);
    closeTo(statistics, both, 1e-5, 1e-6, `statistics of ${columns} columns`);
    arrays.check();
  }
});

test('layerNorm of a row without differences is its bias', () => {
  const arrays = new Guarded();
  const [x, gain, bias] = [
    [7, 7, 7, 7, 7],
    [1, 2, 3, 4, 5],
    [9, 8, 7, 6, 5],
  ].map(row => arrays.input(row));
  const [out, statistics] = [new Float32Array(5), new Float32Array(2)].map(row => arrays.output(row));
  kernels.layerNorm(x, gain, bias, out, statistics, 1, 5);
  assert.equal(out, Float32Array.of(9, 8, 7, 6, 5));
  closeTo(statistics, [7, 1 / Math.sqrt(1e-5)], 1e-6, 0, 'statistics');
});

test('layerNormBack agrees with central differences', () => {
  for (const columns of [2, 3, 4, 5, 9, 16, 31]) {
    const rows = 1 + integerBelow(random, 4);
    const arrays = new Guarded();
    const x = arrays.input(randomNumbers(random, rows * columns, 2));
    const [gain, bias] = [1, 1].map(size => arrays.input(randomNumbers(random, columns, size)));
    const dOut = arrays.input(randomNumbers(random, rows * columns));
    const statistics = arrays.output(new Float32Array(2 * rows));
    const out = arrays.output(new Float32Array(rows * columns));
    const before = [rows * columns, columns, columns].map(count => randomNumbers(random, count));
    const [dX, dGain, dBias] = before.map(values => arrays.output(values));
    kernels.layerNorm(x, gain, bias, out, statistics, rows, columns);
    kernels.layerNormBack(x, gain, statistics, dOut, dX, dGain, dBias, rows, columns);
    const loss = (inputs: Numbers, gains: Numbers, biases: Numbers) =>
      dot(dOut, layerNorm(inputs, gains, biases, rows, columns).out);
    const slopes = [
      gradient(at => loss(at, gain, bias), x),
      gradient(at => loss(x, at, bias), gain),
      gradient(at => loss(x, gain, at), bias),
    ];
    [dX, dGain, dBias].forEach((got, i) => {
      closeTo(got, plus(before[i], slopes[i]), 1e-4, 2e-5, `derivative ${i}, ${columns} columns`);
    });
    arrays.check();
  }
});

const shapes: readonly Heads[] = [
  { sequences: 1, length: 1, heads: 1, width: 1 },
  { sequences: 2, length: 3, heads: 2, width: 6 },
  { sequences: 1, length: 4, heads: 1, width: 4 },
  { sequences: 2, length: 5, heads: 3, width: 15 },
  { sequences: 1, length: 9, heads: 2, width: 16 },
  { sequences: 2, length: 16, heads: 2, width: 16 },
  { sequences: 1, length: 21, heads: 1, width: 10 },
];

const larger = [
  { sequences: 2, length: 63, heads: 2, width: 10 },
  { sequences: 1, length: 64, heads: 4, width: 64 },
  { sequences: 1, length: 65, heads: 1, width: 33 },
  { sequences: 1, length: 6, heads: 1, width: 300 },
  { sequences: 1, length: 270, heads: 1, width: 3 },
  // The derivatives by the scores do not fit the scratch at once: 131072 do, so 308 rows and then the rest.
  { sequences: 1, length: 422, heads: 1, width: 3 },
];

function attentionIn(arrays: Guarded, shape: Heads, qkv: Numbers) {
  const { sequences, length, heads, width } = shape;
  const inputs = arrays.input(qkv);
  const weights = arrays.output(new Float32Array(sequences * heads * length ** 2).fill(Number.NaN));
  const out = arrays.output(new Float32Array(sequences * length * width).fill(Number.NaN));
  kernels.attention(inputs, weights, out, sequences, length, heads, width);
  return { inputs, weights, out };
}

test('attention: softmax of the scores up to the diagonal, 0 after it; the mix of the values', () => {
  for (const shape of [...shapes, ...larger]) {
    const arrays = new Guarded();
    const count = 3 * shape.sequences * shape.length * shape.width;
    const { inputs, weights, out } = attentionIn(arrays, shape, randomNumbers(random, count, 2));
    const expected = attention(inputs, shape);
    const name = JSON.stringify(shape);
    closeTo(weights, expected.weights, 1e-5, 1e-6, name);
    closeTo(out, expected.out, 1e-5, 4e-6, name);
    expected.weights.forEach((weight, i) => {
      if (weight === 0) assert.is(weights[i], 0);
    });
    arrays.check();
  }
});

test('attentionBack: the loss changes as it says, in whatever direction the inputs move', () => {
  for (const shape of [...shapes, ...larger]) {
    const { sequences, length, heads, width } = shape;
    const arrays = new Guarded();
    const { inputs, weights } = attentionIn(
      arrays,
      shape,
      randomNumbers(random, 3 * sequences * length * width),
    );
    const kept = weights.slice();
    const dOut = arrays.input(randomNumbers(random, sequences * length * width));
    const before = randomNumbers(random, inputs.length);
    const dQkv = arrays.output(before);
    kernels.attentionBack(inputs, weights, dOut, dQkv, sequences, length, heads, width);
    const added = dQkv.map((value, i) => value - before[i]);
    const loss = (at: Numbers) => dot(dOut, attention(at, shape).out);
    for (let trial = 0; trial < 3; trial++) {
      const direction = randomNumbers(random, inputs.length);
      const moved = (by: number) => loss(Float64Array.from(inputs, (value, i) => value + by * direction[i]));
      const expected = (moved(1e-4) - moved(-1e-4)) / 2e-4;
      closeTo([dot(added, direction)], [expected], 1e-4, 2e-4, JSON.stringify(shape));
    }
    assert.equal(weights, kept, 'the weights are only read');
    arrays.check();
  }
});

test('attentionBack agrees with central differences, number by number', () => {
  for (const shape of shapes.slice(0, 4)) {
    const { sequences, length, heads, width } = shape;
    const arrays = new Guarded();
    const { inputs, weights } = attentionIn(
      arrays,
      shape,
      randomNumbers(random, 3 * sequences * length * width),
    );
    const dOut = arrays.input(randomNumbers(random, sequences * length * width));
    const before = randomNumbers(random, inputs.length);
    const dQkv = arrays.output(before);
    kernels.attentionBack(inputs, weights, dOut, dQkv, sequences, length, heads, width);
    const slopes = gradient(at => dot(dOut, attention(at, shape).out), inputs);
    closeTo(dQkv, plus(before, slopes), 1e-5, 1e-5, JSON.stringify(shape));
    arrays.check();
  }
});

test('attentionBack of a sequence that does not fit the scratch at once', () => {
  // 131072 scores fit: of 600 positions 216 rows at a time. The loss is the sum of all outputs, in which the
  // weights of a row sum to 1: so each value has its column of weights as derivative, query and key have 0.
  const shape = { sequences: 1, length: 600, heads: 1, width: 2 };
  const arrays = new Guarded();
  const { inputs, weights } = attentionIn(
    arrays,
    shape,
    randomNumbers(random, 3600, 2).map((x, i) => (i % 6 > 3 ? 1 : x)),
  );
  const dOut = arrays.input(new Float32Array(1200).fill(1));
  const dQkv = arrays.output(new Float32Array(3600));
  kernels.attentionBack(inputs, weights, dOut, dQkv, 1, 600, 1, 2);
  for (let j = 0; j < 600; j++) {
    let column = 0;
    for (let i = j; i < 600; i++) column += weights[i * 600 + j];
    closeTo(dQkv.subarray(6 * j, 6 * j + 6), [0, 0, 0, 0, column, column], 1e-5, 1e-5, `position ${j}`);
  }
  arrays.check();
});

test('attention: a query, key or value that is NaN does not reach the positions before it', () => {
  const shape = { sequences: 1, length: 13, heads: 1, width: 6 };
  for (const part of [0, 1, 2]) {
    for (const position of [5, 6, 7, 8, 12]) {
      const qkv = randomNumbers(random, 13 * 18);
      qkv[position * 18 + part * 6] = Number.NaN;
      const { out } = attentionIn(new Guarded(), shape, qkv);
      assert.ok(out.subarray(0, position * 6).every(Number.isFinite), `part ${part}, position ${position}`);
      assert.ok(Number.isNaN(out[position * 6]), `part ${part}, position ${position}`);
    }
  }
});

test('crossEntropy: its mean and its derivative', () => {
  for (const columns of [1, 2, 3, 4, 5, 8, 63, 65, 500]) {
    const rows = 2 + integerBelow(random, 8);
    const targets = Array.from({ length: rows }, (_, i) =>
      i % 3 === 1 ? -1 : integerBelow(random, columns),
    );
    const arrays = new Guarded();
    const logits = arrays.input(randomNumbers(random, rows * columns, 9));
    const dLogits = arrays.output(new Float32Array(rows * columns).fill(Number.NaN));
    const loss = kernels.crossEntropy(logits, arrays.ids(targets), dLogits, rows, columns);
    const expected = crossEntropy(logits, targets, columns);
    closeTo([loss], [expected.loss], 1e-6, 2e-7, `loss of ${columns} columns`);
    closeTo(dLogits, expected.dLogits, 1e-5, 1e-6, `derivative of ${columns} columns`);
    arrays.check();
  }
});

test('crossEntropy: by hand, huge logits, -Infinity, NaN, no row that counts', () => {
  const arrays = new Guarded();
  const dLogits = arrays.output(new Float32Array(3));
  const loss = (logits: number[], target: number) =>
    kernels.crossEntropy(arrays.input(logits), arrays.ids([target]), dLogits, 1, 3);
  closeTo([loss([0, Math.log(2), Math.log(5)], 1)], [Math.log(4)], 1e-7, 0, 'ln 8/2');
  closeTo(dLogits, [1 / 8, -3 / 4, 5 / 8], 1e-6, 0, 'by hand');
  closeTo([loss([1e30, 0, -1e30], 0)], [0], 0, 1e-7, 'huge');
  closeTo([loss([0, -Infinity, 0], 2)], [Math.LN2], 1e-7, 0, 'a token that is ruled out');
  closeTo(dLogits, [0.5, 0, -0.5], 1e-7, 1e-30, 'a token that is ruled out');
  assert.ok(Number.isNaN(loss([0, Number.NaN, 0], 2)));
  assert.ok(Number.isNaN(loss([1, 2, 3], -1)));
  assert.equal(dLogits, new Float32Array(3));
  arrays.check();
});

test.run();
