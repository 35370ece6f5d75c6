import { bytesOfBase64 } from './base64.ts';
import type { Floats, Ids, Kernels } from './kernels.ts';
import { wasmBase64 } from './wasm-bytes.ts';
import { type WasmMemory, webAssembly } from './web-assembly.ts';

/** The kernels keep the bottom of the memory for themselves; arrays may lie from here on. */
export const wasmScratchBytes = 1_081_536;

type Calls = Readonly<Record<keyof Kernels, (...values: (number | boolean)[]) => number>>;

let module: object | undefined;
let available: boolean | undefined;
const known = new WeakMap<WasmMemory, Kernels>();

/**
 * Whether this host can run the WebAssembly kernels: it needs 128-bit SIMD, as all browsers since 2023 have it.
 *
 * @example
 * ```ts
 * wasmAvailable() // => true
 * ```
 */
export function wasmAvailable(): boolean {
  available ??= webAssembly?.validate(bytesOfBase64(wasmBase64)) ?? false;
  return available;
}

/**
 * The kernels of WebAssembly, for arrays that lie in this memory: only their places cross over, no numbers.
 *
 * The same memory gives the same kernels. Results are the same, bit for bit, on every machine.
 *
 * @param memory where the arrays lie, as Float32Array and Int32Array, from `wasmScratchBytes` on
 * @throws when the host has no WebAssembly with SIMD; the kernels throw when an array lies elsewhere
 *
 * @example
 * ```ts
 * const memory = wasmMemory(wasmScratchBytes + 64)
 * const x = new Float32Array(memory.buffer, wasmScratchBytes, 3)
 * x.set([1, 2, 3])
 * wasmKernels(memory).add(x, x, x)
 * x // => Float32Array.of(2, 4, 6)
 * ```
 */
export function wasmKernels(memory: WasmMemory): Kernels {
  const made = known.get(memory);
  if (made) return made;
  if (!webAssembly || !wasmAvailable()) {
    throw new Error('wasmKernels: expected a host with WebAssembly and SIMD, this one has not both');
  }
  module ??= new webAssembly.Module(bytesOfBase64(wasmBase64));
  const { exports } = new webAssembly.Instance(module, { env: { memory } });
  const kernels = withArrays(exports as Calls, placeIn(memory));
  known.set(memory, kernels);
  return kernels;
}

type Place = (array: Floats | Ids) => number;

/** Where an array begins. One from elsewhere would have the kernels write over another's numbers. */
function placeIn(memory: WasmMemory): Place {
  let buffer = memory.buffer;
  return array => {
    if (array.buffer !== buffer) {
      buffer = memory.buffer;
      if (array.buffer !== buffer) {
        throw new RangeError(
          'wasmKernels: expected an array in the memory of the kernels, got one elsewhere',
        );
      }
    }
    return array.byteOffset;
  };
}

/** Each call of a kernel with arrays as a call with places and counts. */
function withArrays(wasm: Calls, at: Place): Kernels {
  return {
    matmul: (a, b, out, m, k, n) => void wasm.matmul(at(a), at(b), at(out), m, k, n),
    linear: (x, weight, bias, out, m, k, n) =>
      void wasm.linear(at(x), at(weight), at(bias), at(out), m, k, n),
    matmulTransposedA: (a, b, out, m, k, n, adds) =>
      void wasm.matmulTransposedA(at(a), at(b), at(out), m, k, n, adds),
    matmulTransposedB: (a, b, out, m, n, k, adds) =>
      void wasm.matmulTransposedB(at(a), at(b), at(out), m, n, k, adds),
    add: (a, b, out) => void wasm.add(at(a), at(b), at(out), out.length),
    addRow: (x, row, out, rows, columns) => void wasm.addRow(at(x), at(row), at(out), rows, columns),
    sumRows: (x, out, rows, columns) => void wasm.sumRows(at(x), at(out), rows, columns),
    gather: (table, ids, out, columns) => void wasm.gather(at(table), at(ids), at(out), ids.length, columns),
    gatherBack: (dTable, ids, dOut, columns) =>
      void wasm.gatherBack(at(dTable), at(ids), at(dOut), ids.length, columns),
    tanh: (x, out) => void wasm.tanh(at(x), at(out), out.length),
    tanhBack: (out, dOut, dX, adds) => void wasm.tanhBack(at(out), at(dOut), at(dX), dX.length, adds),
    gelu: (x, out, slope) => void wasm.gelu(at(x), at(out), at(slope), out.length),
    geluBack: (slope, dOut, dX, adds) => void wasm.geluBack(at(slope), at(dOut), at(dX), dX.length, adds),
    ...rowKernels(wasm, at),
  };
}

type RowKernels = Pick<
  Kernels,
  'layerNorm' | 'layerNormBack' | 'attention' | 'attentionBack' | 'crossEntropy' | 'adam'
>;

function rowKernels(wasm: Calls, at: Place): RowKernels {
  return {
    layerNorm: (x, gain, bias, out, statistics, rows, columns) =>
      void wasm.layerNorm(at(x), at(gain), at(bias), at(out), at(statistics), rows, columns),
    layerNormBack: (x, gain, statistics, dOut, dX, dGain, dBias, rows, columns) =>
      void wasm.layerNormBack(
        ...[at(x), at(gain), at(statistics), at(dOut), at(dX), at(dGain), at(dBias)],
        rows,
        columns,
      ),
    attention: (qkv, weights, out, sequences, length, heads, width) =>
      void wasm.attention(at(qkv), at(weights), at(out), sequences, length, heads, width),
    attentionBack: (qkv, weights, dOut, dQkv, sequences, length, heads, width) =>
      void wasm.attentionBack(at(qkv), at(weights), at(dOut), at(dQkv), sequences, length, heads, width),
    crossEntropy: (logits, targets, dLogits, rows, columns) =>
      wasm.crossEntropy(at(logits), at(targets), at(dLogits), rows, columns),
    adam: (gradient, mean, meanOfSquares, updates, { rate, beta1, beta2, correction, epsilon }) =>
      void wasm.adam(
        ...[at(gradient), at(mean), at(meanOfSquares), at(updates), updates.length],
        ...[rate, beta1, 1 - beta1, beta2, 1 - beta2, correction, epsilon],
      ),
  };
}
