import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs';
import { contest } from './contest.mjs';

const backend = process.argv[3];
await tf.setBackend(backend);
await tf.ready();

await contest(`TensorFlow.js (${backend}, float32)`, (points, learningRate) => {
  const inputs = tf.tensor1d(Float32Array.from(points.inputs));
  const targets = tf.tensor1d(Float32Array.from(points.targets));
  const lossAndGradient = tf.valueAndGrad(a => tf.sum(tf.square(tf.sub(targets, tf.mul(a, inputs)))));
  return steps => {
    let a = tf.scalar(1);
    for (let step = 0; step < steps; step++) {
      const before = a;
      a = tf.tidy(() => {
        const { grad } = lossAndGradient(before);
        return tf.sub(before, tf.mul(grad, learningRate));
      });
      before.dispose();
    }
    const [value] = a.dataSync();
    a.dispose();
    return value;
  };
});
