import { contest } from './contest.mjs';

// It asks for this class while it loads; Node.js has it from 24 on.
globalThis.Float16Array ??= class {};
const { defaultDevice, init, jit, nn, numpy: np, tree, valueAndGrad } = await import('@jax-js/jax');

await init('wasm');
defaultDevice('wasm');

/**
 * One-hot rows: a table is looked up by a product with them, since the derivative of `np.take` stops `jit` ("input is
 * not imm") but where the table is the whole model. They are made before the clock runs: inside the step `nn.oneHot`
 * would be computed anew for each number of the product.
 */
function oneHot(ids, size) {
  const numbers = new Float32Array(ids.length * size);
  for (const [row, id] of ids.entries()) numbers[row * size + id] = 1;
  return np.array(numbers).reshape([ids.length, size]);
}

// Each function owns its arguments: what is used again is passed as `.ref`.
const linear = (p, name, x) => np.matmul(x, p[`${name}.weight`]).add(p[`${name}.bias`]);

function norm(p, name, x) {
  const centred = x.ref.sub(np.mean(x, -1, { keepdims: true }));
  const variance = np.mean(np.square(centred.ref), -1, { keepdims: true });
  return centred
    .div(np.sqrt(variance.add(1e-5)))
    .mul(p[`${name}.gain`])
    .add(p[`${name}.bias`]);
}

function attention(qkv, { sequences, context, width, heads }) {
  const [queries, keys, values] = np
    .split(qkv, 3, 1)
    .map(part => part.reshape([sequences, context, heads, width / heads]).transpose([0, 2, 1, 3]));
  const scores = np.matmul(queries, keys.transpose([0, 1, 3, 2])).mul(1 / Math.sqrt(width / heads));
  const later = np.triu(np.ones([context, context]), 1).mul(-1e9);
  const seen = np.matmul(nn.softmax(scores.add(later)), values);
  return seen.transpose([0, 2, 1, 3]).reshape([-1, width]);
}

const logitsOf = {
  bigram: (p, ids) => np.take(p.table, ids, 0),
  mlp: (p, rows, { sequences }) => {
    const x = np.matmul(rows, p.embedding).reshape([sequences, -1]);
    return linear(p, 'head', np.tanh(linear(p, 'hidden', x)));
  },
  gpt: (p, rows, sizes) => {
    const { layers, sequences, context, width } = sizes;
    let x = np
      .matmul(rows, p.token)
      .reshape([sequences, context, width])
      .add(p.position)
      .reshape([-1, width]);
    for (let i = 0; i < layers; i++) {
      const seen = attention(linear(p, `${i}.qkv`, norm(p, `${i}.norm1`, x.ref)), sizes);
      x = x.add(linear(p, `${i}.out`, seen));
      const up = linear(p, `${i}.up`, norm(p, `${i}.norm2`, x.ref));
      x = x.add(linear(p, `${i}.down`, nn.gelu(up, { approximate: true })));
    }
    return linear(p, 'head', norm(p, 'norm', x));
  },
};

await contest('jax-js (jit of a step, wasm)', task => {
  const { learningRate, beta1, beta2, epsilon } = task.adam;
  const loss = (p, inputs, right) => {
    const logits = logitsOf[task.name](p, inputs, task.sizes);
    return np.sum(nn.logSoftmax(logits).mul(right)).mul(-1 / right.shape[0]);
  };
  const step = jit((parameters, mean, squares, rate, correction, inputs, right) => {
    const [value, gradient] = valueAndGrad(loss)(tree.ref(parameters), inputs, right);
    const nextMean = tree.map((m, g) => m.mul(beta1).add(g.mul(1 - beta1)), mean, tree.ref(gradient));
    const nextSquares = tree.map((v, g) => v.mul(beta2).add(np.square(g).mul(1 - beta2)), squares, gradient);
    const next = tree.map(
      (p, m, v) => p.sub(m.mul(rate.ref).div(np.sqrt(v.mul(correction.ref)).add(epsilon))),
      parameters,
      tree.ref(nextMean),
      tree.ref(nextSquares),
    );
    return [value, next, nextMean, nextSquares];
  });
  let parameters = Object.fromEntries(
    task.parameters.map(({ name, shape, values }) => [name, np.array(values).reshape(shape)]),
  );
  let mean = tree.map(np.zerosLike, tree.ref(parameters));
  let squares = tree.map(np.zerosLike, tree.ref(parameters));
  const batches = task.batches.map(({ inputs, targets }) => [
    task.name === 'bigram'
      ? np.array(Int32Array.from(inputs.flat()))
      : oneHot(inputs.flat(), task.vocabulary),
    oneHot(targets, task.vocabulary),
  ]);
  let count = 0;
  return index => {
    count++;
    const rate = np.array(learningRate / (1 - beta1 ** count), { dtype: np.float32 });
    const correction = np.array(1 / (1 - beta2 ** count), { dtype: np.float32 });
    const [inputs, right] = batches[index];
    let value;
    [value, parameters, mean, squares] = step(
      parameters,
      mean,
      squares,
      rate,
      correction,
      inputs.ref,
      right.ref,
    );
    return value.js();
  };
});
