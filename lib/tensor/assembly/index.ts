// What the WebAssembly module offers; ../kernels.ts says what each does. Arguments are addresses in bytes and
// counts of numbers.
export { tanh, tanhBack } from './activation';
export { adam } from './adam';
export { attention, attentionBack } from './attention';
export { crossEntropy } from './cross-entropy';
export { END as scratchBytes } from './scratch';
export { add, addRow, gather, gatherBack, sumRows } from './elementwise';
export { gelu, geluBack } from './gelu';
export { layerNorm } from './layer-norm';
export { layerNormBack } from './layer-norm-back';
export { linear, matmul, matmulTransposedA, matmulTransposedB } from './matmul';
