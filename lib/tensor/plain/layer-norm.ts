import type { Kernels } from '../kernels.ts';

/** Keeps a row of equal numbers from being divided by 0; the value is PyTorch's. */
const epsilon = 1e-5;

/** Layer norm, row by row, in plain loops. */
export const layerNormKernels = {
  layerNorm(x, gain, bias, out, statistics, rows, columns) {
    for (let i = 0; i < rows; i++) {
      const from = i * columns;
      let sum = 0;
      for (let j = 0; j < columns; j++) sum += x[from + j];
      const mean = sum / columns;
      let squares = 0;
      for (let j = 0; j < columns; j++) squares += (x[from + j] - mean) * (x[from + j] - mean);
      const scale = 1 / Math.sqrt(squares / columns + epsilon);
      for (let j = 0; j < columns; j++) out[from + j] = (x[from + j] - mean) * scale * gain[j] + bias[j];
      statistics[2 * i] = mean;
      statistics[2 * i + 1] = scale;
    }
  },
  layerNormBack(x, gain, statistics, dOut, dX, dGain, dBias, rows, columns) {
    for (let i = 0; i < rows; i++) {
      const from = i * columns;
      const mean = statistics[2 * i];
      const scale = statistics[2 * i + 1];
      let sum = 0;
      let sumAlong = 0;
      for (let j = 0; j < columns; j++) {
        const normed = (x[from + j] - mean) * scale;
        const dNormed = dOut[from + j] * gain[j];
        dGain[j] += dOut[from + j] * normed;
        dBias[j] += dOut[from + j];
        sum += dNormed;
        sumAlong += dNormed * normed;
      }
      // Mean and variance move with x as well: what all columns share of the change is taken off again.
      for (let j = 0; j < columns; j++) {
        const normed = (x[from + j] - mean) * scale;
        const dNormed = dOut[from + j] * gain[j];
        dX[from + j] += scale * (dNormed - sum / columns - (normed * sumAlong) / columns);
      }
    }
  },
} satisfies Partial<Kernels>;
