import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { numericalGradient } from '../../../lib/derivative.ts';
import { adam } from '../../../lib/optimizer.ts';
import { normal, seededRandom } from '../../../lib/random.ts';
import { tanh } from '../../../lib/tensor/activation.ts';
import { addBias } from '../../../lib/tensor/add.ts';
import type { BackendOptions } from '../../../lib/tensor/backend.ts';
import { crossEntropy } from '../../../lib/tensor/cross-entropy.ts';
import { embedding } from '../../../lib/tensor/embedding.ts';
import { linear } from '../../../lib/tensor/linear.ts';
import { network } from '../../../lib/tensor/network.ts';
import { sum } from '../../../lib/tensor/sum.ts';
import { reshape } from '../../../lib/tensor/tensor.ts';
import { wasmAvailable } from '../../../lib/tensor/wasm.ts';
import { lastStep, train } from '../../../lib/train.ts';
import { allNear, near } from '../near.ts';
import { expectClose } from './gradient-check.ts';

interface Pairs {
  readonly inputs: readonly number[];
  readonly targets: readonly number[];
}

/** The lesson's bigram table, as a network: a row of scores for each token. */
const bigram = (options: BackendOptions = {}) =>
  network({
    shapes: { scores: [6, 6] },
    loss: (tape, { scores }, { inputs, targets }: Pairs) =>
      crossEntropy(tape, embedding(tape, scores, inputs), targets),
    ...options,
  });

/** The model of Y. Bengio and others (2003): embeddings of the last two tokens, one hidden layer. */
function ngram(options: BackendOptions = {}) {
  const random = seededRandom(2);
  return network({
    shapes: { table: [6, 3], hidden: [6, 8], hiddenBias: [8], head: [8, 6], headBias: [6] },
    initial: name => (name.endsWith('Bias') ? 0 : 0.5 * normal(random)),
    loss: (tape, { table, hidden, hiddenBias, head, headBias }, { inputs, targets }: Pairs) => {
      const x = reshape(embedding(tape, table, inputs), targets.length, 6);
      return crossEntropy(
        tape,
        linear(tape, tanh(tape, linear(tape, x, hidden, hiddenBias)), head, headBias),
        targets,
      );
    },
    ...options,
  });
}

// 今天天气很好 END as 0 1 1 2 3 4 5; BEGIN is the number of END.
const pairs: Pairs = { inputs: [5, 0, 1, 1, 2, 3, 4], targets: [0, 1, 1, 2, 3, 4, 5] };
const windows: Pairs = {
  inputs: [5, 5, 5, 0, 0, 1, 1, 1, 1, 2, 2, 3, 3, 4],
  targets: [0, 1, 1, 2, 3, 4, 5],
};
const backends: BackendOptions[] = [{ backend: 'plain' }, { precision: 64 }];
if (wasmAvailable()) backends.push({ backend: 'wasm' });

for (const options of backends) {
  const name = options.backend ?? '64 bits';

  test(`${name}: the bigram table reaches its floor 2 ln 2 / 7, two tokens reach 0`, () => {
    const table = bigram(options);
    near(table.loss(table.parameters, pairs), Math.log(6), 1e-6);
    const { lossAndGradient, parameters } = table;
    const optimizer = adam(0.1);
    const trained = lastStep(
      train({ parameters, lossAndGradient, optimizer, batches: new Array(600).fill(pairs) }),
    );
    near(trained.loss, (2 * Math.log(2)) / 7, 1e-3);
    const mlp = ngram(options);
    const after = lastStep(
      train({
        parameters: mlp.parameters,
        lossAndGradient: mlp.lossAndGradient,
        optimizer: adam(0.02),
        batches: new Array(400).fill(windows),
      }),
    );
    assert.ok(after.loss < 0.01, `${after.loss}`);
  });

  test(`${name}: what was given stays as it is, and what was given back as well`, () => {
    const model = ngram(options);
    const start = model.parameters.slice();
    const own = start.map(p => 2 * p);
    const copy = own.slice();
    const first = model.lossAndGradient(own, windows);
    const kept = first.gradient.slice();
    assert.equal(own, copy);
    model.loss(start, windows);
    model.compute(start, (_, { table }) => table);
    assert.equal(first.gradient, kept, 'only another gradient writes over it');
    model.lossAndGradient(start, windows);
    assert.not.equal(first.gradient, kept);
    assert.equal(model.parameters, start);
  });
}

for (const options of backends) {
  test(`${options.backend ?? '64 bits'}: in place, with parameters where the kernels are, a run is the same`, () => {
    const model = ngram(options);
    const training = {
      parameters: model.parameters,
      lossAndGradient: model.lossAndGradient,
      optimizer: adam(0.02),
      batches: new Array(30).fill(windows),
    };
    const parameters = model.place(model.parameters);
    const other = model.place(model.parameters);
    const losses: number[] = [];
    for (const { loss } of train({ ...training, parameters, inPlace: true })) {
      losses.push(loss);
      // Others ask the same model meanwhile: nothing of the run may be written over.
      model.loss(model.parameters, windows);
      model.lossAndGradient(model.parameters, windows);
    }
    const moments = [...train(training)];
    assert.equal(
      losses,
      moments.map(({ loss }) => loss),
    );
    assert.equal(
      parameters,
      lastStep(train({ ...training, steps: 30, batches: new Array(31).fill(windows) })).parameters,
    );
    assert.equal(other, model.parameters);
  });
}

test('a step too large for its memory goes on elsewhere, placed parameters stay where they are', () => {
  const model = network({
    shapes: { a: [1] },
    loss: (tape, { a }, asked: number) => {
      tape.arena.floats(asked);
      return a;
    },
  });
  const parameters = model.place(Float32Array.of(3));
  const run = train({
    parameters,
    lossAndGradient: model.lossAndGradient,
    optimizer: adam(1),
    // 512 MB, and a little once more.
    batches: [1, 2 ** 27, 1],
    inPlace: true,
  });
  const losses = Array.from(run, ({ loss }) => loss);
  allNear(losses, [3, 2, 1], 1e-6);
  near(parameters[0], 0, 1e-6);
});

test('the gradient of a network is what central differences measure', () => {
  const model = ngram({ precision: 64 });
  const measured = numericalGradient(p => model.loss(p, windows), model.parameters);
  expectClose(model.lossAndGradient(model.parameters, windows).gradient, measured);
});

test('shapes lie in the vector in the order in which they are given', () => {
  const { shapes, parameterCount, parameters } = network({
    shapes: { weight: [2, 3], bias: [3] },
    initial: (name, place) => (name === 'bias' ? 10 + place : place),
    loss: (tape, { weight }) => sum(tape, weight),
  });
  assert.equal(shapes, [
    { name: 'weight', shape: [2, 3], from: 0, count: 6 },
    { name: 'bias', shape: [3], from: 6, count: 3 },
  ]);
  assert.is(parameterCount, 9);
  assert.equal(Array.from(parameters), [0, 1, 2, 3, 4, 5, 10, 11, 12]);
});

test('a parameter that the loss does not touch has derivative 0, also after a step in which it had another', () => {
  const model = network({
    shapes: { a: [2], b: [2] },
    loss: (tape, { a, b }, isA: boolean) => sum(tape, isA ? a : b),
  });
  const gradients = [true, false].map(isA =>
    Array.from(model.lossAndGradient(model.parameters, isA).gradient),
  );
  assert.equal(gradients, [
    [1, 1, 0, 0],
    [0, 0, 1, 1],
  ]);
});

for (const options of backends) {
  test(`${options.backend ?? '64 bits'}: a step that needs more memory gets it; Adam goes on`, () => {
    const large = () =>
      network({
        shapes: { x: [1, 3], bias: [3] },
        initial: (_, place) => place,
        // Each tensor has 12 bytes a row or more, and there is a chain of them.
        loss: (tape, { x, bias }, rows: number) => {
          const ids = new Int32Array(rows);
          let wide = embedding(tape, x, ids);
          for (let i = 0; i < 4; i++) wide = addBias(tape, wide, bias);
          return sum(tape, wide);
        },
        ...options,
      });
    const run = (model: ReturnType<typeof large>, rows: readonly number[]) =>
      lastStep(
        train({
          parameters: model.parameters,
          lossAndGradient: model.lossAndGradient,
          optimizer: adam(0.1),
          batches: rows,
        }),
      );
    // The first batch that is too large comes at the third step, another at the fourth.
    const grown = run(large(), [5, 5, 80_000, 160_000, 5, 5]);
    const model = large();
    model.loss(model.parameters, 160_000);
    const roomy = run(model, [5, 5, 80_000, 160_000, 5, 5]);
    assert.equal(grown, roomy);
  });
}

test('what a training loop asks the model between its steps changes nothing; a gradient is refused', () => {
  const model = ngram();
  const training = {
    parameters: model.parameters,
    lossAndGradient: model.lossAndGradient,
    batches: new Array(20).fill(windows),
  };
  const quiet = lastStep(train({ ...training, optimizer: adam(0.05) }));
  let last = quiet;
  for (const moment of train({ ...training, optimizer: adam(0.05) })) {
    model.loss(model.parameters, windows);
    // So many rows that the memory has to grow.
    if (moment.step === 7)
      model.loss(moment.parameters, {
        inputs: new Array(400_000).fill(1),
        targets: new Array(200_000).fill(0),
      });
    last = moment;
  }
  assert.equal(last, quiet);
  assert.throws(() => {
    for (const { parameters } of train({ ...training, optimizer: adam(0.05) })) {
      model.lossAndGradient(parameters, windows);
    }
  }, /adam: expected the latest gradient of this model, got an older one that is written over/);
});

test('a step that needs more than 2 GB is refused in words', () => {
  const model = network({
    shapes: { x: [1] },
    loss: tape => tape.tensor(2 ** 29),
  });
  assert.throws(
    () => model.loss(model.parameters, undefined),
    /expected a step that needs at most 2 GB.*fewer sequences, or shorter ones/,
  );
  assert.is(bigram().loss(bigram().parameters, pairs) > 1.79, true, 'others go on');
});

test('an error in a loss comes out as it is, and the next step is as before', () => {
  const model = bigram();
  const loss = model.loss(model.parameters, pairs);
  assert.throws(
    () => model.loss(model.parameters, { inputs: [9], targets: [0] }),
    /expected whole ids from 0 to 5, got 9/,
  );
  assert.is(model.loss(model.parameters, pairs), loss);
});

test.run();
