import { expectParameters } from '../expect.ts';
import type { LossAndGradient } from '../loss.ts';
import type { Vector } from '../optimizer.ts';
import { keepAdamRoom } from './adam-in-place.ts';
import { OutOfRoom } from './arena.ts';
import type { Backend, BackendOptions } from './backend.ts';
import type { Floats } from './kernels.ts';
import { type Memory, mostRoom, newMemory } from './memory.ts';
import { Tape } from './tape.ts';
import { numbersIn, type Tensor } from './tensor.ts';

/** A named part of the flat parameter vector, and the shape in which operations see it. */
export interface ParameterShape<Name extends string = string> {
  readonly name: Name;
  readonly shape: readonly number[];
  /** Where it begins in the vector, and how many numbers it holds. */
  readonly from: number;
  readonly count: number;
}

/** The parameters as tensors, by name. */
export type ParameterTensors<Name extends string = string> = Readonly<Record<Name, Tensor>>;

/** What a network is made of. */
export interface NetworkPlan<Name extends string, Batch> extends BackendOptions {
  /** The shape of each part of the parameter vector, in the order in which they lie there. */
  readonly shapes: Readonly<Record<Name, readonly number[]>>;
  /** The number with which a parameter starts; `place` counts within its part. If left out: 0. */
  readonly initial?: (name: Name, place: number) => number;
  /** From parameters and a batch to one number. It may be asked twice for one step, with more memory. */
  readonly loss: (tape: Tape, parameters: ParameterTensors<Name>, batch: Batch) => Tensor;
}

/** A model whose parameters are one flat vector, as `train` wants it; a tape finds its gradient. */
export interface Network<Name extends string, Batch> {
  /** Which kernels compute. */
  readonly backend: Backend;
  readonly shapes: readonly ParameterShape<Name>[];
  readonly parameterCount: number;
  /** Where training starts. The network never changes them. */
  readonly parameters: Floats;
  /**
   * The loss of a batch and its gradient. The gradient lies in the network's own memory: it holds until the
   * next gradient is asked for; `gradient.slice()` keeps it.
   */
  lossAndGradient(parameters: Vector, batch: Batch): LossAndGradient;
  /** The loss alone: the way forward only. */
  loss(parameters: Vector, batch: Batch): number;
  /**
   * Puts parameters into memory where the kernels reach them, and gives the view on them there: computed with,
   * they need not be copied at each step. For models of millions of parameters, with `inPlace` of `train`.
   */
  place(parameters: Vector): Floats;
  /** The numbers of any tensor that is computed from the parameters. */
  compute(parameters: Vector, output: (tape: Tape, parameters: ParameterTensors<Name>) => Tensor): Floats;
}

/** Room for the tensors of a step at first. A step that needs more gets new memory, twice as large. */
const firstRoom = 2 ** 23;

/** The same for parameters that are placed: they would have to be copied again once a step needs more. */
const placedRoom = 2 ** 28;

/**
 * A network from named parameter shapes and a loss written with the operations of lib/tensor.
 *
 * Nothing is allocated by a step once the first one has found out how much room it needs, apart from small
 * objects. With batches of changing sizes there are new views as well, on the same memory.
 *
 * @param plan shapes, first values, loss; backend and precision
 * @throws when a dimension is not a whole number, 1 or more; its functions: when there are more or fewer
 *   parameters, or a step needs more than 2 GB
 *
 * @example
 * ```ts
 * // The loss of this one is its only parameter, so the derivative is 1.
 * const { parameters, lossAndGradient } = network({ shapes: { a: [1] }, initial: () => 3, loss: (tape, { a }) => a })
 * lossAndGradient(parameters, undefined) // => { loss: 3, gradient: Float32Array.of(1) }
 * ```
 */
export function network<Name extends string, Batch>(plan: NetworkPlan<Name, Batch>): Network<Name, Batch> {
  const shapes = laidOut(plan.shapes);
  const parameterCount = shapes.reduce((sum, { count }) => sum + count, 0);
  let room = firstRoom;
  const newDesk = (bytes = room) => deskWith(shapes, newMemory(parameterCount, bytes, plan));
  let desk = newDesk();
  const placed = new WeakMap<Vector, Desk<Name>>();

  /** Computes with these parameters; when the memory is too small, once more in memory of twice the size. */
  function withParameters<Result>(values: Vector, compute: (at: Desk<Name>) => Result): Result {
    expectParameters('network', values, parameterCount);
    for (;;) {
      const at = placed.get(values) ?? desk;
      try {
        if (at.memory.parameters !== values) at.memory.parameters.set(values);
        at.tape.begin(at.all);
        return compute(at);
      } catch (error) {
        if (!(error instanceof OutOfRoom)) throw error;
        room = largerRoom(room, error.asked, mostRoom(parameterCount, plan));
        if (at === desk) desk = newDesk();
        else placed.set(values, newDesk());
      }
    }
  }

  function place(values: Vector): Floats {
    expectParameters('network', values, parameterCount);
    const own = newDesk(Math.min(Math.max(room, placedRoom), mostRoom(parameterCount, plan)));
    const { parameters } = own.memory;
    parameters.set(values);
    placed.set(parameters, own);
    return parameters;
  }

  return {
    backend: desk.memory.backend,
    shapes,
    parameterCount,
    parameters: firstValues(shapes, parameterCount, plan),
    lossAndGradient: (values, batch) =>
      withParameters(values, at => gradientOf(plan.loss(at.tape, at.tensors, batch), at)),
    loss: (values, batch) =>
      withParameters(values, ({ tape, tensors }) => plan.loss(tape, tensors, batch).data[0]),
    place,
    compute: (values, output) =>
      withParameters(values, ({ tape, tensors }) => output(tape, tensors).data.slice()),
  };
}

/** The way back, from a loss to all parameters. */
function gradientOf<Name extends string>(loss: Tensor, { tape, memory }: Desk<Name>): LossAndGradient {
  tape.backward(loss);
  // A view of its own for each step, so that an older one is told from the latest.
  const gradient = memory.gradient.subarray();
  keepAdamRoom(gradient, memory.adamRoom);
  return { loss: loss.data[0], gradient };
}

function largerRoom(room: number, asked: number, most: number): number {
  if (asked > most) {
    throw new RangeError(
      'network: expected a step that needs at most 2 GB with its parameters, got one that needs more; ' +
        'make the batch smaller (fewer sequences, or shorter ones), or the model',
    );
  }
  return Math.min(Math.max(2 * room, asked), most);
}

/** What a network works at: memory, the parameters in it as tensors, and a tape. */
interface Desk<Name extends string> {
  readonly memory: Memory;
  readonly tensors: ParameterTensors<Name>;
  readonly all: readonly Tensor[];
  readonly tape: Tape;
}

function deskWith<Name extends string>(shapes: readonly ParameterShape<Name>[], memory: Memory): Desk<Name> {
  const tensors = {} as Record<Name, Tensor>;
  for (const { name, shape, from, count } of shapes) {
    tensors[name] = {
      shape,
      data: memory.parameters.subarray(from, from + count),
      gradient: memory.gradient.subarray(from, from + count),
    };
  }
  return { memory, tensors, all: Object.values(tensors), tape: new Tape(memory) };
}

function laidOut<Name extends string>(
  shapes: Readonly<Record<Name, readonly number[]>>,
): ParameterShape<Name>[] {
  let from = 0;
  return (Object.keys(shapes) as Name[]).map(name => {
    const part = { name, shape: shapes[name], from, count: numbersIn(shapes[name]) };
    from += part.count;
    return part;
  });
}

function firstValues<Name extends string>(
  shapes: readonly ParameterShape<Name>[],
  count: number,
  { initial, precision }: Pick<NetworkPlan<Name, never>, 'initial' | 'precision'>,
): Floats {
  const values = precision === 64 ? new Float64Array(count) : new Float32Array(count);
  if (!initial) return values;
  for (const part of shapes) {
    for (let place = 0; place < part.count; place++) {
      values[part.from + place] = initial(part.name, place);
    }
  }
  return values;
}
