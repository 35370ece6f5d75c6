import type { AdamRoom } from './adam-in-place.ts';
import { Arena, aligned } from './arena.ts';
import { type Backend, type BackendOptions, chosenBackend, groundOf } from './backend.ts';
import type { Floats, Kernels } from './kernels.ts';

/**
 * The memory of one model, in one piece, so that WebAssembly reaches all of it:
 * [scratch of the kernels | parameters | gradient | room for Adam, three times as large | tensors of a step].
 *
 * Its size is fixed, since growing would cut off all views. It is collected when the model is.
 */
export interface Memory {
  readonly backend: Backend;
  readonly kernels: Kernels;
  readonly parameters: Floats;
  /** d loss / d parameters. */
  readonly gradient: Floats;
  readonly adamRoom: AdamRoom;
  readonly arena: Arena;
}

/** Beyond 2 GB an address does not fit the signed numbers in which WebAssembly code counts. */
const mostBytes = 2 ** 31 - 2 ** 20;

/**
 * Memory for a model of some parameters, all of them 0.
 *
 * @param parameterCount how many, 0 or more
 * @param room bytes for the tensors of one step; what no step touches costs nothing
 * @param options backend and precision
 * @throws when there is not that much room, or no such backend
 *
 * @example
 * ```ts
 * const { parameters, gradient } = newMemory(3, 1024, { backend: 'plain' })
 * [parameters.length, gradient.length] // => [3, 3]
 * ```
 */
export function newMemory(parameterCount: number, room: number, options: BackendOptions = {}): Memory {
  const { precision = 32 } = options;
  if (room > mostRoom(parameterCount, options)) {
    throw new RangeError(
      `newMemory: expected at most 2 GB, got ${parameterCount} parameters and ${room} bytes for a step`,
    );
  }
  const backend = chosenBackend(options);
  const vector = vectorBytes(parameterCount, precision);
  const { kernels, buffer, scratch } = groundOf(backend, 5 * vector + aligned(room));
  const [parameters, gradient, mean, meanOfSquares, updates] = Array.from({ length: 5 }, (_, place) =>
    precision === 64
      ? new Float64Array(buffer, scratch + place * vector, parameterCount)
      : new Float32Array(buffer, scratch + place * vector, parameterCount),
  );
  const adamRoom = { kernels, mean, meanOfSquares, updates };
  const arena = new Arena(buffer, scratch + 5 * vector, precision);
  return { backend, kernels, parameters, gradient, adamRoom, arena };
}

/**
 * How many bytes a step can have at most beside so many parameters.
 *
 * @param parameterCount how many
 * @param options the precision
 *
 * @example
 * ```ts
 * mostRoom(0) // => 2 ** 31 - 2 ** 20
 * ```
 */
export function mostRoom(
  parameterCount: number,
  { precision = 32 }: Pick<BackendOptions, 'precision'> = {},
): number {
  return mostBytes - 5 * vectorBytes(parameterCount, precision);
}

function vectorBytes(count: number, precision: 32 | 64): number {
  return aligned((count * precision) / 8);
}
