// What the operations give, by hand and in closed form; on both backends.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { gelu, tanh } from '../../../lib/tensor/activation.ts';
import { add, addBias } from '../../../lib/tensor/add.ts';
import { causalAttention } from '../../../lib/tensor/attention.ts';
import type { BackendOptions } from '../../../lib/tensor/backend.ts';
import { crossEntropy } from '../../../lib/tensor/cross-entropy.ts';
import { embedding } from '../../../lib/tensor/embedding.ts';
import { layerNorm } from '../../../lib/tensor/layer-norm.ts';
import { linear } from '../../../lib/tensor/linear.ts';
import { matmul } from '../../../lib/tensor/matmul.ts';
import { newMemory } from '../../../lib/tensor/memory.ts';
import { sum } from '../../../lib/tensor/sum.ts';
import { Tape } from '../../../lib/tensor/tape.ts';
import { reshape } from '../../../lib/tensor/tensor.ts';
import { wasmAvailable } from '../../../lib/tensor/wasm.ts';
import { allNear } from '../near.ts';

const backends: BackendOptions[] = [{ precision: 64 }, { backend: 'plain' }];
if (wasmAvailable()) backends.push({ backend: 'wasm' });

for (const options of backends) {
  const name = options.backend ?? 'plain, 64 bits';
  const tapeOf = () => new Tape(newMemory(0, 2 ** 20, options));
  const digits = options.precision === 64 ? 1e-12 : 1e-6;

  test(`${name}: matmul, addBias and linear by hand`, () => {
    const tape = tapeOf();
    const a = tape.tensorOf([2, 3], [1, 2, 3, 4, 5, 6]);
    const b = tape.tensorOf([3, 2], [7, 8, 9, 10, 11, 12]);
    const bias = tape.tensorOf([2], [1, -1]);
    const product = matmul(tape, a, b);
    assert.equal(product.shape, [2, 2]);
    assert.equal(Array.from(product.data), [58, 64, 139, 154]);
    assert.equal(Array.from(addBias(tape, product, bias).data), [59, 63, 140, 153]);
    const out = linear(tape, a, b, bias);
    assert.equal(Array.from(out.data), [59, 63, 140, 153]);
    tape.backward(sum(tape, out));
    assert.equal(Array.from(a.gradient), [15, 19, 23, 15, 19, 23]);
    assert.equal(Array.from(b.gradient), [5, 5, 7, 7, 9, 9]);
    assert.equal(Array.from(bias.gradient), [2, 2]);
  });

  test(`${name}: rows of a table; a row asked for twice gets two derivatives`, () => {
    const tape = tapeOf();
    const table = tape.tensorOf([3, 2], [1, 2, 3, 4, 5, 6]);
    const out = embedding(tape, table, [2, 0, 2]);
    assert.equal(Array.from(out.data), [5, 6, 1, 2, 5, 6]);
    tape.backward(sum(tape, out));
    assert.equal(Array.from(table.gradient), [1, 1, 0, 0, 2, 2]);
  });

  test(`${name}: tanh and gelu`, () => {
    const tape = tapeOf();
    const x = tape.tensorOf([5], [-100, -1, 0, 1, 100]);
    // tanh 1 from tables; gelu 1 in its form with tanh.
    allNear(tanh(tape, x).data, [-1, -0.761594155955765, 0, 0.761594155955765, 1], digits);
    allNear(gelu(tape, x).data, [0, -0.158808009, 0, 0.841191991, 100], 1e-6);
  });

  test(`${name}: layerNorm of [1, 3] is [-1, 1], up to its epsilon`, () => {
    const tape = tapeOf();
    const one = tape.tensorOf([2], [1, 1]);
    const out = layerNorm(tape, tape.tensorOf([2, 2], [1, 3, 7, 7]), one, tape.tensorOf([2], [0, 0]));
    const edge = 1 / Math.sqrt(1 + 1e-5);
    allNear(out.data, [-edge, edge, 0, 0], digits);
  });

  test(`${name}: cross-entropy of equal scores is ln V, whatever their level`, () => {
    const tape = tapeOf();
    for (const level of [0, 5, -80]) {
      const logits = tape.tensorOf([2, 26], new Array(52).fill(level));
      allNear(crossEntropy(tape, logits, [3, 25]).data, [Math.log(26)], 1e-5);
    }
    const far = tape.tensorOf([1, 2], [0, 1000]);
    allNear(crossEntropy(tape, far, [0]).data, [1000], 1e-3);
    allNear(crossEntropy(tape, far, [1]).data, [0]);
  });

  test(`${name}: attention with equal keys is the running mean of the values, in each head`, () => {
    const tape = tapeOf();
    const rows = [2, 4, 9, 1, 3, 5].map(value => [1, -1, 0, 0, value, 10 * value]);
    const qkv = tape.tensorOf([6, 6], rows.flat());
    const out = causalAttention(tape, qkv, { sequences: 2, length: 3, heads: 2 });
    allNear(out.data, [2, 20, 3, 30, 5, 50, 1, 10, 2, 20, 3, 30], 10 * digits);
  });

  test(`${name}: attention looks where key and query agree, and never ahead`, () => {
    const tape = tapeOf();
    // Query 50, keys 1, 0, 1, values 3, 5, 100: the second sees only the first, the third itself and the first.
    const qkv = tape.tensorOf([3, 3], [50, 1, 3, 50, 0, 5, 50, 1, 100]);
    const out = causalAttention(tape, qkv, { sequences: 1, length: 3, heads: 1 });
    allNear(out.data, [3, 3, 51.5], 10 * digits);
  });

  test(`${name}: numbers that were given stay as they are`, () => {
    const tape = tapeOf();
    const numbers = Float32Array.of(0.5, -1, 2, 3);
    const ids = Int32Array.of(1, 0);
    const x = tape.tensorOf([2, 2], numbers);
    const sized = { sequences: 1, length: 2, heads: 1 };
    const out = embedding(tape, linear(tape, gelu(tape, x), x, tape.tensorOf([2], [1, 2])), ids);
    const six = tape.tensorOf([2, 6], [...numbers, ...numbers, ...numbers]);
    const added = add(tape, out, causalAttention(tape, six, sized));
    tape.backward(crossEntropy(tape, tanh(tape, added), ids));
    assert.equal(Array.from(x.data), Array.from(numbers));
    assert.equal(numbers, Float32Array.of(0.5, -1, 2, 3));
    assert.equal(ids, Int32Array.of(1, 0));
  });
}

test('shapes that do not fit are refused in words', () => {
  const tape = new Tape();
  const of = (...shape: number[]) => tape.tensor(...shape);
  const refused = (words: string, ask: () => unknown) =>
    assert.throws(ask, (error: Error) => {
      assert.is(error.message, words);
      return true;
    });
  refused('matmul: expected (m,k) x (k,n), got (8,64) x (32,64)', () => matmul(tape, of(8, 64), of(32, 64)));
  refused('matmul: expected (m,k) x (k,n), got (8) x (8,2)', () => matmul(tape, of(8), of(8, 2)));
  refused('linear: expected (m,k) x (k,n) + (n), got (2,3) and (3,4) and (3)', () =>
    linear(tape, of(2, 3), of(3, 4), of(3)),
  );
  refused('add: expected two of one shape, got (2,3) and (3,2)', () => add(tape, of(2, 3), of(3, 2)));
  refused('addBias: expected (m,n) and (n), got (2,3) and (2)', () => addBias(tape, of(2, 3), of(2)));
  refused('layerNorm: expected (m,n) and (n) and (n), got (2,3) and (3) and (2)', () =>
    layerNorm(tape, of(2, 3), of(3), of(2)),
  );
  refused('causalAttention: expected (6,n) with n a multiple of 6, got (6,9)', () =>
    causalAttention(tape, of(6, 9), { sequences: 2, length: 3, heads: 2 }),
  );
  refused('causalAttention: expected heads to be a whole number, 1 or more, got 0', () =>
    causalAttention(tape, of(6, 9), { sequences: 2, length: 3, heads: 0 }),
  );
  refused('embedding: expected whole ids from 0 to 2, got 3 at place 1', () =>
    embedding(tape, of(3, 2), [0, 3]),
  );
  // Memory of whole numbers would take 1.5 for 1 and NaN for 0.
  for (const id of [1.5, Number.NaN, 2 ** 32]) {
    refused(`embedding: expected whole ids from 0 to 2, got ${id} at place 0`, () =>
      embedding(tape, of(3, 2), [id]),
    );
  }
  refused('embedding: expected at least one id, got none', () => embedding(tape, of(3, 2), []));
  refused('crossEntropy: expected a target for each of 2 rows, got 1', () =>
    crossEntropy(tape, of(2, 3), [0]),
  );
  refused('crossEntropy: expected whole targets from 0 to 2, or -1 for none, got 3 at place 1', () =>
    crossEntropy(tape, of(2, 3), [0, 3]),
  );
  refused('crossEntropy: expected whole targets from 0 to 2, or -1 for none, got 0.5 at place 0', () =>
    crossEntropy(tape, of(2, 3), [0.5, 1]),
  );
  refused('crossEntropy: expected at least one target that counts, got none', () =>
    crossEntropy(tape, of(2, 3), [-1, -1]),
  );
  refused('reshape: expected a shape of 6 numbers for (2,3), got (4,2)', () => reshape(of(2, 3), 4, 2));
  refused('numbersIn: expected dimensions of 1 or more, got (2,0)', () => of(2, 0));
  refused('tensorOf: expected 4 numbers for (2,2), got 3', () => tape.tensorOf([2, 2], [1, 2, 3]));
  refused('backward: expected a loss of one number, got shape (2,3)', () => tape.backward(of(2, 3)));
});

test.run();
