import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { adam } from '../../../lib/optimizer.ts';
import type { BackendOptions } from '../../../lib/tensor/backend.ts';
import { network } from '../../../lib/tensor/network.ts';
import { wasmAvailable } from '../../../lib/tensor/wasm.ts';
import { allNear } from '../near.ts';

const backends: BackendOptions[] = [{ backend: 'plain' }, { precision: 64 }];
if (wasmAvailable()) backends.push({ backend: 'wasm' });

/** A model whose gradient is the batch. */
const echo = (options: BackendOptions = {}) =>
  network({
    shapes: { a: [3] },
    loss(tape, { a }, gradient: readonly number[]) {
      const out = tape.tensor(1);
      out.data[0] = 0;
      tape.record(() => a.gradient.set(gradient));
      return out;
    },
    ...options,
  });

const gradients = [
  [1, -2, 0],
  [0.5, 3, 1e-6],
  [-4, 1, 0],
  [2, 2, -1e-3],
];

for (const options of backends) {
  test(`the updates in a model's memory are those of ordinary vectors (${options.backend ?? '64 bits'})`, () => {
    const model = echo(options);
    const optimizer = adam(0.1, { beta1: 0.8, beta2: 0.95, epsilon: 1e-7 });
    let inPlace = optimizer.init(model.parameters);
    let ordinary = optimizer.init(new Float64Array(3));
    for (const numbers of gradients) {
      const { gradient } = model.lossAndGradient(model.parameters, numbers);
      const change = optimizer.update(gradient, inPlace);
      const expected = optimizer.update(Float64Array.from(gradient), ordinary);
      allNear(change.updates, Array.from(expected.updates), options.precision === 64 ? 1e-15 : 1e-6);
      inPlace = change.state;
      ordinary = expected.state;
    }
    assert.is(inPlace.count, 4);
  });
}

test('a run that is begun anew begins at 0, whatever the last one left', () => {
  const model = echo();
  const optimizer = adam(0.1);
  const run = () => {
    let state = optimizer.init(model.parameters);
    return gradients.map(numbers => {
      const { gradient } = model.lossAndGradient(model.parameters, numbers);
      const change = optimizer.update(gradient, state);
      state = change.state;
      return Array.from(change.updates);
    });
  };
  assert.equal(run(), run());
});

test('a used state, and one of a run that another has replaced, are refused in words', () => {
  const model = echo();
  const optimizer = adam(0.1);
  const start = optimizer.init(model.parameters);
  const step = (state: typeof start) =>
    optimizer.update(model.lossAndGradient(model.parameters, [1, 2, 3]).gradient, state).state;
  const first = step(start);
  const second = step(first);
  assert.throws(
    () => step(first),
    /adam: expected the latest state of this model, got one of 1 steps that is written over/,
  );
  const other = step(optimizer.init(model.parameters));
  assert.throws(() => step(second), /make another model for another run/);
  assert.is(step(other).count, 2);
  assert.is(start.count, 0);
  assert.equal(Array.from(start.mean), [0, 0, 0]);
});

test('gradients of ordinary numbers keep ordinary states', () => {
  const optimizer = adam(0.1);
  const start = optimizer.init(Float64Array.of(1));
  const first = optimizer.update(Float64Array.of(1), start).state;
  const again = optimizer.update(Float64Array.of(1), start).state;
  assert.equal(first, again);
});

test.run();
