import type { Dataset } from '../dataset.ts';
import { sumSquaredError } from '../loss.ts';
import { lineThroughOrigin, predict } from '../model.ts';
import { type Figure, type Frame, figure, type Part } from './figure.ts';
import { onlyChanges } from './frames.ts';
import { axis, baseLayout, rangeOf, roomAbove } from './layout.ts';
import { palette, translucent } from './palette.ts';
import { nearestStep, slider } from './slider.ts';
import { dataPoints, label, modelLine, residualSegments } from './traces.ts';

/**
 * The line with its residuals beside its loss, both moved by one slider a.
 *
 * On the right stand the losses of all slopes up to the chosen one (`trail`), so that moving the
 * slider draws them one after the other, or of all slopes at once (`curve`).
 *
 * @param dataset the points
 * @param slopes the values of a that the slider offers
 * @param start the a to begin with
 * @param shown what of the other losses is shown
 *
 * Source: the lesson, 例子 - 建模与误差 and 损失函数与学习: loss = f(a).
 *
 * @example
 * ```ts
 * const points = { inputs: Float64Array.of(1, 2, 3), targets: Float64Array.of(2, 4, 6) }
 * lineAndLoss(points, [0, 1, 2], 1).takeaway // => 'At a = 1.00 the loss is 14.00; the smallest of the 3 losses on the slider is 0.00, at a = 2.00.'
 * ```
 */
export function lineAndLoss(
  dataset: Dataset,
  slopes: ArrayLike<number>,
  start: number,
  shown: 'trail' | 'curve' = 'trail',
): Figure {
  const losses = Float64Array.from(slopes, slope =>
    sumSquaredError(predict(lineThroughOrigin, [slope], dataset.inputs), dataset.targets),
  );
  const view = { dataset, slopes, losses, shown, ...rangesOf(dataset, slopes, losses) };
  const frames = Array.from(slopes, (_, step) => frameAt(view, step));
  const active = nearestStep(slopes, start);
  return figure({
    data: [...frames[active].data, dataPoints(dataset)],
    layout: layoutOf(view, frames, active),
    frames: onlyChanges(frames),
    takeaway: takeaway(view, active),
  });
}

interface View {
  readonly dataset: Dataset;
  readonly slopes: ArrayLike<number>;
  readonly losses: Float64Array;
  readonly shown: 'trail' | 'curve';
  readonly x: [number, number];
  readonly y: [number, number];
  readonly a: [number, number];
  readonly loss: [number, number];
}

function rangesOf(dataset: Dataset, slopes: ArrayLike<number>, losses: Float64Array) {
  return {
    x: [0, rangeOf(dataset.inputs, 0.1)[1]] as [number, number],
    y: roomAbove(dataset.targets),
    a: rangeOf(slopes),
    // Room above the highest loss for the line of text.
    loss: rangeOf([0, 1.15 * Math.max(...losses)], 0.04),
  };
}

function frameAt(view: View, step: number): Frame {
  const slope = view.slopes[step];
  const outputs = predict(lineThroughOrigin, [slope], view.dataset.inputs);
  const top = 0.94;
  const place = ([low, high]: [number, number], part: number) => low + part * (high - low);
  const right = { xaxis: 'x2', yaxis: 'y2' };
  return {
    name: slope.toFixed(2),
    traces: [0, 1, 2, 3, 4, 5],
    data: [
      residualSegments(view.dataset, outputs),
      modelLine(slope, view.x),
      label(place(view.x, 0.02), place(view.y, top), `a = ${slope.toFixed(2)}`, palette.model),
      otherLosses(view, step),
      lossPoint(slope, view.losses[step]),
      label(
        place(view.a, 0.5),
        place(view.loss, top),
        `loss = ${view.losses[step].toFixed(2)}`,
        palette.loss,
        { ...right, textposition: 'middle center' },
      ),
    ],
  };
}

function otherLosses(view: View, step: number): Part {
  const trail = view.shown === 'trail';
  const count = trail ? step + 1 : view.slopes.length;
  return {
    type: 'scatter',
    ...(trail
      ? { mode: 'markers', marker: { color: palette.loss, size: 5 } }
      : { mode: 'lines', line: { color: translucent(palette.loss, 0.7), width: 2 } }),
    name: trail ? 'losses so far' : 'loss of every a',
    x: Array.from(view.slopes).slice(0, count),
    y: view.losses.slice(0, count),
    xaxis: 'x2',
    yaxis: 'y2',
    hovertemplate: 'a = %{x}<br>loss = %{y}<extra></extra>',
  };
}

function lossPoint(slope: number, loss: number): Part {
  return {
    type: 'scatter',
    mode: 'markers',
    name: 'loss at this a',
    x: [slope],
    y: [loss],
    marker: { color: palette.loss, size: 13, symbol: 'diamond' },
    xaxis: 'x2',
    yaxis: 'y2',
    hovertemplate: 'a = %{x}<br>loss = %{y}<extra></extra>',
  };
}

function layoutOf(view: View, frames: readonly Frame[], active: number): Part {
  return baseLayout({
    height: 500,
    margin: { l: 64, r: 24, t: 48, b: 40 },
    xaxis: axis('x, input', view.x, { domain: [0, 0.44] }),
    yaxis: axis('y, target and output', view.y),
    xaxis2: axis('a, slope', view.a, { domain: [0.58, 1], anchor: 'y2' }),
    yaxis2: axis('loss, sum of squares', view.loss, { anchor: 'x2' }),
    sliders: [slider('a', frames, active)],
  });
}

function takeaway({ slopes, losses }: View, active: number): string {
  const best = losses.indexOf(Math.min(...losses));
  return (
    `At a = ${slopes[active].toFixed(2)} the loss is ${losses[active].toFixed(2)}; the smallest of the ` +
    `${slopes.length} losses on the slider is ${losses[best].toFixed(2)}, at a = ${slopes[best].toFixed(2)}.`
  );
}
