import type { Floats, Kernels } from '../kernels.ts';
import { rowKernels } from './rows.ts';

/**
 * Products of matrices, in plain loops. The innermost loop always runs along rows that lie side by side
 * in memory: a matrix read down its columns would be several times slower.
 */
export const matrixKernels = {
  matmul(a, b, out, m, k, n) {
    out.fill(0);
    // Row i of out is the sum of all rows of b, row t times a_it.
    for (let i = 0; i < m; i++) addRows(out, i * n, b, n, k, a, i * k, 1);
  },
  linear(x, weight, bias, out, m, k, n) {
    matrixKernels.matmul(x, weight, out, m, k, n);
    rowKernels.addRow(out, bias, out, m, n);
  },
  matmulTransposedA(a, b, out, m, k, n, adds) {
    if (!adds) out.fill(0);
    // Row t of out gets the sum of all rows of b, row i times a_it.
    for (let t = 0; t < k; t++) addRows(out, t * n, b, n, m, a, t, k);
  },
  matmulTransposedB(a, b, out, m, n, k, adds) {
    if (!adds) out.fill(0);
    for (let i = 0; i < m; i++) {
      let t = 0;
      for (; t + 4 <= k; t += 4) addFourDots(out, i * k + t, a, i * n, b, t * n, n);
      for (; t < k; t++) {
        for (let j = 0; j < n; j++) out[i * k + t] += a[i * n + j] * b[t * n + j];
      }
    }
  },
} satisfies Partial<Kernels>;

/**
 * Adds `count` rows of x (from its first, `n` wide) to a row of out, each times its factor. Four at a time: then
 * a number of out is read and written once for four products, which is 2.5 times as fast.
 */
function addRows(
  out: Floats,
  to: number,
  x: Floats,
  n: number,
  count: number,
  factors: Floats,
  firstFactor: number,
  stride: number,
): void {
  let row = 0;
  for (; row + 4 <= count; row += 4) {
    const f = firstFactor + row * stride;
    const f0 = factors[f];
    const f1 = factors[f + stride];
    const f2 = factors[f + 2 * stride];
    const f3 = factors[f + 3 * stride];
    const from = row * n;
    for (let j = 0; j < n; j++) {
      const at = from + j;
      out[to + j] += f0 * x[at] + f1 * x[at + n] + f2 * x[at + 2 * n] + f3 * x[at + 3 * n];
    }
  }
  for (; row < count; row++) {
    const factor = factors[firstFactor + row * stride];
    for (let j = 0; j < n; j++) out[to + j] += factor * x[row * n + j];
  }
}

/** Adds to four numbers of out the products of one row of a with four rows of b, for the same reason. */
function addFourDots(
  out: Floats,
  to: number,
  a: Floats,
  fromA: number,
  b: Floats,
  fromB: number,
  n: number,
): void {
  let dot0 = 0;
  let dot1 = 0;
  let dot2 = 0;
  let dot3 = 0;
  for (let j = 0; j < n; j++) {
    const factor = a[fromA + j];
    const at = fromB + j;
    dot0 += factor * b[at];
    dot1 += factor * b[at + n];
    dot2 += factor * b[at + 2 * n];
    dot3 += factor * b[at + 3 * n];
  }
  out[to] += dot0;
  out[to + 1] += dot1;
  out[to + 2] += dot2;
  out[to + 3] += dot3;
}
