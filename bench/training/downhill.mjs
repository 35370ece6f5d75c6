import { gpt } from '../../lib/gpt.ts';
import { adam } from '../../lib/optimizer.ts';
import { seededRandom } from '../../lib/random.ts';
import { tanh } from '../../lib/tensor/activation.ts';
import { crossEntropy } from '../../lib/tensor/cross-entropy.ts';
import { embedding } from '../../lib/tensor/embedding.ts';
import { linear } from '../../lib/tensor/linear.ts';
import { network } from '../../lib/tensor/network.ts';
import { reshape } from '../../lib/tensor/tensor.ts';
import { train } from '../../lib/train.ts';
import { contest } from './contest.mjs';

const backend = process.argv[4];

const losses = {
  bigram: (tape, { table }, { inputs, targets }) =>
    crossEntropy(tape, embedding(tape, table, inputs), targets),
  mlp(tape, parameters, { inputs, targets }) {
    const layer = (x, name) => linear(tape, x, parameters[`${name}.weight`], parameters[`${name}.bias`]);
    const windows = embedding(tape, parameters.embedding, inputs);
    const x = reshape(windows, targets.length, windows.data.length / targets.length);
    return crossEntropy(tape, layer(tanh(tape, layer(x, 'hidden')), 'head'), targets);
  },
};

function modelOf({ name, vocabulary, sizes, parameters }) {
  if (name === 'gpt') {
    const { context, width, heads, layers } = sizes;
    const gptSizes = { vocabularySize: vocabulary, contextLength: context, width, heads, layers };
    return gpt({ ...gptSizes, random: seededRandom(1), backend });
  }
  const shapes = Object.fromEntries(parameters.map(({ name, shape }) => [name, shape]));
  return network({ shapes, loss: losses[name], backend });
}

function* endless(batches) {
  for (;;) yield* batches;
}

const name = backend === 'wasm' ? 'Downhill (WebAssembly)' : 'Downhill (plain TypeScript)';
await contest(name, task => {
  const model = modelOf(task);
  const start = new Float32Array(model.parameterCount);
  let from = 0;
  for (const { values } of task.parameters) {
    start.set(values, from);
    from += values.length;
  }
  const batches = task.batches.map(({ inputs, targets }) => ({
    inputs: Int32Array.from(inputs.flat()),
    targets: Int32Array.from(targets),
    sequences: inputs.length,
    length: inputs[0].length,
  }));
  const { learningRate, ...options } = task.adam;
  const run = train({
    parameters: model.place(start),
    inPlace: true,
    lossAndGradient: model.lossAndGradient,
    optimizer: adam(learningRate, options),
    batches: endless(batches),
  });
  return () => run.next().value.loss;
});
