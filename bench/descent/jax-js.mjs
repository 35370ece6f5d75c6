import { contest } from './contest.mjs';

// It asks for this class while it loads; Node.js has it from 24 on.
globalThis.Float16Array ??= class {};
const { blockUntilReady, defaultDevice, init, jit, numpy: np, valueAndGrad } = await import('@jax-js/jax');

await init('wasm');
defaultDevice('wasm');
// Each function owns its arguments: what is used again is passed as `.ref`.
const loss = (a, inputs, targets) => {
  const residuals = targets.sub(a.mul(inputs));
  return np.sum(residuals.ref.mul(residuals));
};

await contest('jax-js (jit of a step, float64)', (points, learningRate) => {
  const inputs = np.array(points.inputs, { dtype: np.float64 });
  const targets = np.array(points.targets, { dtype: np.float64 });
  const step = jit((a, x, y) => {
    const [value, gradient] = valueAndGrad(loss)(a.ref, x, y);
    return [a.sub(gradient.mul(learningRate)), value];
  });
  return async steps => {
    let a = np.array(1, { dtype: np.float64 });
    for (let i = 0; i < steps; i++) {
      const [next, value] = step(a, inputs.ref, targets.ref);
      value.dispose();
      a = next;
    }
    await blockUntilReady(a.ref).catch(() => {});
    return a.js();
  };
});
