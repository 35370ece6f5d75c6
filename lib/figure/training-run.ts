import type { Dataset } from '../dataset.ts';
import { lineThroughOrigin, predict } from '../model.ts';
import type { TrainingStep } from '../train.ts';
import { type Figure, type Frame, figure, type Part } from './figure.ts';
import { onlyChanges } from './frames.ts';
import { axis, baseLayout, rangeOf, roomAbove } from './layout.ts';
import { palette, translucent } from './palette.ts';
import { slider } from './slider.ts';
import { dataPoints, label, modelLine, residualSegments } from './traces.ts';

/**
 * A training run of y = ax, step by step: the line among its points beside the loss of each step.
 *
 * @param dataset the points
 * @param run the moments of the run, in order
 * @param start place in the run of the moment shown first
 *
 * Source: the lesson, 训练 (training): the loop, turn by turn.
 *
 * @example
 * ```ts
 * const points = { inputs: Float64Array.of(1, 2, 3), targets: Float64Array.of(2, 4, 6) }
 * const run = [{ step: 0, loss: 14, parameters: [1] }, { step: 1, loss: 3.5, parameters: [1.5] }]
 * trainingRun(points, run).takeaway // => 'In 1 step the loss falls from 14.00 to 3.50, and a goes from 1.00 to 1.50.'
 * ```
 */
export function trainingRun(dataset: Dataset, run: readonly Moment[], start = 0): Figure {
  const view = {
    dataset,
    run,
    x: [0, rangeOf(dataset.inputs, 0.1)[1]] as [number, number],
    y: roomAbove(dataset.targets),
    step: rangeOf([0, run[run.length - 1].step]),
    loss: rangeOf([0, 1.15 * Math.max(...run.map(({ loss }) => loss))], 0.04),
  };
  const frames = run.map((_, place) => frameAt(view, place));
  return figure({
    data: [...frames[start].data, dataPoints(dataset)],
    layout: layoutOf(view, frames, start),
    frames: onlyChanges(frames),
    takeaway: takeaway(run),
  });
}

/** As `train` yields it; the parameters may be a plain list. */
type Moment = Omit<TrainingStep, 'parameters'> & { readonly parameters: ArrayLike<number> };

interface View {
  readonly dataset: Dataset;
  readonly run: readonly Moment[];
  readonly x: [number, number];
  readonly y: [number, number];
  readonly step: [number, number];
  readonly loss: [number, number];
}

function frameAt(view: View, place: number): Frame {
  const { step, loss, parameters } = view.run[place];
  const [slope] = Array.from(parameters);
  const at = ([low, high]: [number, number], part: number) => low + part * (high - low);
  const right = { xaxis: 'x2', yaxis: 'y2', textposition: 'middle center' };
  return {
    name: String(step),
    traces: [0, 1, 2, 3, 4, 5],
    data: [
      residualSegments(view.dataset, predict(lineThroughOrigin, [slope], view.dataset.inputs)),
      modelLine(slope, view.x),
      label(at(view.x, 0.02), at(view.y, 0.94), `a = ${slope.toFixed(4)}`, palette.model),
      lossSoFar(view.run.slice(0, place + 1)),
      lossNow(view.run[place]),
      label(at(view.step, 0.5), at(view.loss, 0.94), `loss = ${loss.toFixed(4)}`, palette.loss, right),
    ],
  };
}

function lossSoFar(run: readonly Moment[]): Part {
  return {
    type: 'scatter',
    mode: 'lines+markers',
    name: 'loss so far',
    x: run.map(({ step }) => step),
    y: run.map(({ loss }) => loss),
    line: { color: translucent(palette.loss, 0.7), width: 2 },
    marker: { color: palette.loss, size: 5 },
    xaxis: 'x2',
    yaxis: 'y2',
    hovertemplate: 'step %{x}<br>loss = %{y}<extra></extra>',
  };
}

function lossNow({ step, loss }: Moment): Part {
  return {
    type: 'scatter',
    mode: 'markers',
    name: 'loss at this step',
    x: [step],
    y: [loss],
    marker: { color: palette.loss, size: 13, symbol: 'diamond' },
    xaxis: 'x2',
    yaxis: 'y2',
    hovertemplate: 'step %{x}<br>loss = %{y}<extra></extra>',
  };
}

function layoutOf(view: View, frames: readonly Frame[], start: number): Part {
  return baseLayout({
    height: 500,
    margin: { l: 64, r: 24, t: 48, b: 40 },
    xaxis: axis('x, input', view.x, { domain: [0, 0.44] }),
    yaxis: axis('y, target and output', view.y),
    xaxis2: axis('step', view.step, { domain: [0.58, 1], anchor: 'y2' }),
    yaxis2: axis('loss', view.loss, { anchor: 'x2' }),
    sliders: [slider('step', frames, start)],
  });
}

function takeaway(run: readonly Moment[]): string {
  const [first, last] = [run[0], run[run.length - 1]];
  const slopes = [first, last].map(({ parameters }) => parameters[0].toFixed(2));
  const steps = last.step === 1 ? '1 step' : `${last.step} steps`;
  const change = last.loss < first.loss ? 'falls' : 'goes';
  return (
    `In ${steps} the loss ${change} from ${first.loss.toFixed(2)} to ${last.loss.toFixed(2)}, ` +
    `and a goes from ${slopes[0]} to ${slopes[1]}.`
  );
}
