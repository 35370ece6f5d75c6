import { type Random, seededRandom } from '../../../../lib/random.ts';
import { wasmKernels, wasmScratchBytes } from '../../../../lib/tensor/wasm.ts';
import { type WasmMemory, wasmMemory } from '../../../../lib/tensor/web-assembly.ts';

/** What each kernel leaves behind, as 32-bit patterns. */
export type Bits = Readonly<Record<string, readonly number[]>>;

/** Arrays side by side in a memory, of numbers from -3 to 3. */
class RandomArrays {
  private readonly memory: WasmMemory;
  private readonly random: Random;
  private top = wasmScratchBytes;

  constructor(memory: WasmMemory, random: Random) {
    this.memory = memory;
    this.random = random;
  }

  floats(count: number): Float32Array {
    const array = new Float32Array(this.memory.buffer, this.top, count);
    this.top += array.byteLength;
    for (let i = 0; i < count; i++) array[i] = 6 * this.random() - 3;
    return array;
  }

  ids(count: number, below: number): Int32Array {
    const array = new Int32Array(this.memory.buffer, this.top, count);
    this.top += array.byteLength;
    for (let i = 0; i < count; i++) array[i] = Math.floor(this.random() * below);
    return array;
  }

  /** Everything so far. */
  bits(): number[] {
    return Array.from(
      new Int32Array(this.memory.buffer, wasmScratchBytes, (this.top - wasmScratchBytes) / 4),
    );
  }
}

/** Runs every kernel once on the same numbers, sizes with tails; the same everywhere if floats are. */
export function bitsOfAllKernels(): Bits {
  const memory = wasmMemory(wasmScratchBytes + 2 ** 20);
  const kernels = wasmKernels(memory);
  const random = seededRandom(11);
  const [rows, columns, length, heads] = [26, 45, 13, 3];
  const many = rows * columns;
  const step = { rate: 0.01, beta1: 0.9, beta2: 0.999, correction: 900, epsilon: 1e-8 };
  const runs: Record<keyof typeof kernels, (of: RandomArrays) => unknown> = {
    matmul: of =>
      kernels.matmul(of.floats(rows * 7), of.floats(7 * columns), of.floats(many), rows, 7, columns),
    linear: of => {
      const [x, weight, bias, out] = [rows * 7, 7 * columns, columns, many].map(count => of.floats(count));
      kernels.linear(x, weight, bias, out, rows, 7, columns);
    },
    matmulTransposedA: of =>
      kernels.matmulTransposedA(
        of.floats(rows * 7),
        of.floats(many),
        of.floats(7 * columns),
        rows,
        7,
        columns,
        true,
      ),
    matmulTransposedB: of =>
      kernels.matmulTransposedB(
        of.floats(many),
        of.floats(7 * columns),
        of.floats(rows * 7),
        rows,
        columns,
        7,
        false,
      ),
    add: of => kernels.add(of.floats(columns), of.floats(columns), of.floats(columns)),
    addRow: of => kernels.addRow(of.floats(many), of.floats(columns), of.floats(many), rows, columns),
    sumRows: of => kernels.sumRows(of.floats(many), of.floats(columns), rows, columns),
    gather: of => kernels.gather(of.floats(many), of.ids(9, rows), of.floats(9 * columns), columns),
    gatherBack: of => kernels.gatherBack(of.floats(many), of.ids(9, rows), of.floats(9 * columns), columns),
    tanh: of => kernels.tanh(of.floats(many), of.floats(many)),
    tanhBack: of => kernels.tanhBack(of.floats(many), of.floats(many), of.floats(many), true),
    gelu: of => kernels.gelu(of.floats(many), of.floats(many), of.floats(many)),
    geluBack: of => kernels.geluBack(of.floats(many), of.floats(many), of.floats(many), false),
    layerNorm: of => {
      const [x, gain, bias, out] = [many, columns, columns, many].map(count => of.floats(count));
      kernels.layerNorm(x, gain, bias, out, of.floats(2 * rows), rows, columns);
    },
    layerNormBack: of => {
      const [x, gain, statistics, dOut] = [many, columns, 2 * rows, many].map(count => of.floats(count));
      const [dX, dGain, dBias] = [many, columns, columns].map(count => of.floats(count));
      kernels.layerNormBack(x, gain, statistics, dOut, dX, dGain, dBias, rows, columns);
    },
    attention: of => {
      const [qkv, weights, out] = [3 * many, 2 * heads * length ** 2, many].map(count => of.floats(count));
      kernels.attention(qkv, weights, out, 2, length, heads, columns);
    },
    attentionBack: of => {
      const counts = [3 * many, 2 * heads * length ** 2, many, 3 * many];
      const [qkv, weights, dOut, dQkv] = counts.map(count => of.floats(count));
      kernels.attentionBack(qkv, weights, dOut, dQkv, 2, length, heads, columns);
    },
    crossEntropy: of => {
      const [logits, dLogits, loss] = [many, many, 1].map(count => of.floats(count));
      loss[0] = kernels.crossEntropy(logits, of.ids(rows, columns), dLogits, rows, columns);
    },
    adam: of => {
      const [gradient, mean, meanOfSquares, updates] = [many, many, many, many].map(count =>
        of.floats(count),
      );
      for (let i = 0; i < many; i++) meanOfSquares[i] **= 2;
      kernels.adam(gradient, mean, meanOfSquares, updates, step);
    },
  };
  return Object.fromEntries(
    Object.entries(runs).map(([name, run]) => {
      const arrays = new RandomArrays(memory, random);
      run(arrays);
      return [name, arrays.bits()];
    }),
  );
}
