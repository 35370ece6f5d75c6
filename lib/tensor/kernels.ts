/**
 * The loops under every operation on tensors: one set of them is plain TypeScript (`plain.ts`), the other
 * WebAssembly with SIMD (`wasm.ts`). Both compute the same, within float32 rounding.
 *
 * Matrices lie in flat arrays, row after row. Whatever ends in `Back` is the local derivative of its
 * forward: it is given the derivative of the loss by the output (`dOut`) and ADDS the derivative by each
 * input to what lies there already. Those that have an argument `adds` write over it where that is false:
 * the first of all additions need not be one. Nothing here checks shapes: the operations do, before they call.
 */
export interface Kernels {
  /** out (m,n) = a (m,k) b (k,n). */
  matmul(a: Floats, b: Floats, out: Floats, m: number, k: number, n: number): void;
  /** out (m,n) = x (m,k) weight (k,n) + bias (n), the same bias for each row. */
  linear(x: Floats, weight: Floats, bias: Floats, out: Floats, m: number, k: number, n: number): void;
  /** out (k,n) += a^T b, with a (m,k) and b (m,n): the derivative by the second factor. */
  matmulTransposedA(a: Floats, b: Floats, out: Floats, m: number, k: number, n: number, adds: boolean): void;
  /** out (m,k) += a b^T, with a (m,n) and b (k,n): the derivative by the first factor. */
  matmulTransposedB(a: Floats, b: Floats, out: Floats, m: number, n: number, k: number, adds: boolean): void;
  /** out = a + b, element by element; out may be a or b. */
  add(a: Floats, b: Floats, out: Floats): void;
  /** out (rows,columns) = x (rows,columns) + row (columns), the same row for each; out may be x. */
  addRow(x: Floats, row: Floats, out: Floats, rows: number, columns: number): void;
  /** out (columns) += the sum of all rows of x (rows,columns): the derivative by a row that was added. */
  sumRows(x: Floats, out: Floats, rows: number, columns: number): void;
  /** out row i = table row ids[i]. */
  gather(table: Floats, ids: Ids, out: Floats, columns: number): void;
  /** dTable row ids[i] += dOut row i. */
  gatherBack(dTable: Floats, ids: Ids, dOut: Floats, columns: number): void;
  tanh(x: Floats, out: Floats): void;
  /** dX += dOut (1 - out^2). */
  tanhBack(out: Floats, dOut: Floats, dX: Floats, adds: boolean): void;
  /**
   * out = x/2 (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))), as GPT-2 has it. `slope` keeps d out / d x for the way
   * back: both come from one exponential, which costs more than all the rest.
   */
  gelu(x: Floats, out: Floats, slope: Floats): void;
  /** dX += dOut slope. */
  geluBack(slope: Floats, dOut: Floats, dX: Floats, adds: boolean): void;
  /**
   * Each row: out = gain (x - mean) / sqrt(variance + 1e-5) + bias, variance divided by `columns`.
   * `statistics` (rows,2) keeps mean and 1 / sqrt(variance + 1e-5) for the way back.
   */
  layerNorm(
    x: Floats,
    gain: Floats,
    bias: Floats,
    out: Floats,
    statistics: Floats,
    rows: number,
    columns: number,
  ): void;
  layerNormBack(
    x: Floats,
    gain: Floats,
    statistics: Floats,
    dOut: Floats,
    dX: Floats,
    dGain: Floats,
    dBias: Floats,
    rows: number,
    columns: number,
  ): void;
  /**
   * Causal self-attention of `heads` heads in each of `sequences` sequences of `length` positions.
   * qkv (sequences length, 3 width): query, key and value side by side, each `width` wide, head after head.
   * out (sequences length, width) = softmax(q k^T / sqrt(width / heads)) v, each position over itself and
   * those before it. `weights` (sequences, heads, length, length) keeps the softmax, 0 after the diagonal.
   */
  attention(
    qkv: Floats,
    weights: Floats,
    out: Floats,
    sequences: number,
    length: number,
    heads: number,
    width: number,
  ): void;
  attentionBack(
    qkv: Floats,
    weights: Floats,
    dOut: Floats,
    dQkv: Floats,
    sequences: number,
    length: number,
    heads: number,
    width: number,
  ): void;
  /**
   * Mean over the rows of -ln softmax(logits)[target]; rows with a target below 0 do not count.
   * dLogits (rows,columns) is SET to (softmax - onehot) / counted rows, 0 in rows that do not count.
   */
  crossEntropy(logits: Floats, targets: Ids, dLogits: Floats, rows: number, columns: number): number;
  /**
   * One step of Adam, as `adam` in optimizer.ts has it: changes mean and meanOfSquares, sets updates.
   * The two numbers 1 - beta must be computed in double: in float32 they are off by 1e-5.
   */
  adam(gradient: Floats, mean: Floats, meanOfSquares: Floats, updates: Floats, step: AdamStep): void;
}

export type Floats = Float32Array | Float64Array;

/** Which row of a table, or which token is right. */
export type Ids = Int32Array;

/** The numbers of one Adam step: rate = learningRate / (1 - beta1^t), correction = 1 / (1 - beta2^t). */
export interface AdamStep {
  readonly rate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly correction: number;
  readonly epsilon: number;
}
