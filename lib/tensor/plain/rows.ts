import type { Kernels } from '../kernels.ts';

/** Sums of tensors and rows, and rows picked from a table, in plain loops. */
export const rowKernels = {
  add(a, b, out) {
    for (let i = 0; i < out.length; i++) out[i] = a[i] + b[i];
  },
  addRow(x, row, out, rows, columns) {
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) out[i * columns + j] = x[i * columns + j] + row[j];
    }
  },
  sumRows(x, out, rows, columns) {
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) out[j] += x[i * columns + j];
    }
  },
  gather(table, ids, out, columns) {
    for (let i = 0; i < ids.length; i++) {
      for (let j = 0; j < columns; j++) out[i * columns + j] = table[ids[i] * columns + j];
    }
  },
  gatherBack(dTable, ids, dOut, columns) {
    for (let i = 0; i < ids.length; i++) {
      for (let j = 0; j < columns; j++) dTable[ids[i] * columns + j] += dOut[i * columns + j];
    }
  },
} satisfies Partial<Kernels>;
