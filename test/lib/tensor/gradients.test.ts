// Every operation's local derivative against central differences, on 64 bits.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { gelu, tanh } from '../../../lib/tensor/activation.ts';
import { add, addBias } from '../../../lib/tensor/add.ts';
import { causalAttention } from '../../../lib/tensor/attention.ts';
import { crossEntropy } from '../../../lib/tensor/cross-entropy.ts';
import { embedding } from '../../../lib/tensor/embedding.ts';
import { layerNorm } from '../../../lib/tensor/layer-norm.ts';
import { linear } from '../../../lib/tensor/linear.ts';
import { matmul } from '../../../lib/tensor/matmul.ts';
import { sum } from '../../../lib/tensor/sum.ts';
import type { Tape } from '../../../lib/tensor/tape.ts';
import { reshape, type Tensor } from '../../../lib/tensor/tensor.ts';
import { checkGradient, preciseTape } from './gradient-check.ts';

const products = [
  [1, 1, 1],
  [1, 5, 1],
  [4, 1, 3],
  [3, 4, 5],
  [7, 9, 8],
  [2, 3, 17],
];

for (const [m, k, n] of products) {
  test(`matmul (${m},${k}) x (${k},${n})`, () =>
    checkGradient(
      [
        [m, k],
        [k, n],
      ],
      matmul,
    ));
  test(`linear (${m},${k}) x (${k},${n}) + (${n})`, () => checkGradient([[m, k], [k, n], [n]], linear));
}

for (const [m, n] of [
  [1, 1],
  [1, 6],
  [5, 1],
  [4, 7],
]) {
  const x = [m, n];
  test(`add (${m},${n})`, () => checkGradient([x, x], add));
  test(`add: a tensor to itself (${m},${n})`, () => checkGradient([x], (tape, a) => add(tape, a, a)));
  test(`addBias (${m},${n})`, () => checkGradient([x, [n]], addBias));
  test(`tanh (${m},${n})`, () => checkGradient([x], tanh));
  test(`gelu (${m},${n})`, () => checkGradient([x], gelu));
  test(`sum (${m},${n})`, () => checkGradient([x], sum));
  test(`reshape (${m},${n})`, () =>
    checkGradient([x, [m * n, 2]], (tape, a, b) => matmul(tape, reshape(a, 1, m * n), b)));
  test(`embedding of a table (${m},${n}), rows more than once`, () =>
    checkGradient([x], (tape, table) => embedding(tape, table, [m - 1, 0, m >> 1, 0, 0])));
}

for (const [m, n] of [
  [1, 2],
  [3, 2],
  [4, 7],
  [2, 33],
]) {
  test(`layerNorm (${m},${n})`, () => checkGradient([[m, n], [n], [n]], layerNorm));
}

test('layerNorm of single numbers: whatever they are, only the bias is left', () => {
  checkGradient([[3, 1], [1], [1]], layerNorm);
});

for (const [sequences, length, heads, size] of [
  [1, 1, 1, 1],
  [1, 4, 1, 1],
  [1, 3, 2, 2],
  [2, 1, 2, 3],
  [3, 5, 2, 4],
]) {
  test(`causalAttention: ${sequences} of ${length}, ${heads} heads of ${size}`, () =>
    checkGradient([[sequences * length, 3 * heads * size]], (tape, qkv) =>
      causalAttention(tape, qkv, { sequences, length, heads }),
    ));
}

test('crossEntropy, all rows and some', () => {
  checkGradient([[1, 1]], (tape, logits) => crossEntropy(tape, logits, [0]));
  checkGradient([[1, 5]], (tape, logits) => crossEntropy(tape, logits, [4]));
  checkGradient([[4, 3]], (tape, logits) => crossEntropy(tape, logits, [2, 0, 1, 1]));
  checkGradient([[4, 3]], (tape, logits) => crossEntropy(tape, logits, [-1, 0, -1, 2]));
});

test('crossEntropy twice on the same scores: the derivatives add up', () => {
  checkGradient([[3, 4]], (tape, logits) =>
    add(tape, crossEntropy(tape, logits, [0, 1, 2]), crossEntropy(tape, logits, [3, -1, 3])),
  );
});

test('a tensor that goes two ways gets the derivatives of both', () => {
  checkGradient([[3, 4], [4, 4], [4]], (tape, x, weight, bias) => {
    const bent = tanh(tape, linear(tape, x, weight, bias));
    return add(tape, add(tape, x, bent), matmul(tape, bent, weight));
  });
});

test('an operation written without `adds` shares its input with others, whichever comes first', () => {
  const square = (tape: Tape, x: Tensor): Tensor => {
    const out = tape.tensor(...x.shape);
    for (let i = 0; i < x.data.length; i++) out.data[i] = x.data[i] ** 2;
    tape.record(() => {
      for (let i = 0; i < x.data.length; i++) x.gradient[i] += 2 * x.data[i] * out.gradient[i];
    });
    return out;
  };
  checkGradient([[2, 3]], (tape, x) => add(tape, square(tape, x), gelu(tape, x)));
  checkGradient([[2, 3]], (tape, x) => add(tape, gelu(tape, x), square(tape, square(tape, x))));
});

test('what leads nowhere gets the derivative 0, and passes none on', () => {
  const tape = preciseTape();
  const [x, other] = [[1, 2], [5]].map(numbers => tape.tensorOf([numbers.length], numbers));
  const aside = tanh(tape, tanh(tape, x));
  // Left over from a step before.
  for (const { gradient } of [x, other, aside]) gradient.fill(7);
  tape.backward(sum(tape, x));
  assert.equal(
    [x, other, aside].map(({ gradient }) => Array.from(gradient)),
    [[1, 1], [0], [0, 0]],
  );
});

test.run();
