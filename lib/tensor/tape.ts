import type { Arena } from './arena.ts';
import type { Floats, Ids, Kernels } from './kernels.ts';
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
  private readonly records: Recorded[] = [];
  /** Gradients to which nothing has been added in this step. They are not 0 yet: most are written over first. */
  private fresh: Floats[] = [];

  /** If `memory` is left out: a megabyte or so, to try things out. */
  constructor(memory: Memory = newMemory(0, 2 ** 20)) {
    this.kernels = memory.kernels;
    this.arena = memory.arena;
  }

  /**
   * Begins a step: all tensors of the last one are forgotten, and their room is used again. Those that are
   * there from step to step have to be given: their derivatives begin anew.
   */
  begin(lasting: readonly Tensor[] = []): void {
    this.records.length = 0;
    this.arena.clear();
    this.fresh = lasting.map(({ gradient }) => gradient);
  }

  /** A new tensor. Its numbers are left from before, until an operation fills them in and `backward` the derivatives. */
  tensor(...shape: number[]): Tensor {
    const count = numbersIn(shape);
    const data = this.arena.floats(count);
    const gradient = this.arena.floats(count);
    this.fresh.push(gradient);
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

  /**
   * Remembers how an operation passes derivatives on: `back` ADDS to the gradients of the inputs.
   *
   * With `output` it may spare the first addition, which is one to 0: before it touches the gradient of an
   * input, it asks `adds` or `gradientOf`. It is left out when no derivative has come to the output.
   */
  record(back: () => void, output?: Tensor): void {
    this.records.push({ back, output });
  }

  /** Whether to add to the gradient of x, since there is something in it; if not, all of it has to be set. */
  adds(x: Tensor): boolean {
    return !this.begins(x.gradient);
  }

  /** The gradient of x for an operation that only adds to it: 0 where nothing has been added. */
  gradientOf(x: Tensor): Floats {
    if (this.begins(x.gradient)) x.gradient.fill(0);
    return x.gradient;
  }

  /**
   * Fills the gradients of all tensors that the loss came from; those of the others become 0. It can be asked
   * once a step. It throws when `loss` is not one number.
   */
  backward(loss: Tensor): void {
    if (loss.data.length !== 1) {
      throw new RangeError(`backward: expected a loss of one number, got shape ${shapeText(loss.shape)}`);
    }
    this.gradientOf(loss)[0] = 1;
    for (let record = this.records.pop(); record; record = this.records.pop()) {
      if (!record.output) this.clearFresh();
      else if (this.fresh.includes(record.output.gradient)) continue;
      record.back();
    }
    this.clearFresh();
  }

  /** Whether a gradient was fresh; from now on it is not. */
  private begins(gradient: Floats): boolean {
    // Tensors of the way forward are met from the last to the first.
    const place = this.fresh.lastIndexOf(gradient);
    if (place < 0) return false;
    this.fresh.splice(place, 1);
    return true;
  }

  private clearFresh(): void {
    for (const gradient of this.fresh) gradient.fill(0);
    this.fresh = [];
  }
}

/** How to go back through an operation, and which tensor came out of it. */
interface Recorded {
  readonly back: () => void;
  readonly output?: Tensor;
}
