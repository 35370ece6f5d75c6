// Products of matrices in WebAssembly: every kind, sizes that fill the tiles and sizes that do not.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { integerBelow, seededRandom } from '../../../lib/random.ts';
import { closeTo, Guarded, kernels, randomNumbers } from './guarded.ts';
import { plus, product, transposed } from './wasm-reference.ts';

type Size = readonly [m: number, k: number, n: number];

const edges: readonly Size[] = [
  [1, 1, 1],
  [1, 5, 3],
  [3, 1, 5],
  [4, 4, 8],
  [5, 3, 9],
  [63, 65, 63],
  [65, 64, 1],
  [8, 300, 65],
  [300, 8, 5],
  [5, 256, 8],
  [2, 257, 7],
  [3, 2, 700],
  [4, 600, 530],
];

const random = seededRandom(1);
const someSize = (): Size => [
  1 + integerBelow(random, 40),
  1 + integerBelow(random, 90),
  1 + integerBelow(random, 40),
];
const sizes = [...edges, ...Array.from({ length: 120 }, someSize)];

/** How far float32 sums of k products of numbers below 1 may be off. */
const roomFor = (k: number): number => 2e-7 * (k + 4);

test('matmul: out = a b, whatever was in out', () => {
  for (const [m, k, n] of sizes) {
    const arrays = new Guarded();
    const a = arrays.input(randomNumbers(random, m * k));
    const b = arrays.input(randomNumbers(random, k * n));
    const out = arrays.output(new Float32Array(m * n).fill(Number.NaN));
    kernels.matmul(a, b, out, m, k, n);
    closeTo(out, product(a, b, m, k, n), 0, roomFor(k), `${m}x${k}x${n}`);
    arrays.check();
  }
});

test('linear: out = x weight + bias, whatever was in out', () => {
  for (const [m, k, n] of sizes) {
    const arrays = new Guarded();
    const x = arrays.input(randomNumbers(random, m * k));
    const weight = arrays.input(randomNumbers(random, k * n));
    const bias = arrays.input(randomNumbers(random, n));
    const out = arrays.output(new Float32Array(m * n).fill(Number.NaN));
    kernels.linear(x, weight, bias, out, m, k, n);
    const rows = Array.from({ length: m * n }, (_, i) => bias[i % n]);
    closeTo(out, plus(rows, product(x, weight, m, k, n)), 0, roomFor(k), `${m}x${k}x${n}`);
    arrays.check();
  }
});

test('matmulTransposedA: out += a^T b, or out = a^T b', () => {
  for (const [m, k, n] of sizes) {
    const arrays = new Guarded();
    const a = arrays.input(randomNumbers(random, m * k));
    const b = arrays.input(randomNumbers(random, m * n));
    const out = arrays.output(randomNumbers(random, k * n));
    const share = product(transposed(a, m, k), b, k, m, n);
    const expected = plus(out, share);
    kernels.matmulTransposedA(a, b, out, m, k, n, true);
    closeTo(out, expected, 0, roomFor(m), `added, ${m}x${k}x${n}`);
    out.fill(Number.NaN);
    kernels.matmulTransposedA(a, b, out, m, k, n, false);
    closeTo(out, share, 0, roomFor(m), `set, ${m}x${k}x${n}`);
    arrays.check();
  }
});

test('matmulTransposedB: out += a b^T, or out = a b^T', () => {
  for (const [m, n, k] of sizes) {
    const arrays = new Guarded();
    const a = arrays.input(randomNumbers(random, m * n));
    const b = arrays.input(randomNumbers(random, k * n));
    const out = arrays.output(randomNumbers(random, m * k));
    const share = product(a, transposed(b, k, n), m, n, k);
    const expected = plus(out, share);
    kernels.matmulTransposedB(a, b, out, m, n, k, true);
    closeTo(out, expected, 0, roomFor(n), `added, ${m}x${n}x${k}`);
    out.fill(Number.NaN);
    kernels.matmulTransposedB(a, b, out, m, n, k, false);
    closeTo(out, share, 0, roomFor(n), `set, ${m}x${n}x${k}`);
    arrays.check();
  }
});

test('a product over nothing is 0, and adds nothing', () => {
  const arrays = new Guarded();
  const none = arrays.input([]);
  const out = arrays.output([1, 2, 3, 4, 5, 6]);
  kernels.matmulTransposedA(none, none, out, 0, 2, 3, true);
  assert.equal(out, Float32Array.of(1, 2, 3, 4, 5, 6));
  kernels.matmul(none, none, out, 2, 0, 3);
  assert.equal(out, new Float32Array(6));
  kernels.matmul(none, none, none, 0, 4, 0);
  arrays.check();
});

test('small whole numbers are exact: Pascal 4 x 4 times its inverse', () => {
  // The inverse by hand: L^-T L^-1 with L the triangle of Pascal.
  const arrays = new Guarded();
  const pascal = arrays.input([1, 1, 1, 1, 1, 2, 3, 4, 1, 3, 6, 10, 1, 4, 10, 20]);
  const inverse = arrays.input([4, -6, 4, -1, -6, 14, -11, 3, 4, -11, 10, -3, -1, 3, -3, 1]);
  const out = arrays.output(new Float32Array(16));
  const identity = Float32Array.of(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1);
  kernels.matmul(pascal, inverse, out, 4, 4, 4);
  assert.equal(out, identity);
});

test('NaN and infinity reach the results that they are part of, and no others', () => {
  for (const [m, k, n] of [
    [5, 7, 9],
    [8, 8, 16],
  ] as const) {
    const arrays = new Guarded();
    const a = arrays.output(randomNumbers(random, m * k));
    const b = arrays.input(randomNumbers(random, k * n));
    const out = arrays.output(new Float32Array(m * n));
    a[2 * k + 1] = Number.NaN;
    a[3 * k] = Infinity;
    kernels.matmul(a, b, out, m, k, n);
    out.forEach((value, i) => {
      const row = Math.floor(i / n);
      if (row === 2) assert.ok(Number.isNaN(value));
      else if (row === 3) assert.is(value, Infinity * Math.sign(b[i % n]));
      else assert.ok(Number.isFinite(value));
    });
    arrays.check();
  }
});

test('each sum has one order: the same product gives the same bits, wherever it lies', () => {
  const [m, k, n] = [37, 70, 29];
  const [left, right] = [randomNumbers(random, m * k), randomNumbers(random, k * n)];
  const once = (shift: number) => {
    const arrays = new Guarded();
    arrays.input(new Float32Array(shift));
    const out = arrays.output(new Float32Array(m * n));
    kernels.matmul(arrays.input(left), arrays.input(right), out, m, k, n);
    return out.slice();
  };
  assert.equal(once(0), once(3));
});

test.run();
