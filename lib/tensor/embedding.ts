import type { Tape } from './tape.ts';
import { shapeError, type Tensor } from './tensor.ts';

/**
 * The row of a table for each token: its embedding, a list of numbers that training moves.
 *
 * out row i = table row ids[i], d loss / d table row t = sum of d loss / d out row i where ids[i] = t
 *
 * It is the product of one-hot rows with the table, without the zeros.
 *
 * @param tape records the way back
 * @param table a row a token, (tokens,n)
 * @param ids m numbers of tokens
 * @returns rows (m,n)
 * @throws when the table is no matrix, there is no id, or one names no row
 *
 * @example
 * ```ts
 * const tape = new Tape()
 * const table = tape.tensorOf([3, 1], [10, 20, 30])
 * Array.from(embedding(tape, table, [2, 0]).data) // => [30, 10]
 * ```
 */
export function embedding(tape: Tape, table: Tensor, ids: ArrayLike<number>): Tensor {
  const [rows, n] = table.shape;
  if (table.shape.length !== 2) throw shapeError('embedding', 'a table (tokens,n)', [table]);
  if (ids.length === 0) throw new RangeError('embedding: expected at least one id, got none');
  for (let i = 0; i < ids.length; i++) {
    if (!Number.isInteger(ids[i]) || ids[i] < 0 || ids[i] >= rows) {
      throw new RangeError(
        `embedding: expected whole ids from 0 to ${rows - 1}, got ${ids[i]} at place ${i}`,
      );
    }
  }
  const own = tape.ids(ids);
  const out = tape.tensor(own.length, n);
  tape.kernels.gather(table.data, own, out.data, n);
  tape.record(() => tape.kernels.gatherBack(tape.gradientOf(table), own, out.gradient, n), out);
  return out;
}
