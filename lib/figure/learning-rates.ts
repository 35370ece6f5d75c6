import { curve, marks, polyline } from './curve.ts';
import { type Figure, type Frame, figure, type Part } from './figure.ts';
import { onlyChanges } from './frames.ts';
import { axis, baseLayout } from './layout.ts';
import { palette, translucent } from './palette.ts';
import { slider } from './slider.ts';
import { label } from './traces.ts';

/** A descent with one learning rate. */
export interface Descent {
  readonly learningRate: number;
  /** The value of a at each step, the start first. */
  readonly path: ArrayLike<number>;
}

/** What is common to all descents of a picture. */
export interface Parabola {
  readonly loss: (a: number) => number;
  /** C = sum of x^2: each step multiplies the distance to the bottom by 1 - 2 eta C. */
  readonly sumXX: number;
  /** First and last a shown. */
  readonly span: readonly [number, number];
}

/**
 * Descents with many learning rates, one slider eta: the steps on the parabola, the loss step by step, and
 * the factor by which each step multiplies the distance to the bottom.
 *
 * Below, the factor 1 - 2 eta C is a falling line; what happens depends on where it is: above 0 the descent
 * slides, from 0 to -1 it bounces and settles, below -1 it diverges. The regimes begin at 1/(2C) and 1/C.
 *
 * @param parabola the loss and where to look
 * @param descents one for each step of the slider, learning rates rising from 0
 * @param active the descent to begin with
 *
 * Source: the lesson, 学习率与参数更新 (learning rate and parameter update).
 *
 * @example
 * ```ts
 * const parabola = { loss: (a: number) => 14 * (a - 2) ** 2, sumXX: 14, span: [0, 4] } as const
 * learningRates(parabola, [{ learningRate: 0.05, path: [1, 2.4, 1.84] }], 0).takeaway // => 'With eta = 0.05 each step multiplies the distance to the bottom by -0.40: it bounces and settles. The regimes begin at 1/28 and 1/14.'
 * ```
 */
export function learningRates(parabola: Parabola, descents: readonly Descent[], active: number): Figure {
  const view = { ...parabola, descents, last: 1.03 * Math.max(...descents.map(run => run.learningRate)) };
  const frames = descents.map(run => frameAt(view, run));
  const { learningRate } = descents[active];
  const factor = factorOf(view, learningRate);
  const ends = [0, view.last];
  return figure({
    data: [
      curve(parabola.loss, parabola.span),
      polyline(
        ends,
        ends.map(eta => factorOf(view, eta)),
        { color: palette.text, width: 2 },
        below,
      ),
      ...regimeNames(view),
      ...frames[active].data,
    ],
    layout: layoutOf(view, frames, active),
    frames: onlyChanges(frames),
    takeaway:
      `With eta = ${frames[active].name} each step multiplies the distance to the bottom by ${factor.toFixed(2)}: ` +
      `it ${regimeOf(factor)}. The regimes begin at 1/${2 * view.sumXX} and 1/${view.sumXX}.`,
  });
}

interface View extends Parabola {
  readonly descents: readonly Descent[];
  /** Largest learning rate shown. */
  readonly last: number;
}

const right = { xaxis: 'x2', yaxis: 'y2', showlegend: false };
const below = { xaxis: 'x3', yaxis: 'y3', showlegend: false };
// Lower losses leave the picture; 0, which has no logarithm, as well.
const floor = 1e-9;
const ceiling = 1e4;

function factorOf({ sumXX }: Parabola, learningRate: number): number {
  return 1 - 2 * sumXX * learningRate;
}

/** The borders of the regimes are fractions, and called so. */
function nameOf({ sumXX }: Parabola, learningRate: number): string {
  const border = [2 * sumXX, sumXX].find(denominator => Math.abs(learningRate * denominator - 1) < 1e-9);
  return border ? `1/${border}` : String(learningRate);
}

function regimeOf(factor: number): string {
  if (Math.abs(factor) < 1e-9) return 'arrives in one step';
  if (Math.abs(factor + 1) < 1e-9) return 'bounces for ever';
  if (factor > 0) return 'slides down';
  return factor > -1 ? 'bounces and settles' : 'diverges';
}

function frameAt(view: View, { learningRate, path }: Descent): Frame {
  const { loss, span } = view;
  const a = Array.from(path);
  const losses = a.map(loss);
  const logged = losses.map(value => Math.max(value, floor * 1e-6));
  const factor = factorOf(view, learningRate);
  const chain = { mode: 'lines+markers', marker: { color: palette.gradient, size: 6 } };
  const middle = { textposition: 'middle center' };
  const words = `${regimeOf(factor)}, × ${factor.toFixed(2)}`;
  const line = { color: translucent(palette.gradient, 0.75), width: 1.5 };
  return {
    name: nameOf(view, learningRate),
    traces: [5, 6, 7, 8, 9],
    data: [
      polyline(a, losses, line, { ...chain, name: 'steps' }),
      marks(
        a.slice(0, 1),
        losses.slice(0, 1),
        { color: palette.model, size: 13, symbol: 'diamond' },
        { name: 'start' },
      ),
      label((span[0] + span[1]) / 2, -0.13 * loss(span[0]), words, palette.gradient, middle),
      polyline(
        a.map((_, step) => step),
        logged,
        { color: palette.loss, width: 2 },
        { ...right, ...lossMarks },
      ),
      marks(
        [learningRate],
        [factor],
        { color: palette.gradient, size: 14 },
        { ...below, name: 'this learning rate' },
      ),
    ],
  };
}

const lossMarks = { mode: 'lines+markers', marker: { color: palette.loss, size: 6 } };

/** The names of the regimes, each over its part of the learning rates. */
function regimeNames(view: View): Part[] {
  const [arrives, edge] = [1 / (2 * view.sumXX), 1 / view.sumXX];
  const name = (from: number, to: number, words: string) =>
    label((from + to) / 2, 1.28, words, palette.text, { ...below, textposition: 'middle center' });
  return [
    name(0, arrives, 'slides down'),
    name(arrives, edge, 'bounces and settles'),
    name(edge, view.last, 'diverges'),
  ];
}

function layoutOf(view: View, frames: readonly Frame[], active: number): Part {
  const { loss, sumXX, span, last } = view;
  const steps = Math.max(...view.descents.map(run => run.path.length)) - 1;
  const log = { type: 'log', exponentformat: 'power', dtick: 2, anchor: 'x2' };
  const edges = [1 / (2 * sumXX), 1 / sumXX];
  return baseLayout({
    height: 700,
    margin: { l: 64, r: 24, t: 48, b: 40 },
    xaxis: axis('a, slope of the line', span, { domain: [0, 0.5] }),
    yaxis: axis('loss', [-0.22 * loss(span[0]), loss(span[0])], { domain: [0.47, 1] }),
    xaxis2: axis('step', [-0.5, steps + 0.5], { domain: [0.63, 1], anchor: 'y2' }),
    yaxis2: axis('loss', [Math.log10(floor), Math.log10(ceiling)], { ...log, domain: [0.47, 1] }),
    xaxis3: axis('η, learning rate', [0, last], {
      anchor: 'y3',
      tickvals: [0, 0.01, 0.02, 0.03, edges[0], 0.05, 0.06, edges[1], 0.08],
      ticktext: ['0', '0.01', '0.02', '0.03', `1/${2 * sumXX}`, '0.05', '0.06', `1/${sumXX}`, '0.08'],
    }),
    yaxis3: axis('factor of a step', [-1.55, 1.55], { domain: [0, 0.3], anchor: 'x3', tickvals: [-1, 0, 1] }),
    shapes: [...regimeAreas([0, ...edges, last]), ...edges.map(border)],
    sliders: [slider('η', frames, active)],
  });
}

function border(edge: number): Part {
  const line = { color: palette.text, width: 1.5, dash: 'dot' };
  return { type: 'line', xref: 'x3', yref: 'y3', x0: edge, x1: edge, y0: -1.55, y1: 1.55, line };
}

function regimeAreas(borders: readonly number[]): Part[] {
  return [palette.loss, palette.gradient, palette.residual].map((color, place) => ({
    type: 'rect',
    xref: 'x3',
    yref: 'y3',
    x0: borders[place],
    x1: borders[place + 1],
    y0: -1.55,
    y1: 1.55,
    fillcolor: translucent(color, 0.13),
    line: { width: 0 },
    layer: 'below',
  }));
}
