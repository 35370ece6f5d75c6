import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { addNoise, evenlySpaced, pointsOnLine, splitKnownFuture } from '../../lib/dataset.ts';
import type { Figure } from '../../lib/figure/figure.ts';
import { onlyChanges } from '../../lib/figure/frames.ts';
import { knownAndFuture } from '../../lib/figure/known-and-future.ts';
import { lineAndLoss } from '../../lib/figure/line-and-loss.ts';
import { lineSlider } from '../../lib/figure/line-slider.ts';
import { lossShapes } from '../../lib/figure/loss-shapes.ts';
import { lossSquares } from '../../lib/figure/loss-squares.ts';
import { residualPlot } from '../../lib/figure/residual-plot.ts';
import { seededRandom } from '../../lib/random.ts';
import { type PlotlyJson, shownBy, testFigures } from './figures.ts';

const points = pointsOnLine([1, 2, 3], 2);
const measured = addNoise(pointsOnLine(evenlySpaced(0.1, 4, 40), 2), 0.8, seededRandom(9));
const { known, future } = splitKnownFuture(measured, 30);
const slopes = evenlySpaced(0, 4, 9);

const figures: Record<string, Figure> = {
  residualPlot: residualPlot(points, 1),
  'residualPlot, steep': residualPlot(points, 3),
  lossSquares: lossSquares(points, 1),
  'lossSquares, steep': lossSquares(points, 3),
  lineSlider: lineSlider(known, slopes, 0.5),
  lineAndLoss: lineAndLoss(points, slopes, 1),
  'lineAndLoss, curve': lineAndLoss(known, slopes, 1, 'curve'),
  lossShapes: lossShapes(points, slopes),
  knownAndFuture: knownAndFuture(known, future, 2),
};

testFigures(figures);

test('residualPlot: dashed segments from the data to the line', () => {
  const { data } = shownBy(residualPlot(points, 1));
  const segments = data.find(trace => trace.name === 'residuals');
  assert.equal(segments?.x, [1, 1, null, 2, 2, null, 3, 3, null] as never);
  assert.equal(segments?.y, [2, 1, null, 4, 2, null, 6, 3, null] as never);
});

test('lossSquares: the areas are 1, 4 and 9, none of them on the other side of the line', () => {
  const { data } = shownBy(lossSquares(points, 1));
  const squares = data.filter(trace => trace.fill === 'toself') as unknown as { x: number[]; y: number[] }[];
  const area = ({ x, y }: { x: number[]; y: number[] }) => Math.abs((x[1] - x[0]) * (y[2] - y[1]));
  assert.equal(squares.map(area), [1, 4, 9]);
  for (const { x, y } of squares) assert.ok(x.every((corner, i) => y[i] >= corner));
});

test('lineAndLoss: the point on the right moves along 14 (2 - a)^2', () => {
  const { frames } = shownBy(lineAndLoss(points, slopes, 1));
  for (const { name, data } of frames) {
    const a = Number(name);
    const point = data[4] as unknown as { x: number[]; y: number[] };
    assert.equal(point, { x: [a], y: [14 * (2 - a) ** 2] });
  }
});

test('lineAndLoss: a trail shows the losses up to the chosen a, a curve all of them', () => {
  const lengths = ({ frames, data }: PlotlyJson) =>
    frames.map(frame => ((frame.data[3].x ?? data[3].x) as unknown as number[]).length);
  assert.equal(lengths(shownBy(lineAndLoss(points, slopes, 1))), [1, 2, 3, 4, 5, 6, 7, 8, 9]);
  assert.equal(lengths(shownBy(lineAndLoss(points, slopes, 1, 'curve'))), new Array(9).fill(9));
});

test('onlyChanges: what is equal in all frames goes, what differs in one stays in all', () => {
  const frame = (name: string, y: number, size: number) => ({
    name,
    traces: [0],
    data: [{ type: 'scatter', y: [y], marker: { size } }],
  });
  const slim = onlyChanges([frame('a', 1, 5), frame('b', 1, 5), frame('c', 1, 6)]);
  assert.equal(
    slim.map(({ data }) => data[0]),
    [{ marker: { size: 5 } }, { marker: { size: 5 } }, { marker: { size: 6 } }],
  );
});

test.run();
