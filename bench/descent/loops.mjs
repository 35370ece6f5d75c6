import { contest } from './contest.mjs';

await contest('plain loops in JavaScript', ({ inputs, targets }, learningRate) => steps => {
  let a = 1;
  let loss = 0;
  for (let step = 0; step < steps; step++) {
    let gradient = 0;
    loss = 0;
    for (let i = 0; i < inputs.length; i++) {
      const residual = targets[i] - a * inputs[i];
      loss += residual * residual;
      gradient -= 2 * residual * inputs[i];
    }
    a -= learningRate * gradient;
  }
  if (!Number.isFinite(loss)) throw new Error('the run diverges');
  return a;
});
