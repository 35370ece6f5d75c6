import type { Dataset } from '../dataset.ts';
import { type Candidate, candidateLine, colorOf, firstPoints } from './candidates.ts';
import { marks, polyline } from './curve.ts';
import { type Figure, type Frame, figure, type Part } from './figure.ts';
import { onlyChanges } from './frames.ts';
import { axis, baseLayout, rangeOf } from './layout.ts';
import { lossContour, type Plane } from './loss-contour.ts';
import { palette, translucent } from './palette.ts';
import { slider } from './slider.ts';
import { dataPoints } from './traces.ts';

/**
 * Lines among points, beside the loss over all lines: each line on the left is one point (a, b) on the right.
 *
 * With one point the loss is a valley: all lines through the point lie at its bottom. Each further point adds
 * a valley of its own; together they make a bowl. A slider adds the points.
 *
 * @param dataset the points, in the order in which the slider adds them
 * @param candidates lines to show in both views, three at most
 * @param plane the slopes and intercepts shown
 *
 * Source: the lesson, 小批量学习 (mini-batches).
 *
 * @example
 * ```ts
 * const points = { inputs: Float64Array.of(2, 3), targets: Float64Array.of(4, 6) }
 * valleyAndBowl(points, [{ a: 2, b: 0 }], { a: [0, 4], b: [-4, 4] }).frames?.length // => 2
 * ```
 */
export function valleyAndBowl(dataset: Dataset, candidates: readonly Candidate[], plane: Plane): Figure {
  const [low, high] = rangeOf([0, ...dataset.inputs], 0.08);
  // The points of the data are drawn last, over the lines.
  const traces = [0, 1, 2, candidates.length + 4];
  const frames = Array.from(dataset.inputs, (_, i) => frameAt(dataset, plane, i + 1, traces));
  const [contour, halo, floors, points] = frames[0].data;
  return figure({
    data: [
      contour,
      halo,
      floors,
      ...candidates.map((line, place) => candidateLine(line, place, [low, high])),
      candidatePoints(candidates),
      points,
    ],
    layout: baseLayout({
      height: 500,
      margin: { l: 64, r: 24, t: 48, b: 40 },
      xaxis: axis('x, input', [low, high], { domain: [0, 0.38] }),
      yaxis: axis('y, target and output', rangeOf([0, ...dataset.targets], 0.12)),
      xaxis2: axis('a, slope', plane.a, { domain: [0.5, 1], anchor: 'y2' }),
      yaxis2: axis('b, intercept', plane.b, { anchor: 'x2' }),
      sliders: [slider('points', frames, 0)],
    }),
    frames: onlyChanges(frames),
    takeaway:
      `With 1 point the loss over (a, b) is a valley: every line through the point has loss 0. ` +
      `With 2 to ${frames.length} points it is a bowl with one lowest place.`,
  });
}

const right = { xaxis: 'x2', yaxis: 'y2', showlegend: false };

function frameAt(dataset: Dataset, plane: Plane, count: number, traces: readonly number[]): Frame {
  const points = firstPoints(dataset, count);
  return {
    name: String(count),
    traces,
    data: [lossContour(points, plane, right), ...bottoms(points, plane), dataPoints(points, { marker })],
  };
}

const marker = { color: palette.data, size: 12 };

/** For each point the lines that pass through it, y = ax + b: a straight line of places (a, b). */
function bottoms({ inputs, targets }: Dataset, { a }: Plane): [Part, Part] {
  const x: (number | null)[] = [];
  const y: (number | null)[] = [];
  inputs.forEach((input, i) => {
    x.push(...a, null);
    y.push(...a.map(slope => targets[i] - slope * input), null);
  });
  const [xs, ys] = [x as number[], y as number[]];
  // On a dark page the dots would sink into the valley's colour; the light line below keeps them apart.
  return [
    polyline(xs, ys, { color: translucent('#ffffff', 0.4), width: 3 }, right),
    polyline(xs, ys, dots, { ...right, showlegend: true, name: 'lines through a point' }),
  ];
}

const dots = { color: palette.data, width: 2, dash: 'dot' };

function candidatePoints(candidates: readonly Candidate[]): Part {
  return marks(
    candidates.map(({ a }) => a),
    candidates.map(({ b }) => b),
    { color: candidates.map((_, place) => colorOf(place)), size: 14, symbol: 'diamond' },
    { ...right, hovertemplate: 'a = %{x}<br>b = %{y}<extra></extra>' },
  );
}
