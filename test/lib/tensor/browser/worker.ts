import { bitsOfAllKernels } from './all-kernels.ts';

(globalThis as unknown as { postMessage(message: unknown): void }).postMessage(bitsOfAllKernels());
