// The figures of notebooks 01 and 03.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { addNoise, evenlySpaced, fullBatches, pointsOnLine } from '../../lib/dataset.ts';
import type { Figure } from '../../lib/figure/figure.ts';
import { noiseAndVertex } from '../../lib/figure/noise-and-vertex.ts';
import { sentenceShares } from '../../lib/figure/sentence-shares.ts';
import { trainingRun } from '../../lib/figure/training-run.ts';
import { lossOfLineThroughOrigin } from '../../lib/loss.ts';
import { gradientDescent } from '../../lib/optimizer.ts';
import { seededRandom } from '../../lib/random.ts';
import { train } from '../../lib/train.ts';
import { shownBy, testFigures } from './figures.ts';

const points = pointsOnLine([1, 2, 3], 2);
const run = [
  ...train({
    parameters: Float64Array.of(1),
    lossAndGradient: lossOfLineThroughOrigin,
    optimizer: gradientDescent(0.01),
    batches: fullBatches(points),
    steps: 12,
  }),
];
const table = {
  '': { sunny: 0.75, rainy: 0.25 },
  sunny: { warm: 0.5, END: 0.5 },
  'sunny warm': { END: 1 },
  rainy: { END: 1 },
};
const line = pointsOnLine(evenlySpaced(0.1, 3, 30), 2);
const cases = [0, 0.4, 0.8].map(noise => ({ noise, dataset: addNoise(line, noise, seededRandom(9)) }));

const figures: Record<string, Figure> = {
  trainingRun: trainingRun(points, run),
  'trainingRun, from step 1': trainingRun(points, run, 1),
  sentenceShares: sentenceShares(table, 'END'),
  noiseAndVertex: noiseAndVertex(cases, 0),
  'noiseAndVertex, noisy': noiseAndVertex(cases, 2),
};

testFigures(figures);

test('trainingRun: the loss of step n is 14 * 0.72^(2n), the line turns towards slope 2', () => {
  const { frames, data } = shownBy(trainingRun(points, run));
  frames.forEach((frame, step) => {
    const [, line, , , now] = frame.data.map((part, i) => ({ ...data[i], ...part })) as unknown as {
      x: number[];
      y: number[];
    }[];
    assert.ok(Math.abs(now.y[0] - 14 * 0.72 ** (2 * step)) < 1e-3);
    assert.ok(Math.abs(line.y[1] / line.x[1] - (2 - 0.72 ** step)) < 1e-3);
  });
});

test('sentenceShares: the boxes of each row fill the box above; finished sentences add up to 1', () => {
  const { data } = shownBy(sentenceShares(table, 'END'));
  const boxes = data.filter(({ fill }) => fill === 'toself') as unknown as { x: number[]; y: number[] }[];
  const span = ({ x }: { x: number[] }) => x[1] - x[0];
  const first = boxes.filter(({ y }) => y[0] > -1);
  assert.is(
    first.map(span).reduce((sum, width) => sum + width),
    1,
  );
  assert.match(
    sentenceShares(table, 'END').takeaway,
    'Added up, the 3 sentences have probability 1.0000: sunny warm 0.3750, sunny 0.3750, rainy 0.2500.',
  );
});

test('noiseAndVertex: noise leaves the shape as it is and moves the vertex', () => {
  const { frames, data } = shownBy(noiseAndVertex(cases, 0));
  const curves = frames.map(frame => frame.data[2].y as unknown as number[]);
  const secondDifference = (y: number[]) => y[0] - 2 * y[30] + y[60];
  const shapes = curves.map(secondDifference);
  for (const shape of shapes) assert.ok(Math.abs(shape / shapes[0] - 1) < 1e-2, `${shapes}`);
  assert.equal(data[5].y, curves[0] as never);
  const heights = frames.map(frame => (frame.data[3].y as unknown as number[])[1]);
  assert.ok(Math.abs(heights[0]) < 1e-9 && heights[0] < heights[1] && heights[1] < heights[2], `${heights}`);
});

test.run();
