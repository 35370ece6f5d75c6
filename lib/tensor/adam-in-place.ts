import type { AdamState } from '../optimizer.ts';
import type { AdamStep, Floats, Kernels } from './kernels.ts';

/** Room for one state of Adam, in the memory of a model, where its kernels reach it. */
export interface AdamRoom {
  readonly kernels: Kernels;
  readonly mean: Floats;
  readonly meanOfSquares: Floats;
  readonly updates: Floats;
}

/** Which room belongs to a gradient, and to what lies in it; gone when the model is gone. */
const rooms = new WeakMap<Floats, AdamRoom>();

/** The gradient that lies beside a room; older ones have been written over. */
const newest = new WeakMap<AdamRoom, Floats>();

/** The state that lies in a room; older ones have been written over as well. */
const latest = new WeakMap<AdamRoom, AdamState>();

/**
 * Says that a gradient lies in the memory of a model, beside room for Adam, where the one before has been.
 *
 * @param gradient a view that the model has not given away before
 * @param room where the state of Adam goes
 *
 * @example
 * ```ts
 * const numbers = () => new Float32Array(2)
 * const gradient = numbers()
 * keepAdamRoom(gradient, { kernels: {}, mean: numbers(), meanOfSquares: numbers(), updates: numbers() })
 * adamRoomOf(gradient).updates.length // => 2
 * ```
 */
export function keepAdamRoom(gradient: Floats, room: AdamRoom): void {
  rooms.set(gradient, room);
  rooms.set(room.mean, room);
  rooms.set(room.updates, room);
  newest.set(room, gradient);
}

/**
 * The room beside a gradient; undefined for a gradient of ordinary numbers.
 *
 * @param gradient what a loss gave
 *
 * @example
 * ```ts
 * adamRoomOf(Float64Array.of(1, 2)) // => undefined
 * ```
 */
export function adamRoomOf(gradient: Floats): AdamRoom | undefined {
  return rooms.get(gradient);
}

/**
 * A step of Adam without new memory: the state is changed where it lies, in the room of the model.
 *
 * There is one room a model, so the state that is given is used up: go on with the one that comes back.
 *
 * @param room beside the gradient
 * @param gradient the model's own
 * @param state an ordinary one at the start of a run, later the one that lies in the room
 * @param step the numbers of this step
 * @throws when gradient or state is not the latest: a later step, or another run of the same model, has
 *   written over it
 *
 * @example
 * ```ts
 * const numbers = () => Float64Array.of(0)
 * const kernels = { adam: (gradient, mean, meanOfSquares, updates) => { updates[0] = -gradient[0] } }
 * const room = { kernels, mean: numbers(), meanOfSquares: numbers(), updates: numbers() }
 * const gradient = Float64Array.of(3)
 * keepAdamRoom(gradient, room)
 * const start = { mean: numbers(), meanOfSquares: numbers(), count: 0 }
 * const { updates, state } = adamInPlace(room, gradient, start, {})
 * [updates[0], state.count] // => [-3, 1]
 * ```
 */
export function adamInPlace(
  room: AdamRoom,
  gradient: Floats,
  state: AdamState,
  step: AdamStep,
): { updates: Floats; state: AdamState } {
  expectNewest(room, gradient);
  expectLatest(state);
  const { kernels, mean, meanOfSquares, updates } = room;
  if (state.mean !== mean) {
    mean.set(state.mean);
    meanOfSquares.set(state.meanOfSquares);
  }
  kernels.adam(gradient, mean, meanOfSquares, updates, step);
  const next = { mean, meanOfSquares, count: state.count + 1 };
  latest.set(room, next);
  return { updates, state: next };
}

function expectNewest(room: AdamRoom, gradient: Floats): void {
  if (newest.get(room) !== gradient) {
    throw new Error(
      'adam: expected the latest gradient of this model, got an older one that is written over; ' +
        'between a gradient and its update ask the model for `loss` only, or keep `gradient.slice()`',
    );
  }
}

/**
 * Adds updates to parameters, where both lie in the memory of one model: its kernels do it.
 *
 * @param parameters what is moved
 * @param updates what Adam gave
 * @returns whether they lay there; if not, nothing has changed
 *
 * @example
 * ```ts
 * addInPlace(Float64Array.of(1), Float64Array.of(2)) // => false
 * ```
 */
export function addInPlace(parameters: Floats, updates: Floats): boolean {
  const room = rooms.get(updates);
  if (!room || parameters.buffer !== updates.buffer) return false;
  room.kernels.add(parameters, updates, parameters);
  return true;
}

function expectLatest(state: AdamState): void {
  const home = rooms.get(state.mean);
  if (home && latest.get(home) !== state) {
    throw new Error(
      `adam: expected the latest state of this model, got one of ${state.count} steps that is written over; ` +
        'a model has room for one run at a time: make another model for another run',
    );
  }
}
