import type { Kernels } from '../kernels.ts';

/**
 * Products of matrices, in plain loops. The innermost loop always runs along rows that lie side by side
 * in memory: a matrix read down its columns would be several times slower.
 */
export const matrixKernels = {
  matmul(a, b, out, m, k, n) {
    out.fill(0);
    for (let i = 0; i < m; i++) {
      for (let t = 0; t < k; t++) {
        const factor = a[i * k + t];
        for (let j = 0; j < n; j++) out[i * n + j] += factor * b[t * n + j];
      }
    }
  },
  matmulTransposedA(a, b, out, m, k, n) {
    for (let i = 0; i < m; i++) {
      for (let t = 0; t < k; t++) {
        const factor = a[i * k + t];
        for (let j = 0; j < n; j++) out[t * n + j] += factor * b[i * n + j];
      }
    }
  },
  matmulTransposedB(a, b, out, m, n, k) {
    for (let i = 0; i < m; i++) {
      for (let t = 0; t < k; t++) {
        let dot = 0;
        for (let j = 0; j < n; j++) dot += a[i * n + j] * b[t * n + j];
        out[i * k + t] += dot;
      }
    }
  },
} satisfies Partial<Kernels>;
