import { expectFinite, expectFraction } from './expect.ts';
import { adamInPlace, adamRoomOf } from './tensor/adam-in-place.ts';

/** All parameters of a model, or one number for each of them: 64 bits a number, or 32 for large models. */
export type Vector = Float64Array | Float32Array;

/**
 * Turns gradients into changes of the parameters.
 *
 * It holds no memory of its own: what it remembers from step to step is the state it gives back.
 *
 * Source: the lesson, 训练 (training): `optimizer.update(model)`; the shape is that of Optax (DeepMind, 2020).
 */
export interface Optimizer<State = unknown> {
  /** The state before the first step. */
  init(parameters: Vector): State;
  /** What to add to the parameters, and the state for the next step; the arguments stay as they are. */
  update(gradient: Vector, state: State): { readonly updates: Vector; readonly state: State };
}

/**
 * Plain gradient descent: a step against the gradient, in proportion to it.
 *
 * updates = -learningRate gradient
 *
 * @param learningRate how large a step is for its gradient, written eta in formulas
 * @throws when `learningRate` is not finite
 *
 * Source: the lesson, 例子 - 学习率与参数更新 (learning rate and parameter update): a <- a - eta loss'.
 *
 * @example
 * ```ts
 * gradientDescent(0.5).update(Float64Array.of(-28, 4), undefined).updates // => Float64Array.of(14, -2)
 * ```
 */
export function gradientDescent(learningRate: number): Optimizer<undefined> {
  expectFinite('gradientDescent', 'learning rate', learningRate);
  return {
    init: () => undefined,
    update(gradient, state) {
      const updates = gradient.slice();
      for (let i = 0; i < updates.length; i++) updates[i] *= -learningRate;
      return { updates, state };
    },
  };
}

/** What momentum remembers: all gradients so far, older ones fading. */
export interface MomentumState {
  readonly velocity: Vector;
}

/**
 * Gradient descent with momentum: a ball that rolls on when the slope ends, slowed by friction.
 *
 * velocity <- decay velocity + gradient, updates = -learningRate velocity
 *
 * @param learningRate how large a step is for its velocity
 * @param decay the part of the velocity that is kept at each step: 0 (plain descent) to below 1
 * @throws when `learningRate` is not finite or `decay` is not from 0 to below 1
 *
 * Source: the lesson, 例子 - 损失函数与学习, the ball; B. T. Polyak, "Some methods of speeding up the
 * convergence of iteration methods" (1964), as PyTorch's SGD computes it.
 *
 * @example
 * ```ts
 * const ball = momentum(1, 0.5)
 * const first = ball.update(Float64Array.of(4), ball.init(Float64Array.of(0)))
 * first.updates // => Float64Array.of(-4)
 * ball.update(Float64Array.of(0), first.state).updates // => Float64Array.of(-2)
 * ```
 */
export function momentum(learningRate: number, decay = 0.9): Optimizer<MomentumState> {
  expectFinite('momentum', 'learning rate', learningRate);
  expectFraction('momentum', 'decay', decay);
  return {
    init: parameters => ({ velocity: parameters.slice().fill(0) }),
    update(gradient, state) {
      const velocity = state.velocity.slice();
      const updates = gradient.slice();
      for (let i = 0; i < updates.length; i++) {
        velocity[i] = decay * velocity[i] + gradient[i];
        updates[i] = -learningRate * velocity[i];
      }
      return { updates, state: { velocity } };
    },
  };
}

/** What Adam remembers: running means of the gradient and of its square, and how many it has seen. */
export interface AdamState {
  readonly mean: Vector;
  readonly meanOfSquares: Vector;
  readonly count: number;
}

/** How fast Adam's two means forget (0 to below 1), and what keeps it from dividing by 0. */
export interface AdamOptions {
  readonly beta1?: number;
  readonly beta2?: number;
  readonly epsilon?: number;
}

/**
 * Adam: momentum whose step is measured for each parameter by the size of its recent gradients.
 *
 * m <- beta1 m + (1 - beta1) g, v <- beta2 v + (1 - beta2) g^2,
 * updates = -learningRate m / (1 - beta1^t) / (sqrt(v / (1 - beta2^t)) + epsilon)
 *
 * For the gradient of a `network` the same loop runs in the network's own memory: there a state is used up by
 * `update`, and the one that comes back is the next.
 *
 * @param learningRate about the size of a step, whatever the size of the gradient
 * @param options beta1, beta2 and epsilon, where they are not 0.9, 0.999 and 1e-8
 * @throws when a number is not finite or a beta is not from 0 to below 1; `update`: when a state is used up
 *
 * Source: D. P. Kingma and J. Ba, "Adam: a method for stochastic optimization" (2015), algorithm 1.
 *
 * @example
 * ```ts
 * const optimizer = adam(0.25)
 * const state = optimizer.init(Float64Array.of(1, 1))
 * const { updates } = optimizer.update(Float64Array.of(-28, 0.001), state)
 * Array.from(updates, update => update.toFixed(4)) // => ['0.2500', '-0.2500']
 * ```
 */
export function adam(learningRate: number, options: AdamOptions = {}): Optimizer<AdamState> {
  const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 } = options;
  expectFinite('adam', 'learning rate', learningRate);
  expectFraction('adam', 'beta1', beta1);
  expectFraction('adam', 'beta2', beta2);
  expectFinite('adam', 'epsilon', epsilon);
  return {
    init: parameters => ({
      mean: parameters.slice().fill(0),
      meanOfSquares: parameters.slice().fill(0),
      count: 0,
    }),
    update(gradient, state) {
      const count = state.count + 1;
      // Both means start at 0, so they are too small at first; these two make up for it.
      const rate = learningRate / (1 - beta1 ** count);
      const correction = 1 / (1 - beta2 ** count);
      const room = adamRoomOf(gradient);
      if (room) return adamInPlace(room, gradient, state, { rate, beta1, beta2, correction, epsilon });
      const mean = state.mean.slice();
      const meanOfSquares = state.meanOfSquares.slice();
      const updates = gradient.slice();
      for (let i = 0; i < updates.length; i++) {
        mean[i] = beta1 * mean[i] + (1 - beta1) * gradient[i];
        meanOfSquares[i] = beta2 * meanOfSquares[i] + (1 - beta2) * gradient[i] * gradient[i];
        updates[i] = (-rate * mean[i]) / (Math.sqrt(meanOfSquares[i] * correction) + epsilon);
      }
      return { updates, state: { mean, meanOfSquares, count } };
    },
  };
}
