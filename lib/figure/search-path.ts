import { curve, marks, polyline } from './curve.ts';
import { type Figure, type Frame, figure, type Part } from './figure.ts';
import { onlyChanges } from './frames.ts';
import { axis, baseLayout } from './layout.ts';
import { palette, translucent } from './palette.ts';
import { slider } from './slider.ts';
import { label } from './traces.ts';

/** A value that a search tried, and whether it kept it because the loss fell. */
export interface Try {
  readonly a: number;
  readonly kept: boolean;
}

/**
 * A search that keeps what lowers the loss: its tries on the parabola, and the price of each step down.
 *
 * The slider goes from one kept value to the next; on the right the lowest loss so far stands against
 * the number of values tried, both on logarithmic axes.
 *
 * @param loss the loss as a function of a
 * @param tries all values tried, in order; the first is the start; two or more are kept
 * @param span first and last a shown
 * @param start how many kept values are shown first
 *
 * Source: the lesson, 损失函数与学习: a random direction, judged by the change of the error.
 *
 * @example
 * ```ts
 * const tries = [{ a: 1, kept: true }, { a: 0, kept: false }, { a: 1.5, kept: true }]
 * searchPath(a => 14 * (a - 2) ** 2, tries, [0, 4]).takeaway // => 'Of 3 values tried 2 were kept; the lowest loss is 3.50 at a = 1.5.'
 * ```
 */
export function searchPath(
  loss: (a: number) => number,
  tries: readonly Try[],
  span: readonly [number, number],
  start = 1,
): Figure {
  const places = tries.flatMap(({ kept }, place) => (kept ? [place] : []));
  const view = { loss, tries, places, span };
  const frames = places.map((_, step) => frameAt(view, step));
  const best = tries[places[places.length - 1]].a;
  return figure({
    data: [curve(loss, span, { name: 'loss of every a' }), ...frames[start - 1].data],
    layout: layoutOf(view, frames, start),
    frames: onlyChanges(frames),
    takeaway: `Of ${tries.length} values tried ${places.length} were kept; the lowest loss is ${brief(loss(best))} at a = ${Number(best.toFixed(4))}.`,
  });
}

interface View {
  readonly loss: (a: number) => number;
  readonly tries: readonly Try[];
  /** Where the kept values stand among the tries. */
  readonly places: readonly number[];
  readonly span: readonly [number, number];
}

function frameAt({ loss, tries, places, span }: View, step: number): Frame {
  const kept = places.slice(0, step + 1).map(place => tries[place].a);
  // All that were tried after this one, until the next was kept.
  const failed = tries.slice(places[step] + 1, places[step + 1]).map(({ a }) => a);
  const inside = failed.filter(a => a >= span[0] && a <= span[1]).slice(0, 40);
  // Plotly hides a trace without points, and does not show it again in the next frame.
  const crosses = inside.length > 0 ? inside : [Number.NaN];
  const right = { xaxis: 'x2', yaxis: 'y2' };
  const counts = places.slice(0, step + 1).map(place => place + 1);
  const words = `tried ${counts[step]}, kept ${kept.length}`;
  return {
    name: String(step + 1),
    traces: [1, 2, 3, 4, 5],
    data: [
      marks(crosses, crosses.map(loss), cross, { name: 'tried next, thrown away' }),
      marks(kept, kept.map(loss), { color: translucent(palette.loss, 0.75), size: 8 }, { name: 'kept' }),
      marks(kept.slice(-1), kept.slice(-1).map(loss), diamond, { name: 'lowest so far' }),
      polyline(counts, kept.map(loss), { color: palette.loss, width: 2, shape: 'hv' }, { ...right, ...dots }),
      label((span[0] + span[1]) / 2, 0.93 * loss(span[0]), words, palette.loss, {
        textposition: 'middle center',
      }),
    ],
  };
}

const cross = {
  color: palette.residual,
  size: 8,
  symbol: 'x-thin',
  line: { color: palette.residual, width: 2 },
};
const diamond = { color: palette.loss, size: 13, symbol: 'diamond' };
const dots = { mode: 'lines+markers', marker: { color: palette.loss, size: 6 }, showlegend: false };

function layoutOf({ loss, tries, places, span }: View, frames: readonly Frame[], start: number): Part {
  const lowest = loss(tries[places[places.length - 1]].a);
  const log = { type: 'log', exponentformat: 'power', dtick: 1 };
  const bottom = lowest > 0 ? Math.floor(Math.log10(lowest)) - 0.3 : -2;
  return baseLayout({
    height: 500,
    margin: { l: 64, r: 24, t: 48, b: 40 },
    xaxis: axis('a, slope', span, { domain: [0, 0.44] }),
    yaxis: axis('loss', [-0.05 * loss(span[0]), 1.02 * loss(span[0])]),
    xaxis2: axis('values tried', [-0.1, Math.log10(tries.length) + 0.3], {
      ...log,
      domain: [0.58, 1],
      anchor: 'y2',
    }),
    yaxis2: axis('lowest loss so far', [bottom, Math.ceil(Math.log10(loss(tries[0].a)))], {
      ...log,
      anchor: 'x2',
    }),
    sliders: [slider('kept values', frames, start - 1)],
  });
}

function brief(value: number): string {
  return value === 0 || value >= 0.01 ? value.toFixed(2) : value.toExponential(1);
}
