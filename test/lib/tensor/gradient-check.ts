import * as assert from 'uvu/assert';
import { numericalGradient } from '../../../lib/derivative.ts';
import { type Random, seededRandom } from '../../../lib/random.ts';
import { newMemory } from '../../../lib/tensor/memory.ts';
import { Tape } from '../../../lib/tensor/tape.ts';
import { numbersIn, type Tensor } from '../../../lib/tensor/tensor.ts';

/** A tape on 64 bits: central differences lose half of the digits that they are given. */
export function preciseTape(): Tape {
  return new Tape(newMemory(0, 2 ** 22, { precision: 64 }));
}

export function randomNumbers(count: number, random: Random): Float64Array {
  return Float64Array.from({ length: count }, () => 2 * random() - 1);
}

/** One number from a tensor: its numbers, each times a weight of its own, so that no error can cancel. */
function weighted(tape: Tape, x: Tensor, weights: ArrayLike<number>): Tensor {
  const out = tape.tensor(1);
  out.data[0] = Array.from(x.data).reduce((sum, value, i) => sum + weights[i] * value, 0);
  tape.record(() => {
    for (let i = 0; i < x.data.length; i++) x.gradient[i] += out.gradient[0] * weights[i];
  });
  return out;
}

/** Fails unless the derivatives by all numbers of all inputs are those that central differences measure. */
export function checkGradient(
  shapes: readonly (readonly number[])[],
  operation: (tape: Tape, ...inputs: Tensor[]) => Tensor,
  seed = 1,
): void {
  const random = seededRandom(seed);
  const values = randomNumbers(
    shapes.reduce((sum, shape) => sum + numbersIn(shape), 0),
    random,
  );
  const weights = randomNumbers(10_000, random);
  const tape = preciseTape();
  const run = (numbers: Float64Array) => {
    tape.begin();
    let from = 0;
    const inputs = shapes.map(shape => {
      const to = from + numbersIn(shape);
      const input = tape.tensorOf(shape, numbers.subarray(from, to));
      from = to;
      return input;
    });
    const out = operation(tape, ...inputs);
    return { inputs, loss: weighted(tape, out, weights) };
  };
  const measured = numericalGradient(numbers => run(numbers).loss.data[0], values);
  const { inputs, loss } = run(values);
  tape.backward(loss);
  const found = inputs.flatMap(({ gradient }) => Array.from(gradient));
  assert.is(found.length, measured.length);
  expectClose(found, measured);
}

/** Central differences are good to about 1e-10 here; an error in a formula is a thousand times larger. */
export function expectClose(found: ArrayLike<number>, measured: ArrayLike<number>, tolerance = 1e-7): void {
  for (let i = 0; i < measured.length; i++) {
    const error = Math.abs(found[i] - measured[i]) / Math.max(1, Math.abs(measured[i]));
    assert.ok(error < tolerance, `derivative ${i} is ${found[i]}, measured ${measured[i]}`);
  }
}
