import { expectCount } from '../expect.ts';
import type { Floats } from './kernels.ts';
import type { Tape } from './tape.ts';
import { shapeError, type Tensor } from './tensor.ts';

/** How rows are cut into sequences, and columns into heads. */
export interface AttentionSizes {
  readonly sequences: number;
  /** Positions in a sequence. */
  readonly length: number;
  /** How many times each position looks around, each time for something else. */
  readonly heads: number;
  /** Is shown the weights, (sequences, heads, length, length) in one list; they hold until the step ends. */
  readonly watch?: (weights: Floats) => void;
}

/**
 * Causal self-attention: each position asks (query), each answers for what (key) and with what (value), and
 * gets a mean of the values of those up to itself, weighted by how well their keys fit its query.
 *
 * For each sequence and head, with size = n / heads columns: w_ij = softmax over j <= i of
 * q_i k_j / sqrt(size), out_i = sum_j w_ij v_j
 * Backwards, with g = d loss / d out: d w_ij = g_i v_j, d s_ij = w_ij (d w_ij - sum_l w_il d w_il),
 * d v_j = sum_i w_ij g_i, d q_i = sum_j d s_ij k_j / sqrt(size), d k_j = sum_i d s_ij q_i / sqrt(size)
 *
 * @param tape records the way back
 * @param qkv queries, keys and values side by side, each n columns, head after head: (sequences length, 3n)
 * @param sizes sequences, length, heads
 * @returns rows (sequences length, n)
 * @throws when the rows are not as many as that, or n is not a multiple of `heads`
 *
 * Source: A. Vaswani and others, "Attention is all you need" (2017), section 3.2.
 *
 * @example
 * ```ts
 * const tape = new Tape()
 * // All keys are 0, so each position gets the plain mean of the values 2, 4 and 9 so far.
 * const qkv = tape.tensorOf([3, 3], [1, 0, 2, 1, 0, 4, 1, 0, 9])
 * const out = causalAttention(tape, qkv, { sequences: 1, length: 3, heads: 1 })
 * Array.from(out.data) // => [2, 3, 5]
 * ```
 */
export function causalAttention(tape: Tape, qkv: Tensor, sizes: AttentionSizes): Tensor {
  const { sequences, length, heads } = sizes;
  const width = qkv.shape[1] / 3;
  expectSizes(qkv, sizes);
  const out = tape.tensor(sequences * length, width);
  const weights = tape.arena.floats(sequences * heads * length * length);
  tape.kernels.attention(qkv.data, weights, out.data, sequences, length, heads, width);
  sizes.watch?.(weights);
  tape.record(
    () =>
      tape.kernels.attentionBack(
        qkv.data,
        weights,
        out.gradient,
        tape.gradientOf(qkv),
        sequences,
        length,
        heads,
        width,
      ),
    out,
  );
  return out;
}

function expectSizes(qkv: Tensor, { sequences, length, heads }: AttentionSizes): void {
  expectCount('causalAttention', 'sequences', sequences, 1);
  expectCount('causalAttention', 'length', length, 1);
  expectCount('causalAttention', 'heads', heads, 1);
  const [rows, columns] = qkv.shape;
  if (qkv.shape.length !== 2 || rows !== sequences * length || columns % (3 * heads) !== 0) {
    throw shapeError('causalAttention', `(${sequences * length},n) with n a multiple of ${3 * heads}`, [qkv]);
  }
}
