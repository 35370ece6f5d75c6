import type { Kernels } from '../kernels.ts';

/** Softmax and cross-entropy in one, row by row, in plain loops. */
export const crossEntropyKernels = {
  crossEntropy(logits, targets, dLogits, rows, columns) {
    let counted = 0;
    for (let i = 0; i < rows; i++) if (targets[i] >= 0) counted++;
    let surprise = 0;
    dLogits.fill(0);
    for (let i = 0; i < rows; i++) {
      if (targets[i] < 0) continue;
      const from = i * columns;
      const to = from + columns;
      let highest = -Infinity;
      for (let j = from; j < to; j++) highest = Math.max(highest, logits[j]);
      let sum = 0;
      for (let j = from; j < to; j++) sum += Math.exp(logits[j] - highest);
      const logSum = highest + Math.log(sum);
      for (let j = from; j < to; j++) dLogits[j] = Math.exp(logits[j] - logSum) / counted;
      dLogits[from + targets[i]] -= 1 / counted;
      surprise += logSum - logits[from + targets[i]];
    }
    return surprise / counted;
  },
} satisfies Partial<Kernels>;
