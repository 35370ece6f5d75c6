import type { Kernels } from '../kernels.ts';

const steepness = Math.sqrt(2 / Math.PI);
const bend = 0.044715;

/** The bent functions between two layers, in plain loops. */
export const activationKernels = {
  tanh(x, out) {
    for (let i = 0; i < x.length; i++) out[i] = Math.tanh(x[i]);
  },
  tanhBack(out, dOut, dX, adds) {
    if (!adds) dX.fill(0);
    for (let i = 0; i < out.length; i++) dX[i] += dOut[i] * (1 - out[i] * out[i]);
  },
  gelu(x, out, slope) {
    for (let i = 0; i < x.length; i++) {
      const t = Math.tanh(steepness * (x[i] + bend * x[i] * x[i] * x[i]));
      const dT = (1 - t * t) * steepness * (1 + 3 * bend * x[i] * x[i]);
      out[i] = 0.5 * x[i] * (1 + t);
      slope[i] = 0.5 * (1 + t + x[i] * dT);
    }
  },
  geluBack(slope, dOut, dX, adds) {
    if (!adds) dX.fill(0);
    for (let i = 0; i < dX.length; i++) dX[i] += dOut[i] * slope[i];
  },
} satisfies Partial<Kernels>;
