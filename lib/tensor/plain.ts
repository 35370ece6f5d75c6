import type { Kernels } from './kernels.ts';
import { activationKernels } from './plain/activation.ts';
import { adamKernels } from './plain/adam.ts';
import { attentionKernels } from './plain/attention.ts';
import { crossEntropyKernels } from './plain/cross-entropy.ts';
import { layerNormKernels } from './plain/layer-norm.ts';
import { matrixKernels } from './plain/matrix.ts';
import { rowKernels } from './plain/rows.ts';

/**
 * The kernels in plain TypeScript: readable loops that run everywhere, on 32 or 64 bits a number.
 * What each of them computes stands in `Kernels`.
 */
export const plainKernels: Kernels = {
  ...matrixKernels,
  ...rowKernels,
  ...activationKernels,
  ...layerNormKernels,
  ...attentionKernels,
  ...crossEntropyKernels,
  ...adamKernels,
};
