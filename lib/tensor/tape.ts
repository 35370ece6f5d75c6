import type { Arena } from './arena.ts';
import type { Ids, Kernels } from './kernels.ts';
import { type Memory, newMemory } from './memory.ts';
import { numbersIn, shapeText, type Tensor } from './tensor.ts';

/**
 * What was done to tensors, in order, so that it can be gone through backwards.
 *
 * Each operation computes its output at once, and records how to pass the derivative of the loss on from its
 * output to its inputs: its local derivative. `backward` starts at the loss, with d loss / d loss = 1, and
 * plays the records from the last to the first. That is the chain rule for all parameters at once, and it
 * costs about twice as much as the way forward, however many parameters there are.
 *
 * Source: D. E. Rumelhart, G. E. Hinton and R. J. Williams, "Learning representations by back-propagating
 * errors" (1986); with a tape: R. E. Wengert, "A simple automatic derivative evaluation program" (1964).
 */
export class Tape {
  /** What computes. */
  readonly kernels: Kernels;
  /** Room without a derivative, for what an operation keeps for its way back; `begin` takes it away again. */
  readonly arena: Arena;
  private readonly records: (() => void)[] = [];

  /** If `memory` is left out: a megabyte or so, to try things out. */
  constructor(memory: Memory = newMemory(0, 2 ** 20)) {
    this.kernels = memory.kernels;
    this.arena = memory.arena;
  }

  /** Begins a step: all tensors of the last one are forgotten, and their room is used again. */
  begin(): void {
    this.records.length = 0;
    this.arena.clear();
  }

  /** A new tensor. Its derivatives are 0; its numbers are left from before, until an operation fills them in. */
  tensor(...shape: number[]): Tensor {
    const count = numbersIn(shape);
    const data = this.arena.floats(count);
    const gradient = this.arena.floats(count);
    gradient.fill(0);
    return { shape, data, gradient };
  }

  /** A tensor of given numbers, row after row. */
  tensorOf(shape: readonly number[], numbers: ArrayLike<number>): Tensor {
    if (numbers.length !== numbersIn(shape)) {
      throw new RangeError(
        `tensorOf: expected ${numbersIn(shape)} numbers for ${shapeText(shape)}, got ${numbers.length}`,
      );
    }
    const tensor = this.tensor(...shape);
    tensor.data.set(numbers);
    return tensor;
  }

  /** Numbers of tokens where the kernels reach them: a copy, unless they are there already. */
  ids(numbers: ArrayLike<number>): Ids {
    if (numbers instanceof Int32Array && this.arena.holds(numbers)) return numbers;
    const ids = this.arena.ids(numbers.length);
    ids.set(numbers);
    return ids;
  }

  /** Remembers how an operation passes derivatives on: `back` ADDS to the gradients of the inputs. */
  record(back: () => void): void {
    this.records.push(back);
  }

  /**
   * Fills the gradients of all tensors that the loss came from. It can be asked once a step.
   * It throws when `loss` is not one number.
   */
  backward(loss: Tensor): void {
    if (loss.data.length !== 1) {
      throw new RangeError(`backward: expected a loss of one number, got shape ${shapeText(loss.shape)}`);
    }
    loss.gradient[0] = 1;
    for (let back = this.records.pop(); back; back = this.records.pop()) back();
  }
}
