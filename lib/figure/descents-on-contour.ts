import type { Dataset } from '../dataset.ts';
import { lossOfStraightLine, meanOf } from '../loss.ts';
import { colorOf, dashOf } from './candidates.ts';
import { marks, polyline } from './curve.ts';
import { type Figure, type Frame, figure, type Part } from './figure.ts';
import { onlyChanges } from './frames.ts';
import { axis, baseLayout } from './layout.ts';
import { lossContour, type Plane } from './loss-contour.ts';
import { palette } from './palette.ts';
import { playButtons } from './play.ts';
import { slider } from './slider.ts';

/** A descent in the plane of slopes and intercepts. */
export interface PlaneDescent {
  readonly batchSize: number;
  /** [a, b] after each step, the start first. */
  readonly path: readonly ArrayLike<number>[];
}

/**
 * Descents with batches of different size on one contour of the loss, beside their losses on all points.
 *
 * The slider, and Play, count the examples seen: a batch of 4 makes one step where a batch of 1 makes four.
 *
 * @param dataset all points: they make the contour and the losses
 * @param descents three at most
 * @param plane the slopes and intercepts shown
 * @param bottom the lowest place: [a, b]
 * @param every how many examples lie between two frames
 *
 * Source: the lesson, 小批量学习 (mini-batches).
 *
 * @example
 * ```ts
 * const points = { inputs: Float64Array.of(1, 2), targets: Float64Array.of(2, 4) }
 * const descents = [{ batchSize: 1, path: [[0, 0], [1, 0], [2, 0]] }, { batchSize: 2, path: [[0, 0], [1, 0]] }]
 * const picture = descentsOnContour(points, descents, { a: [0, 4], b: [-2, 2] }, [2, 0], 1)
 * picture.takeaway // => 'After 2 examples the losses are 0.00 with batches of 1, 2.50 with batches of 2.'
 * ```
 */
export function descentsOnContour(
  dataset: Dataset,
  descents: readonly PlaneDescent[],
  plane: Plane,
  bottom: ArrayLike<number>,
  every: number,
): Figure {
  const runs = descents.map(({ batchSize, path }) => ({
    batchSize,
    path,
    losses: path.map(parameters => meanLoss(parameters, dataset).loss),
  }));
  const seen = Math.min(...runs.map(({ batchSize, path }) => batchSize * (path.length - 1)));
  const frames = Array.from({ length: Math.floor(seen / every) + 1 }, (_, i) => frameAt(runs, i * every));
  const active = frames.length - 1;
  const star = { color: palette.data, size: 14, symbol: 'cross' };
  return figure({
    data: [
      lossContour(dataset, plane, { colorbar: undefined, showscale: false }),
      ...frames[active].data,
      marks([bottom[0]], [bottom[1]], star, { name: 'lowest loss' }),
    ],
    layout: layoutOf(runs, plane, frames, seen),
    frames: onlyChanges(frames),
    takeaway: `After ${seen} examples the losses are ${runs
      .map(
        run => `${run.losses[Math.floor(seen / run.batchSize)].toFixed(2)} with batches of ${run.batchSize}`,
      )
      .join(', ')}.`,
  });
}

interface Run extends PlaneDescent {
  readonly losses: readonly number[];
}

const meanLoss = meanOf(lossOfStraightLine);

function frameAt(runs: readonly Run[], seen: number): Frame {
  const data = runs.flatMap(({ batchSize, path, losses }, place) => {
    const steps = Math.floor(seen / batchSize) + 1;
    const so = path.slice(0, steps);
    const color = colorOf(place);
    const line = { color, width: batchSize === 1 ? 1.2 : 2.2, dash: dashOf(place) };
    const last = so[so.length - 1];
    const examples = path.map((_, step) => step * batchSize);
    const [a, b] = [0, 1].map(axisPlace => so.map(parameters => parameters[axisPlace]));
    return [
      polyline(a, b, { ...line, dash: 'solid' }, { showlegend: false }),
      marks([last[0]], [last[1]], { color, size: 11, symbol: symbols[place] }, { showlegend: false }),
      polyline(examples, losses.slice(0, steps), line, {
        xaxis: 'x2',
        yaxis: 'y2',
        name: `batch of ${batchSize}`,
      }),
    ];
  });
  return { name: String(seen), traces: data.map((_, i) => i + 1), data };
}

const symbols = ['circle', 'diamond', 'square'];

function layoutOf(runs: readonly Run[], plane: Plane, frames: readonly Frame[], seen: number): Part {
  const logarithms = runs.flatMap(({ losses }) => losses.map(Math.log10));
  const range = [Math.min(...logarithms) - 0.1, Math.max(...logarithms) + 0.1] as const;
  return baseLayout({
    height: 520,
    margin: { l: 64, r: 24, t: 56, b: 40 },
    xaxis: axis('a, slope', plane.a, { domain: [0, 0.5] }),
    yaxis: axis('b, intercept', plane.b),
    xaxis2: axis('examples seen', [0, seen], { domain: [0.62, 1], anchor: 'y2' }),
    yaxis2: axis('mean loss on all points', range, {
      type: 'log',
      tickvals: [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50],
      anchor: 'x2',
    }),
    updatemenus: playButtons(150),
    sliders: [slider('examples seen', frames, frames.length - 1)],
  });
}
