import { crossEntropy, entropy } from '../cross-entropy.ts';
import { evenlySpaced } from '../dataset.ts';
import { marks, polyline } from './curve.ts';
import { type Figure, type Frame, figure } from './figure.ts';
import { onlyChanges } from './frames.ts';
import { axis, baseLayout } from './layout.ts';
import { palette } from './palette.ts';
import { nearestStep, slider } from './slider.ts';

/**
 * The cross-entropy of two outcomes against the model's q, for the p at which the slider stands: lowest where
 * q = p, and there as high as the entropy of p.
 *
 * @param values the values of p that the slider offers, above 0 and below 1
 * @param start the p to begin with
 *
 * @example
 * ```ts
 * crossEntropyFloor([0.25, 0.5], 0.5).takeaway // => 'At p = 0.50 the cross-entropy is lowest where q = 0.50: 0.693 nats, the entropy of p.'
 * ```
 */
export function crossEntropyFloor(values: ArrayLike<number>, start: number): Figure {
  const q = evenlySpaced(0.01, 0.99, 99);
  const frames: Frame[] = Array.from(values, p => {
    const floor = entropy([p, 1 - p]);
    return {
      name: p.toFixed(2),
      traces: [0, 1, 2, 3],
      data: [
        polyline(
          q,
          q.map(share => crossEntropy([p, 1 - p], [share, 1 - share])),
          curveLine,
          {
            name: 'cross-entropy of p and q',
          },
        ),
        polyline([0, 1], [floor, floor], floorLine, { name: 'entropy of p' }),
        polyline([p, p], [0, floor], pLine, { name: 'p, expected' }),
        marks([p], [floor], { color: palette.loss, size: 13, symbol: 'diamond' }, { name: 'lowest: q = p' }),
      ],
    };
  });
  const active = nearestStep(values, start);
  const p = values[active];
  return figure({
    data: frames[active].data,
    layout: baseLayout({
      height: 460,
      margin: { l: 64, r: 24, t: 48, b: 40 },
      xaxis: axis('q, probability that the model gives the first of two outcomes', [0, 1]),
      yaxis: axis('nats', [0, 3]),
      sliders: [slider('p', frames, active)],
    }),
    frames: onlyChanges(frames),
    takeaway:
      `At p = ${p.toFixed(2)} the cross-entropy is lowest where q = ${p.toFixed(2)}: ` +
      `${entropy([p, 1 - p]).toFixed(3)} nats, the entropy of p.`,
  });
}

const curveLine = { color: palette.loss, width: 3 };
const floorLine = { color: palette.text, width: 2, dash: 'dash' };
const pLine = { color: palette.targetDistribution, width: 2, dash: 'dot' };
