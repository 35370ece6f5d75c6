import type { Dataset } from '../dataset.ts';
import { sumSquaredError } from '../loss.ts';
import { predict, straightLine } from '../model.ts';
import { type Candidate, candidateLine, colorOf, firstPoints, lineName } from './candidates.ts';
import { type Figure, type Frame, figure, type Part } from './figure.ts';
import { onlyChanges } from './frames.ts';
import { axis, baseLayout, rangeOf } from './layout.ts';
import { palette } from './palette.ts';
import { slider } from './slider.ts';
import { dataPoints, residualSegments } from './traces.ts';

/**
 * A few lines y = ax + b among the first points of a dataset, and the loss of each; a slider adds points.
 *
 * @param dataset the points, in the order in which the slider adds them; all candidates pass through the first
 * @param candidates the lines, three at most
 *
 * Source: the lesson, 小批量学习 (mini-batches), both pictures: lines through one point, lines among several.
 *
 * @example
 * ```ts
 * const points = { inputs: Float64Array.of(2, 3), targets: Float64Array.of(4, 6) }
 * linesThroughPoint(points, [{ a: 2, b: 0 }, { a: 1, b: 2 }]).takeaway // => 'With 1 point the losses are 0, 0; with 2 points they are 0, 1.'
 * ```
 */
export function linesThroughPoint(dataset: Dataset, candidates: readonly Candidate[]): Figure {
  const counts = Array.from(dataset.inputs, (_, i) => i + 1);
  const losses = counts.map(count => candidates.map(line => lossOn(firstPoints(dataset, count), line)));
  const [low, high] = rangeOf([0, ...dataset.inputs], 0.08);
  const view = { dataset, candidates, losses };
  const frames = counts.map(count => frameAt(view, count));
  return figure({
    data: [...candidates.map((line, place) => candidateLine(line, place, [low, high])), ...frames[0].data],
    layout: baseLayout({
      height: 500,
      margin: { l: 64, r: 24, t: 48, b: 40 },
      xaxis: axis('x, input', [low, high], { domain: [0, 0.5] }),
      yaxis: axis('y, target and output', rangeOf([0, ...dataset.targets], 0.12)),
      xaxis2: axis('line', [-0.6, candidates.length - 0.4], {
        domain: [0.64, 1],
        anchor: 'y2',
        // The places only count the lines: there is no zero to mark.
        zeroline: false,
        zerolinecolor: undefined,
        tickvals: candidates.map((_, place) => place),
        ticktext: candidates.map(lineName),
      }),
      yaxis2: axis('loss, sum of squares', [0, 1.15 * Math.max(...losses.flat())], { anchor: 'x2' }),
      sliders: [slider('points', frames, 0)],
    }),
    frames: onlyChanges(frames),
    takeaway: `With 1 point the losses are ${losses[0].join(', ')}; with ${counts.length} points they are ${losses[counts.length - 1].join(', ')}.`,
  });
}

interface View {
  readonly dataset: Dataset;
  readonly candidates: readonly Candidate[];
  readonly losses: readonly (readonly number[])[];
}

function lossOn({ inputs, targets }: Dataset, { a, b }: Candidate): number {
  return Number(sumSquaredError(predict(straightLine, [a, b], inputs), targets).toFixed(4));
}

function frameAt({ dataset, candidates, losses }: View, count: number): Frame {
  const points = firstPoints(dataset, count);
  const gaps = candidates.map(({ a, b }, place) => ({
    ...residualSegments(points, predict(straightLine, [a, b], points.inputs)),
    line: { color: colorOf(place), width: 2, dash: '4px,3px' },
    showlegend: false,
  }));
  const data: Part[] = [
    ...gaps,
    dataPoints(points, { marker: { color: palette.data, size: 12 } }),
    bars(candidates, losses[count - 1]),
  ];
  return { name: String(count), traces: data.map((_, i) => candidates.length + i), data };
}

function bars(candidates: readonly Candidate[], losses: readonly number[]): Part {
  return {
    type: 'bar',
    x: candidates.map((_, place) => place),
    y: losses,
    text: losses.map(String),
    textposition: 'outside',
    cliponaxis: false,
    marker: { color: candidates.map((_, place) => colorOf(place)) },
    hovertext: candidates.map(lineName),
    xaxis: 'x2',
    yaxis: 'y2',
    showlegend: false,
  };
}
