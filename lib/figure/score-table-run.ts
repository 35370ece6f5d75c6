import { type CellNames, cellAxes, cellMap, cellTexts } from './cell-map.ts';
import { polyline } from './curve.ts';
import { type Figure, type Frame, figure, type Part } from './figure.ts';
import { onlyChanges } from './frames.ts';
import { axis, baseLayout } from './layout.ts';
import { palette, translucent } from './palette.ts';
import { slider } from './slider.ts';
import { label } from './traces.ts';

/** As `train` yields it; the parameters may be a plain list. */
interface Moment {
  readonly step: number;
  readonly loss: number;
  readonly parameters: ArrayLike<number>;
}

/** A loss to compare with, known before training. */
export interface KnownLoss {
  readonly loss: number;
  /** What it is, such as `floor 2 ln 2 / 7`. */
  readonly name: string;
}

/**
 * A score table while it learns: the scores as a map of colours beside the loss, both moved by the step.
 *
 * @param names the contexts (rows) and the next tokens (columns)
 * @param run the moments of a training run, in order
 * @param start the loss when all tokens are equally likely
 * @param floor the lowest loss that this table can reach
 * @param shown the steps on the slider, rising; all of them among the moments
 *
 * Source: the lesson, 预训练: the same loop as for y = ax.
 *
 * @example
 * ```ts
 * const names = { rows: ['BEGIN', '好'], columns: ['好', 'END'] }
 * const run = [{ step: 0, loss: 0.6931, parameters: [0, 0, 0, 0] }, { step: 1, loss: 0.1, parameters: [1, -1, -1, 1] }]
 * const picture = scoreTableRun(names, run, { loss: 0.6931, name: 'ln 2' }, { loss: 0, name: 'floor' }, [0, 1])
 * picture.takeaway // => 'In 1 step the loss falls from 0.693 (ln 2) to 0.100; floor is 0.000.'
 * ```
 */
export function scoreTableRun(
  names: CellNames,
  run: readonly Moment[],
  start: KnownLoss,
  floor: KnownLoss,
  shown: readonly number[],
): Figure {
  const moments = run.filter(({ step }) => shown.includes(step));
  const view = { names, run, start, floor, limit: limitOf(run[run.length - 1].parameters) };
  const frames = moments.map(moment => frameAt(view, moment));
  const [first, last] = [run[0], run[run.length - 1]];
  const steps = last.step === 1 ? '1 step' : `${last.step} steps`;
  return figure({
    data: [...frames[0].data, lossCurve(run), ...knownLines(view)],
    layout: layoutOf(view, frames),
    frames: onlyChanges(frames),
    takeaway:
      `In ${steps} the loss falls from ${first.loss.toFixed(3)} (${start.name}) to ${last.loss.toFixed(3)}; ` +
      `${floor.name} is ${floor.loss.toFixed(3)}.`,
  });
}

interface View {
  readonly names: CellNames;
  readonly run: readonly Moment[];
  readonly start: KnownLoss;
  readonly floor: KnownLoss;
  readonly limit: number;
}

const right = { xaxis: 'x2', yaxis: 'y2', showlegend: false };

function limitOf(scores: ArrayLike<number>): number {
  return Math.max(...Array.from(scores, Math.abs));
}

/** Steps on the axis: the early ones, where most happens, get the most room; step 0 has a place, too. */
function placeOf(step: number): number {
  return Math.log10(step + 1);
}

function frameAt({ names, run, start, limit }: View, { step, loss, parameters }: Moment): Frame {
  const columns = names.columns.length;
  const scores = names.rows.map((_, row) =>
    Array.from({ length: columns }, (_, column) => parameters[row * columns + column]),
  );
  const marker = { color: palette.loss, size: 13, symbol: 'diamond' };
  const middle = { ...right, textposition: 'middle left' };
  return {
    name: String(step),
    traces: [0, 1, 2, 3],
    data: [
      cellMap(scores, limit),
      cellTexts(scores, value => value.toFixed(1).replace('-0.0', '0.0')),
      {
        type: 'scatter',
        mode: 'markers',
        x: [placeOf(step)],
        y: [loss],
        marker,
        hoverinfo: 'skip',
        ...right,
      },
      label(
        placeOf(run[run.length - 1].step),
        0.8 * start.loss,
        `loss = ${loss.toFixed(3)}`,
        palette.loss,
        middle,
      ),
    ],
  };
}

function lossCurve(run: readonly Moment[]): Part {
  const line = { color: translucent(palette.loss, 0.8), width: 2.5 };
  const bends = run.filter(({ step }) => step < 60 || step % 20 === 0);
  return polyline(
    bends.map(({ step }) => placeOf(step)),
    bends.map(({ loss }) => loss),
    line,
    right,
  );
}

function knownLines({ run, start, floor }: View): Part[] {
  const last = placeOf(run[run.length - 1].step);
  const line = { color: palette.text, width: 1.5, dash: 'dash' };
  // Words above the first line and below the second: the curve runs between them.
  const apart = 0.05 * start.loss;
  return [start, floor].flatMap(known => [
    polyline([0, last], [known.loss, known.loss], line, right),
    label(
      last,
      known.loss + (known === start ? apart : -apart),
      `${known.name} = ${known.loss.toFixed(3)}`,
      palette.text,
      { ...right, textposition: 'middle left', textfont: { color: palette.text, size: 13 } },
    ),
  ]);
}

function layoutOf({ names, run, start }: View, frames: readonly Frame[]): Part {
  const { x, y } = cellAxes(names, { rows: 'context', columns: 'next token' });
  const last = run[run.length - 1].step;
  const ticks = [0, 1, 10, 100, 1000].filter(step => step <= last);
  return baseLayout({
    height: 540,
    legend: undefined,
    margin: { l: 96, r: 24, t: 24, b: 40 },
    xaxis: { ...x, domain: [0, 0.5] },
    yaxis: y,
    xaxis2: axis('step', [-0.1, placeOf(last) + 0.1], {
      domain: [0.62, 1],
      anchor: 'y2',
      tickvals: ticks.map(placeOf),
      ticktext: ticks.map(String),
    }),
    yaxis2: axis('loss, nats a token', [-0.1 * start.loss, 1.15 * start.loss], { anchor: 'x2' }),
    sliders: [slider('step', frames, 0)],
  });
}
