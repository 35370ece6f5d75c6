import * as tf from '@tensorflow/tfjs';
import { setThreadsCount } from '@tensorflow/tfjs-backend-wasm';
import { contest } from './contest.mjs';

setThreadsCount(1);
await tf.setBackend('wasm');
await tf.ready();

/** The rows of a table. The derivative is our own, since the WebAssembly backend has none for `tf.gather`. */
const lookUp = tf.customGrad((table, ids, save) => {
  save([ids]);
  return {
    value: tf.gather(table, ids),
    gradFunc: (dy, [ids]) => [tf.scatterND(ids.expandDims(1), dy, table.shape), tf.zerosLike(ids)],
  };
});

const linear = (p, name, x) => x.matMul(p[`${name}.weight`]).add(p[`${name}.bias`]);

function norm(p, name, x) {
  const { mean, variance } = tf.moments(x, -1, true);
  return x.sub(mean).div(variance.add(1e-5).sqrt()).mul(p[`${name}.gain`]).add(p[`${name}.bias`]);
}

function gelu(x) {
  const inner = x.add(x.square().mul(x).mul(0.044715)).mul(Math.sqrt(2 / Math.PI));
  return inner.tanh().add(1).mul(x).mul(0.5);
}

function attention(qkv, { sequences, context, width, heads }, mask) {
  const [queries, keys, values] = tf
    .split(qkv, 3, 1)
    .map(part => part.reshape([sequences, context, heads, width / heads]).transpose([0, 2, 1, 3]));
  const scores = queries
    .matMul(keys, false, true)
    .div(Math.sqrt(width / heads))
    .add(mask);
  return scores.softmax().matMul(values).transpose([0, 2, 1, 3]).reshape([-1, width]);
}

const logitsOf = {
  bigram: () => (p, ids) => lookUp(p.table, ids),
  mlp:
    ({ sizes }) =>
    (p, ids) => {
      const x = lookUp(p.embedding, ids).reshape([sizes.sequences, -1]);
      return linear(p, 'head', linear(p, 'hidden', x).tanh());
    },
  gpt: ({ sizes }) => {
    const { layers, sequences, context, width } = sizes;
    const later = tf.tensor2d(
      Array.from({ length: context }, (_, i) =>
        Array.from({ length: context }, (_, j) => (j > i ? -1e9 : 0)),
      ),
    );
    return (p, ids) => {
      let x = lookUp(p.token, ids).reshape([sequences, context, width]).add(p.position).reshape([-1, width]);
      for (let i = 0; i < layers; i++) {
        x = x.add(
          linear(p, `${i}.out`, attention(linear(p, `${i}.qkv`, norm(p, `${i}.norm1`, x)), sizes, later)),
        );
        x = x.add(linear(p, `${i}.down`, gelu(linear(p, `${i}.up`, norm(p, `${i}.norm2`, x)))));
      }
      return linear(p, 'head', norm(p, 'norm', x));
    };
  },
};

await contest('TensorFlow.js (wasm)', task => {
  const p = {};
  for (const { name, shape, values } of task.parameters) p[name] = tf.variable(tf.tensor(values, shape));
  const logits = logitsOf[task.name](task);
  const batches = task.batches.map(({ inputs, targets }) => ({
    ids: tf.tensor1d(inputs.flat(), 'int32'),
    right: tf.oneHot(tf.tensor1d(targets, 'int32'), task.vocabulary),
  }));
  const { learningRate, beta1, beta2, epsilon } = task.adam;
  const optimizer = tf.train.adam(learningRate, beta1, beta2, epsilon);
  return index => {
    const { ids, right } = batches[index];
    const loss = optimizer.minimize(() => tf.losses.softmaxCrossEntropy(right, logits(p, ids)), true);
    const [value] = loss.dataSync();
    loss.dispose();
    return value;
  };
});
