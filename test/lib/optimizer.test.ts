import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { pointsOnLine } from '../../lib/dataset.ts';
import { lossOfStraightLine } from '../../lib/loss.ts';
import { adam, gradientDescent, momentum, type Optimizer, type Vector } from '../../lib/optimizer.ts';

/** The parameters after each step, without the library's training loop. */
function path<State>(
  optimizer: Optimizer<State>,
  start: Float64Array,
  gradientAt: (parameters: Float64Array) => Vector,
  steps: number,
): Float64Array[] {
  let parameters = start;
  let state = optimizer.init(parameters);
  return Array.from({ length: steps }, () => {
    const change = optimizer.update(gradientAt(parameters), state);
    state = change.state;
    parameters = parameters.map((value, i) => value + change.updates[i]);
    return parameters;
  });
}

const lessonGradient = ([a]: Float64Array) => Float64Array.of(28 * a - 56);
const close = (got: ArrayLike<number>, expected: readonly number[], tolerance: number) =>
  expected.forEach((number, i) => {
    assert.ok(Math.abs(got[i] - number) <= tolerance, `got ${got[i]}, expected ${number}`);
  });

test('gradientDescent: each step multiplies a - 2 by 1 - 28 eta', () => {
  for (const eta of [0.01, 1 / 28, 0.05, 0.06, 1 / 14, 0.08]) {
    path(gradientDescent(eta), Float64Array.of(1), lessonGradient, 8).forEach(([a], step) => {
      const expected = 2 - (1 - 28 * eta) ** (step + 1);
      close([a], [expected], 1e-12);
    });
  }
});

test('gradientDescent: eta = 1, the raw update of the lesson: 1, 29, -727', () => {
  // By hand: 1 + 28 = 29, 29 - 756 = -727.
  const places = path(gradientDescent(1), Float64Array.of(1), lessonGradient, 2);
  assert.equal(
    places.map(([a]) => a),
    [29, -727],
  );
});

// Figures from NumPy 2.4.6, float64, by the formulas in the documentation of torch.optim.SGD and torch.optim.Adam.
test('momentum: velocity = 0.9 velocity + gradient, as PyTorch defines it', () => {
  const expected = [1.28, 1.7336, 2.216432, 2.59037984, 2.7616265408];
  const places = path(momentum(0.01, 0.9), Float64Array.of(1), lessonGradient, 5);
  close(
    places.map(([a]) => a),
    expected,
    1e-12,
  );
});

test('momentum: keeps nothing at decay 0, then it is plain descent', () => {
  const places = (optimizer: Optimizer<never>) => path(optimizer, Float64Array.of(1), lessonGradient, 5);
  assert.equal(
    places(momentum(0.01, 0) as Optimizer<never>),
    places(gradientDescent(0.01) as Optimizer<never>),
  );
});

test('adam: five steps on y = ax + b', () => {
  const points = pointsOnLine([1, 2, 3], 2);
  const gradientAt = (parameters: Float64Array) => lossOfStraightLine(parameters, points).gradient;
  const places = path(adam(0.1), Float64Array.of(1, 0.5), gradientAt, 5);
  const expected = [
    [1.099999999955, 0.599999999889],
    [1.198984917959, 0.698812580181],
    [1.295887584365, 0.795125035106],
    [1.389234664359, 0.887056272822],
    [1.47708678231, 0.972058396569],
  ];
  places.forEach((place, step) => {
    close(place, expected[step], 1e-12);
  });
});

test('adam: the first step has the size of the learning rate, whatever the gradient', () => {
  for (const gradient of [1e-4, -1, 1e6]) {
    const optimizer = adam(0.01);
    const { updates } = optimizer.update(Float64Array.of(gradient), optimizer.init(Float64Array.of(0)));
    close(updates, [-0.01 * Math.sign(gradient)], 1e-5);
  }
});

test('32-bit gradients give 32-bit updates and states', () => {
  const gradient = Float32Array.of(0.5, -2);
  for (const optimizer of [gradientDescent(0.1), momentum(0.1), adam(0.1)] as Optimizer[]) {
    const { updates, state } = optimizer.update(gradient, optimizer.init(gradient));
    assert.instance(updates, Float32Array);
    for (const part of Object.values((state ?? {}) as object)) {
      if (typeof part !== 'number') assert.instance(part, Float32Array);
    }
  }
});

test('neither gradient nor state is changed: the same call gives the same answer', () => {
  const gradient = Float64Array.of(3, -1);
  for (const optimizer of [gradientDescent(0.1), momentum(0.1), adam(0.1)] as Optimizer[]) {
    const first = optimizer.update(gradient, optimizer.init(gradient));
    assert.equal(gradient, Float64Array.of(3, -1));
    assert.equal(optimizer.update(gradient, first.state), optimizer.update(gradient, first.state));
  }
});

test('learning rates and fading factors that make no sense are refused in words', () => {
  assert.throws(
    () => gradientDescent(Number.NaN),
    /gradientDescent: expected a finite learning rate, got NaN/,
  );
  assert.throws(() => momentum(Infinity), /momentum: expected a finite learning rate, got Infinity/);
  assert.throws(() => momentum(0.1, 1), /momentum: expected decay from 0 to below 1, got 1/);
  assert.throws(() => adam(Number.NaN), /adam: expected a finite learning rate, got NaN/);
  assert.throws(() => adam(0.1, { beta2: -1 }), /adam: expected beta2 from 0 to below 1, got -1/);
  assert.throws(() => adam(0.1, { epsilon: Number.NaN }), /adam: expected a finite epsilon, got NaN/);
});

test.run();
