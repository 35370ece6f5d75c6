import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { fullBatches } from '../../lib/dataset.ts';
import { numericalGradient } from '../../lib/derivative.ts';
import { type GptOptions, type GptSizes, gpt, gptShapes } from '../../lib/gpt.ts';
import { adam } from '../../lib/optimizer.ts';
import { seededRandom } from '../../lib/random.ts';
import { sampleSentence } from '../../lib/sampling.ts';
import type { BackendOptions } from '../../lib/tensor/backend.ts';
import { wasmAvailable } from '../../lib/tensor/wasm.ts';
import { type TokenBatch, tokenBatch } from '../../lib/token-batch.ts';
import { lastStep, train } from '../../lib/train.ts';
import { vocabularyOf } from '../../lib/vocabulary.ts';
import { allNear, near } from './near.ts';
import { expectClose } from './tensor/gradient-check.ts';

const precise: BackendOptions = { precision: 64 };
const single: BackendOptions[] = [{ backend: 'plain' }];
if (wasmAvailable()) single.push({ backend: 'wasm' });
const small: GptSizes = { vocabularySize: 5, contextLength: 4, width: 6, heads: 2, layers: 2 };

/** The rows of a batch as lists of ids, with -1 in the targets where nothing is asked. */
function batchOf(inputs: readonly number[][], targets: readonly number[][]): TokenBatch {
  return {
    inputs: Int32Array.from(inputs.flat()),
    targets: Int32Array.from(targets.flat()),
    sequences: inputs.length,
    length: inputs[0].length,
  };
}

const someBatch = batchOf(
  [
    [0, 1, 2, 3],
    [4, 4, 0, 1],
  ],
  [
    [1, 2, 3, 4],
    [4, 0, -1, -1],
  ],
);

const pytorch = JSON.parse(readFileSync(new URL('gpt-losses.json', import.meta.url), 'utf8')) as {
  config: GptSizes & { sequences: number };
  parameterCount: number;
  learningRate: number;
  losses: number[];
};

/** Parameters and texts as bench/training/torch_losses.py makes them. */
function* batchesOfPyTorch(): Generator<TokenBatch> {
  const { vocabularySize, contextLength, sequences } = pytorch.config;
  for (let step = 0; ; step++) {
    const rows = Array.from({ length: sequences }, (_, s) =>
      Array.from({ length: contextLength + 1 }, (_, t) => (5 * step + 4 * s + t * (s + 1)) % vocabularySize),
    );
    yield batchOf(
      rows.map(row => row.slice(0, -1)),
      rows.map((row, s) => row.slice(1).map((id, t) => (t >= contextLength - s ? -1 : id))),
    );
  }
}

function lossesLikePyTorch(options: BackendOptions): number[] {
  const model = gpt({ ...pytorch.config, ...options, random: seededRandom(1) });
  assert.is(model.parameterCount, pytorch.parameterCount);
  const parameters = model.parameters.map((_, i) => 0.08 * Math.sin((i + 1) ** 2));
  for (const { name, from, count } of model.shapes) {
    if (name.endsWith('gain')) for (let i = from; i < from + count; i++) parameters[i] += 1;
  }
  const run = train({
    parameters,
    lossAndGradient: model.lossAndGradient,
    optimizer: adam(pytorch.learningRate),
    batches: batchesOfPyTorch(),
    steps: pytorch.losses.length - 1,
  });
  return Array.from(run, ({ loss }) => loss);
}

test('20 steps with Adam: the losses of PyTorch, to 1e-11 on 64 bits', () => {
  allNear(lossesLikePyTorch(precise), pytorch.losses, 1e-11);
});

for (const options of single) {
  test(`20 steps with Adam: the losses of PyTorch, to 1e-4 on 32 bits (${options.backend})`, () => {
    allNear(lossesLikePyTorch(options), pytorch.losses, 1e-4);
  });
}

test('the gradient of the whole model, by all parameters, is what central differences measure', () => {
  for (const sizes of [small, { ...small, heads: 3, layers: 1 }, { ...small, width: 2, heads: 1 }]) {
    const model = gpt({ ...sizes, ...precise, random: seededRandom(4) });
    // Larger than at the start of a training, so that no part of the model is nearly asleep.
    const parameters = model.parameters.map(p => 20 * p);
    const measured = numericalGradient(p => model.loss(p, someBatch), parameters);
    expectClose(model.lossAndGradient(parameters, someBatch).gradient, measured);
  }
});

for (const options of single) {
  test(`32 bits give the loss and gradient of 64 (${options.backend})`, () => {
    const exact = gpt({ ...small, ...precise, random: seededRandom(4) });
    const model = gpt({ ...small, ...options, random: seededRandom(4) });
    const parameters = exact.parameters.map(p => 20 * p);
    const expected = exact.lossAndGradient(parameters, someBatch);
    const { loss, gradient } = model.lossAndGradient(parameters, someBatch);
    near(loss, expected.loss, 1e-5);
    allNear(gradient, Array.from(expected.gradient), 1e-4);
  });

  test(`今天天气很好: from about ln 7 to 0; the model says the sentence (${options.backend})`, () => {
    const sentence = '今天天气很好';
    const vocabulary = vocabularyOf(sentence);
    const model = gpt({
      vocabularySize: vocabulary.size,
      contextLength: 8,
      width: 16,
      heads: 2,
      layers: 2,
      random: seededRandom(3),
      ...options,
    });
    const run = train({
      parameters: model.parameters,
      lossAndGradient: model.lossAndGradient,
      optimizer: adam(0.01),
      batches: fullBatches(tokenBatch(vocabulary, [sentence])),
      steps: 150,
    });
    near(model.loss(model.parameters, tokenBatch(vocabulary, [sentence])), Math.log(vocabulary.size), 0.1);
    const { loss, parameters } = lastStep(run);
    assert.ok(loss < 0.01, `loss ${loss}`);
    for (const seed of [1, 2, 3]) {
      assert.is(sampleSentence(model, parameters, vocabulary, seededRandom(seed)), sentence);
    }
    assert.is(
      sampleSentence(model, parameters, vocabulary, () => 0.5, { start: '今天' }),
      sentence,
    );
  });
}

test('no position looks ahead: other tokens behind it change nothing', () => {
  const model = gpt({ ...small, random: seededRandom(5) });
  const parameters = model.parameters.map(p => 20 * p);
  const short = model.logits(parameters, [3, 1]);
  const long = model.logits(parameters, [3, 1, 4, 0]);
  allNear(long.subarray(0, short.length), Array.from(short), 1e-4);
  assert.ok(Math.abs(long[2 * 5] - model.logits(parameters, [3, 2, 4])[2 * 5]) > 1e-3, 'but it looks back');
});

test('what stands in the padding does not count', () => {
  const model = gpt({ ...small, random: seededRandom(5) });
  const loss = (last: number) =>
    model.loss(model.parameters, batchOf([[0, 1, last, last]], [[1, 2, -1, -1]]));
  assert.is(loss(3), loss(4));
  near(loss(3), model.loss(model.parameters, batchOf([[0, 1]], [[1, 2]])), 1e-6);
});

test('nextProbabilities: add up to 1, see the last contextLength tokens, sharpen with temperature', () => {
  const model = gpt({ ...small, random: seededRandom(6) });
  const parameters = model.parameters.map(p => 20 * p);
  const usual = model.nextProbabilities(parameters, [1, 2, 3, 4]);
  near(
    usual.reduce((sum, p) => sum + p),
    1,
  );
  assert.equal(model.nextProbabilities(parameters, [0, 0, 1, 2, 3, 4]), usual);
  const cold = model.nextProbabilities(parameters, [1, 2, 3, 4], 0.1);
  assert.ok(Math.max(...cold) > Math.max(...usual));
});

test('attentionHeads: one a head, rows that add up to 1 and never look ahead', () => {
  const model = gpt({ ...small, random: seededRandom(6) });
  const heads = model.attentionHeads(
    model.parameters.map(p => 20 * p),
    [1, 2, 3],
  );
  assert.equal(
    heads.map(({ name }) => name),
    ['layer 1, head 1', 'layer 1, head 2', 'layer 2, head 1', 'layer 2, head 2'],
  );
  for (const { weights } of heads) {
    assert.is(weights.length, 3);
    weights.forEach((row, i) => {
      near(
        Array.from(row).reduce((sum, weight) => sum + weight),
        1,
        1e-6,
      );
      assert.ok(Array.from(row).every((weight, j) => j <= i || weight === 0));
    });
    assert.equal(Array.from(weights[0]), [1, 0, 0]);
  }
  assert.not.equal(heads[0].weights, heads[1].weights);
  // Before training all scores are near 0: everybody looks everywhere alike.
  for (const { weights } of model.attentionHeads(model.parameters, [1, 2, 3])) {
    allNear(weights[2], [1 / 3, 1 / 3, 1 / 3], 1e-3);
  }
});

test('first parameters: weights as wide as GPT-2 has them, gains 1, biases 0', () => {
  const model = gpt({
    vocabularySize: 50,
    contextLength: 40,
    width: 64,
    heads: 4,
    layers: 3,
    random: seededRandom(7),
  });
  for (const { name, from, count } of model.shapes) {
    const values = model.parameters.subarray(from, from + count);
    if (name.endsWith('gain'))
      assert.ok(
        values.every(value => value === 1),
        name,
      );
    else if (name.endsWith('bias'))
      assert.ok(
        values.every(value => value === 0),
        name,
      );
    else {
      const ends = /attention\.out|mlp\.down/.test(name);
      const width = Math.sqrt(Array.from(values).reduce((sum, value) => sum + value * value, 0) / count);
      near(width, ends ? 0.02 / Math.sqrt(6) : 0.02, 0.0015);
    }
  }
});

test('GPT-2 has 124 million parameters by the same count, when its head is its embedding', () => {
  const sizes = { vocabularySize: 50257, contextLength: 1024, width: 768, heads: 12, layers: 12 };
  const counts = Object.values(gptShapes(sizes)).map(shape => shape.reduce((product, n) => product * n));
  const head = 768 * 50257 + 50257;
  assert.is(counts.reduce((sum, count) => sum + count) - head, 124_439_808);
});

test('the same seed gives the same model, another seed another', () => {
  const of = (seed: number) => gpt({ ...small, random: seededRandom(seed) }).parameters;
  assert.equal(of(1), of(1));
  assert.not.equal(of(1), of(2));
});

test('wrong sizes and batches are refused in words', () => {
  const of = (options: Partial<GptOptions>) => () => gpt({ ...small, random: Math.random, ...options });
  assert.throws(of({ layers: 0 }), /gpt: expected layers to be a whole number, 1 or more, got 0/);
  assert.throws(of({ heads: 4 }), /gpt: expected a width that is a multiple of 4 heads, got 6/);
  assert.throws(
    of({ backend: 'wasm', precision: 64 }),
    /expected a precision of 32 bits with WebAssembly, got 64/,
  );
  const model = of({})();
  const ask = (batch: Partial<TokenBatch>) => () => model.loss(model.parameters, { ...someBatch, ...batch });
  assert.throws(
    ask({ length: 5 }),
    /gpt: expected number of tokens, at most contextLength, to be a whole number, 1 to 4, got 5/,
  );
  assert.throws(ask({ sequences: 3 }), /gpt: expected 3 x 4 inputs and targets, got 8 and 8/);
  assert.throws(
    ask({ inputs: new Int32Array(8).fill(5) }),
    /embedding: expected whole ids from 0 to 4, got 5 at place 0/,
  );
  assert.throws(ask({ targets: new Int32Array(8).fill(-1) }), /expected at least one target that counts/);
  assert.throws(() => model.loss(new Float32Array(3), someBatch), /expected \d+ parameters, got 3/);
  assert.throws(
    () => model.logits(model.parameters, []),
    /expected number of tokens, at most contextLength, to be a whole number, 1 to 4/,
  );
  for (const id of [Number.NaN, 1.5, 2 ** 32]) {
    assert.throws(
      () => model.nextProbabilities(model.parameters, [id]),
      /expected whole ids from 0 to 4, got/,
    );
  }
});

test.run();
