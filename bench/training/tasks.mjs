/** How many losses of each contestant are compared. */
export const checkedSteps = 10;

/** What each contestant does after each loss. */
export const adam = { learningRate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };

/**
 * The models that are trained, each from the same start on the same batches. All of a model's parameters lie in one
 * flat vector, in the order of `parameters`; weights are (inputs, outputs).
 */
export const tasks = [
  bigram({ vocabulary: 3000, sequences: 256 }),
  mlp({ vocabulary: 500, context: 8, embedding: 32, hidden: 128, sequences: 64 }),
  gpt({ vocabulary: 500, context: 64, width: 64, heads: 4, layers: 2, sequences: 8 }),
];

function bigram({ vocabulary, sequences }) {
  return {
    name: 'bigram',
    title: `bigram table, vocabulary ${vocabulary}, batch ${sequences}`,
    vocabulary,
    sizes: { sequences },
    parameters: [weights('table', vocabulary, vocabulary)],
    batches: batches({ vocabulary, windows: sequences, length: 1, stride: 1 }),
  };
}

function mlp({ vocabulary, context, embedding, hidden, sequences }) {
  return {
    name: 'mlp',
    title: `n-gram MLP, context ${context}, embedding ${embedding}, hidden ${hidden}, vocabulary ${vocabulary}, batch ${sequences}`,
    vocabulary,
    sizes: { context, embedding, hidden, sequences },
    parameters: [
      weights('embedding', vocabulary, embedding),
      ...linear('hidden', context * embedding, hidden),
      ...linear('head', hidden, vocabulary),
    ],
    batches: batches({ vocabulary, windows: sequences, length: context, stride: 1, lastOnly: true }),
  };
}

function gpt({ vocabulary, context, width, heads, layers, sequences }) {
  const blocks = Array.from({ length: layers }, (_, i) => [
    ...norm(`${i}.norm1`, width),
    ...linear(`${i}.qkv`, width, 3 * width),
    ...linear(`${i}.out`, width, width),
    ...norm(`${i}.norm2`, width),
    ...linear(`${i}.up`, width, 4 * width),
    ...linear(`${i}.down`, 4 * width, width),
  ]);
  return {
    name: 'gpt',
    vocabulary,
    title: `GPT, ${layers} layers, width ${width}, ${heads} heads, context ${context}, vocabulary ${vocabulary}, batch ${sequences}`,
    sizes: { context, width, heads, layers, sequences },
    parameters: [
      weights('token', vocabulary, width),
      weights('position', context, width),
      ...blocks.flat(),
      ...norm('norm', width),
      ...linear('head', width, vocabulary),
    ],
    batches: batches({ vocabulary, windows: sequences, length: context, stride: context }),
  };
}

function weights(name, ...shape) {
  return { name, shape, around: 0 };
}

function linear(name, inputs, outputs) {
  return [weights(`${name}.weight`, inputs, outputs), weights(`${name}.bias`, outputs)];
}

function norm(name, width) {
  return [{ name: `${name}.gain`, shape: [width], around: 1 }, weights(`${name}.bias`, width)];
}

/** Three batches, taken in turn: windows on ids that a formula makes, and what comes next in them. */
function batches({ vocabulary, windows, length, stride, lastOnly = false }) {
  return Array.from({ length: 3 }, (_, step) => {
    const id = i => (17 * step + 5 * i + 3 * i * i) % vocabulary;
    const inputs = Array.from({ length: windows }, (_, w) =>
      Array.from({ length }, (_, i) => id(w * stride + i)),
    );
    const targets = inputs.map((window, w) => window.map((_, i) => id(w * stride + i + 1)));
    return { inputs, targets: lastOnly ? targets.map(window => window.at(-1)) : targets.flat() };
  });
}
