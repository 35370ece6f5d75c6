import type { Kernels } from '../kernels.ts';

/** The loop of `adam` in optimizer.ts, on numbers that stay where they are. */
export const adamKernels = {
  adam(gradient, mean, meanOfSquares, updates, { rate, beta1, beta2, correction, epsilon }) {
    for (let i = 0; i < gradient.length; i++) {
      mean[i] = beta1 * mean[i] + (1 - beta1) * gradient[i];
      meanOfSquares[i] = beta2 * meanOfSquares[i] + (1 - beta2) * gradient[i] * gradient[i];
      updates[i] = (-rate * mean[i]) / (Math.sqrt(meanOfSquares[i] * correction) + epsilon);
    }
  },
} satisfies Partial<Kernels>;
