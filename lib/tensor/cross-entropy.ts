import { addGradient } from './add.ts';
import type { Tape } from './tape.ts';
import { shapeError, type Tensor } from './tensor.ts';

/**
 * The loss of a language model: scores through softmax, then -ln of the probability of the right token, for an
 * average row.
 *
 * loss = (1 / m) sum_i -ln softmax(logits row i)[target i], over the m rows that count
 * d loss / d logits row i = (softmax - onehot) / m
 *
 * @param tape records the way back
 * @param logits scores, a column a token: (rows,tokens)
 * @param targets the right token of each row; -1 where a row does not count
 * @returns one number, (1)
 * @throws when there are not as many targets as rows, one names no column, or no row counts
 *
 * Source: the lesson, 预训练 - 损失; `crossEntropy` of lib/cross-entropy.ts for many rows at once.
 *
 * @example
 * ```ts
 * const tape = new Tape()
 * const logits = tape.tensorOf([2, 2], [0, 0, 5, 7])
 * const loss = crossEntropy(tape, logits, [1, -1])
 * loss.data[0].toFixed(4) // => '0.6931'
 * tape.backward(loss)
 * Array.from(logits.gradient) // => [0.5, -0.5, 0, 0]
 * ```
 */
export function crossEntropy(tape: Tape, logits: Tensor, targets: ArrayLike<number>): Tensor {
  expectTargets(logits, targets);
  const [rows, tokens] = logits.shape;
  const out = tape.tensor(1);
  const dLogits = tape.arena.floats(rows * tokens);
  out.data[0] = tape.kernels.crossEntropy(logits.data, tape.ids(targets), dLogits, rows, tokens);
  tape.record(() => {
    const slope = out.gradient[0];
    // It is 1 where the loss is the last word, as nearly always.
    if (slope !== 1) for (let i = 0; i < dLogits.length; i++) dLogits[i] *= slope;
    addGradient(tape, logits, dLogits);
  }, out);
  return out;
}

function expectTargets(logits: Tensor, targets: ArrayLike<number>): void {
  const [rows, tokens] = logits.shape;
  if (logits.shape.length !== 2) throw shapeError('crossEntropy', '(rows,tokens)', [logits]);
  if (targets.length !== rows) {
    throw new RangeError(`crossEntropy: expected a target for each of ${rows} rows, got ${targets.length}`);
  }
  let counted = 0;
  for (let i = 0; i < rows; i++) {
    if (!Number.isInteger(targets[i]) || targets[i] < -1 || targets[i] >= tokens) {
      throw new RangeError(
        `crossEntropy: expected whole targets from 0 to ${tokens - 1}, or -1 for none, got ${targets[i]} at place ${i}`,
      );
    }
    if (targets[i] >= 0) counted++;
  }
  if (counted === 0) throw new RangeError('crossEntropy: expected at least one target that counts, got none');
}
