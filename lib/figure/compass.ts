import { curve, marks, polyline } from './curve.ts';
import { type Figure, type Frame, figure, type Part } from './figure.ts';
import { onlyChanges } from './frames.ts';
import { axis, baseLayout, rangeOf } from './layout.ts';
import { palette, translucent } from './palette.ts';
import { nearestStep, slider } from './slider.ts';
import { label } from './traces.ts';

/**
 * The derivative as a compass: above the loss with its tangent, below the derivative, one slider a.
 *
 * Where the derivative is below 0 the way down leads to the right, where it is above 0 to the left; an
 * arrow shows it. Areas tell the two sides apart.
 *
 * @param loss the loss as a function of a
 * @param derivative its derivative
 * @param slopes the values of a that the slider offers
 * @param start the a to begin with
 *
 * Source: the lesson, 损失函数与学习: the sign tells in which direction the error grows.
 *
 * @example
 * ```ts
 * const picture = compass(a => 14 * (a - 2) ** 2, a => 28 * a - 56, [0, 1, 2, 3, 4], 1)
 * picture.takeaway // => 'At a = 1.00 the derivative is -28.0: the way down leads to the right.'
 * ```
 */
export function compass(
  loss: (a: number) => number,
  derivative: (a: number) => number,
  slopes: ArrayLike<number>,
  start: number,
): Figure {
  const span = rangeOf(slopes, 0.03);
  const view = { loss, derivative, span };
  const frames = Array.from(slopes, a => frameAt(view, a));
  const active = nearestStep(slopes, start);
  const line = { color: translucent(palette.gradient, 0.6), width: 2.5 };
  return figure({
    data: [
      curve(loss, span),
      ...sides(view),
      polyline(span, span.map(derivative), line, { ...below, showlegend: false }),
      ...frames[active].data,
    ],
    layout: layoutOf(view, frames, active),
    frames: onlyChanges(frames),
    takeaway: `At a = ${slopes[active].toFixed(2)} the derivative is ${derivative(slopes[active]).toFixed(1)}: ${wayDown(derivative(slopes[active]))}.`,
  });
}

interface View {
  readonly loss: (a: number) => number;
  readonly derivative: (a: number) => number;
  readonly span: readonly [number, number];
}

const below = { xaxis: 'x2', yaxis: 'y2' };

function wayDown(slope: number): string {
  if (Math.abs(slope) < 1e-9) return 'the bottom';
  return `the way down leads to the ${slope < 0 ? 'right' : 'left'}`;
}

/** The area between the derivative and 0: one colour where it is negative, another where it is positive. */
function sides({ derivative, span }: View): Part[] {
  const area = (name: string, color: string, part: (value: number) => number) =>
    curve(a => part(derivative(a)), span, {
      ...below,
      name,
      line: { width: 0, color },
      fill: 'tozeroy',
      fillcolor: translucent(color, 0.25),
      hoverinfo: 'skip',
      hovertemplate: undefined,
    });
  return [
    area('derivative below 0', palette.data, value => Math.min(0, value)),
    area('derivative above 0', palette.residual, value => Math.max(0, value)),
  ];
}

function frameAt({ loss, derivative, span }: View, a: number): Frame {
  const slope = derivative(a);
  const reach = 0.13 * (span[1] - span[0]);
  const ends = [a - reach, a + reach];
  // The arrow is as long as the slope is steep, so that it shrinks towards the bottom.
  const tip = a - (slope / Math.abs(derivative(span[0]))) * 2 * reach;
  const height = loss(a);
  const middle = { textposition: 'middle center' };
  const centre = (span[0] + span[1]) / 2;
  const head = {
    color: palette.gradient,
    size: [0, 15],
    symbol: slope < 0 ? 'triangle-right' : 'triangle-left',
  };
  const arrow = { mode: 'lines+markers', marker: head, name: 'way down' };
  return {
    name: a.toFixed(2),
    traces: [4, 5, 6, 7, 8, 9],
    data: [
      polyline(
        ends,
        ends.map(x => height + slope * (x - a)),
        { color: palette.gradient, width: 2 },
        { name: 'tangent' },
      ),
      marks([a], [height], { color: palette.loss, size: 13, symbol: 'diamond' }, { name: 'loss at this a' }),
      polyline([a, tip], [0, 0], { color: palette.gradient, width: 4 }, arrow),
      label(centre, 0.93 * loss(span[0]), wayDown(slope), palette.gradient, middle),
      marks([a], [slope], { color: palette.gradient, size: 12 }, { ...below, name: 'derivative at this a' }),
      label(centre, 0.72 * derivative(span[1]), `derivative = ${slope.toFixed(1)}`, palette.gradient, {
        ...below,
        ...middle,
      }),
    ],
  };
}

function layoutOf({ loss, derivative, span }: View, frames: readonly Frame[], active: number): Part {
  const top = loss(span[0]);
  return baseLayout({
    height: 620,
    margin: { l: 64, r: 24, t: 64, b: 40 },
    xaxis: axis('a, slope of the line', span),
    yaxis: axis('loss', [-0.08 * top, 1.02 * top], { domain: [0.5, 1] }),
    xaxis2: axis('a, slope of the line', span, { anchor: 'y2' }),
    yaxis2: axis('derivative of the loss', rangeOf(span.map(derivative), 0.03), {
      domain: [0, 0.36],
      anchor: 'x2',
    }),
    sliders: [slider('a', frames, active)],
  });
}
