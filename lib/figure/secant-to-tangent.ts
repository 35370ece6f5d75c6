import { curve, marks, polyline } from './curve.ts';
import { type Figure, type Frame, figure, type Part } from './figure.ts';
import { onlyChanges } from './frames.ts';
import { axis, baseLayout, rangeOf } from './layout.ts';
import { palette, translucent } from './palette.ts';
import { nearestStep, slider } from './slider.ts';
import { label } from './traces.ts';

/** A function, one place on it, and what is drawn around it. */
export interface SecantView {
  /** The function whose slope is wanted. */
  readonly loss: (a: number) => number;
  /** The slope it has there: what the secants come near to. */
  readonly derivative: number;
  /** The place. */
  readonly at: number;
  /** Distances to the second point, in the order in which the slider offers them; none is 0. */
  readonly distances: readonly number[];
  /** The distance shown first; the first of them when left out. */
  readonly start?: number;
  /** First and last a shown. */
  readonly span: readonly [number, number];
}

/**
 * The secant through two points of the loss; as their distance h shrinks it turns into the tangent.
 *
 * On the right stand the slopes of the secants so far against h, and an open circle where they lead.
 *
 * @param view the function, the place and the distances
 *
 * Source: the lesson, 损失函数与学习: the derivative measures the change.
 *
 * @example
 * ```ts
 * const view = { loss: (a: number) => a * a, derivative: 2, at: 1, distances: [1, 0.1], span: [0, 3] } as const
 * secantToTangent(view).takeaway // => 'At a = 1 the slope of the secant goes from 3.00 at h = 1 to 2.10 at h = 0.1; the tangent has 2.'
 * ```
 */
export function secantToTangent(view: SecantView): Figure {
  const { loss, derivative, at, distances, span } = view;
  const frames = distances.map((_, step) => frameAt(view, step));
  const onTangent = (a: number) => loss(at) + derivative * (a - at);
  const [first, last] = [distances[0], distances[distances.length - 1]];
  const active = nearestStep(distances, view.start ?? first);
  return figure({
    data: [
      curve(loss, span, { legendrank: 1 }),
      polyline(span, span.map(onTangent), tangentLine, { name: 'tangent' }),
      marks([0], [derivative], ring, { name: 'slope of the tangent', xaxis: 'x2', yaxis: 'y2' }),
      ...frames[active].data,
    ],
    layout: layoutOf(view, frames, active),
    frames: onlyChanges(frames),
    takeaway:
      `At a = ${at} the slope of the secant goes from ${slopeOf(view, first).toFixed(2)} at h = ${first} ` +
      `to ${slopeOf(view, last).toFixed(2)} at h = ${last}; the tangent has ${derivative}.`,
  });
}

const tangentLine = { color: translucent(palette.gradient, 0.75), width: 2, dash: 'dash' };
const ring = { color: palette.gradient, size: 14, symbol: 'circle-open', line: { width: 2.5 } };

function slopeOf({ loss, at }: SecantView, h: number): number {
  return (loss(at + h) - loss(at)) / h;
}

function frameAt(view: SecantView, step: number): Frame {
  const { loss, at, distances, span } = view;
  const h = distances[step];
  const slope = slopeOf(view, h);
  const pair = [at, at + h];
  const so = distances.slice(0, step + 1);
  const right = { xaxis: 'x2', yaxis: 'y2', showlegend: false };
  const slopes = so.map(distance => slopeOf(view, distance));
  const middle = (span[0] + span[1]) / 2;
  const secant = span.map(a => loss(at) + slope * (a - at));
  return {
    name: String(h),
    traces: [3, 4, 5, 6, 7],
    data: [
      polyline(span, secant, { color: palette.gradient, width: 3 }, { name: 'secant' }),
      marks(pair, pair.map(loss), { color: palette.gradient, size: 11 }, { name: 'two points, h apart' }),
      marks(so, slopes, { color: translucent(palette.gradient, 0.6), size: 7 }, right),
      marks([h], [slope], { color: palette.gradient, size: 12 }, right),
      label(middle, 0.93 * loss(span[0]), `slope = ${slope.toFixed(2)}`, palette.gradient, {
        textposition: 'middle center',
      }),
    ],
  };
}

function layoutOf(view: SecantView, frames: readonly Frame[], active: number): Part {
  const { loss, distances, span } = view;
  const slopes = distances.map(h => slopeOf(view, h));
  const top = loss(span[0]);
  return baseLayout({
    height: 500,
    margin: { l: 64, r: 24, t: 48, b: 40 },
    xaxis: axis('a, slope of the line', span, { domain: [0, 0.5] }),
    yaxis: axis('loss', [-0.25 * top, top]),
    xaxis2: axis('h, distance of the points', rangeOf([0, ...distances], 0.08), {
      domain: [0.64, 1],
      anchor: 'y2',
    }),
    yaxis2: axis('slope of the secant', rangeOf([view.derivative, ...slopes], 0.08), { anchor: 'x2' }),
    sliders: [slider('h', frames, active)],
  });
}
