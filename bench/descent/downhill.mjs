import { fullBatches } from '../../lib/dataset.ts';
import { lossOfLineThroughOrigin } from '../../lib/loss.ts';
import { gradientDescent } from '../../lib/optimizer.ts';
import { lastStep, train } from '../../lib/train.ts';
import { contest } from './contest.mjs';

await contest('Downhill (lib)', (points, learningRate) => steps => {
  const run = train({
    parameters: Float64Array.of(1),
    lossAndGradient: lossOfLineThroughOrigin,
    optimizer: gradientDescent(learningRate),
    batches: fullBatches(points),
    steps,
  });
  return lastStep(run).parameters[0];
});
