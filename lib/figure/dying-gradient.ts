import { softmaxCrossEntropy } from '../cross-entropy.ts';
import { evenlySpaced } from '../dataset.ts';
import type { LossAndGradient } from '../loss.ts';
import { softmaxSquaredError } from '../softmax-squared-error.ts';
import { type Figure, figure, type Part } from './figure.ts';
import { axis, baseLayout, rangeOf } from './layout.ts';
import { palette } from './palette.ts';

/**
 * Cross-entropy and squared error against the score of the right answer, and how strongly each of them pulls
 * at this score.
 *
 * @param size how many outcomes there are; all but the right one have score 0
 *
 * @example
 * ```ts
 * dyingGradient(6).takeaway // => 'At score -10 the cross-entropy pulls with 1.000, the squared error with 0.000.'
 * ```
 */
export function dyingGradient(size: number): Figure {
  const scores = evenlySpaced(-10, 10, 121);
  const curves = [
    curvesOf('cross-entropy', at(softmaxCrossEntropy, size), scores, 'solid'),
    curvesOf('squared error', at(softmaxSquaredError, size), scores, 'dash'),
  ];
  const [cross, squared] = [softmaxCrossEntropy, softmaxSquaredError].map(loss =>
    Math.abs(at(loss, size)(-10).pull).toFixed(3),
  );
  const range = rangeOf(scores, 0.02);
  return figure({
    data: curves.flat(),
    layout: baseLayout({
      height: 420,
      xaxis: axis('s, score of the right answer', range, { domain: [0, 0.45] }),
      yaxis: axis('loss', [-0.3, 12]),
      xaxis2: axis('s, score of the right answer', range, { domain: [0.57, 1], anchor: 'y2' }),
      yaxis2: axis('gradient by s', [-1.05, 0.1], { anchor: 'x2' }),
    }),
    takeaway: `At score -10 the cross-entropy pulls with ${cross}, the squared error with ${squared}.`,
  });
}

type Loss = (scores: ArrayLike<number>, label: number) => LossAndGradient;

function at(lossAndGradient: Loss, size: number) {
  return (score: number) => {
    const scores = Float64Array.from({ length: size }, (_, i) => (i === 0 ? score : 0));
    const { loss, gradient } = lossAndGradient(scores, 0);
    return { loss, pull: gradient[0] };
  };
}

function curvesOf(
  name: string,
  f: (score: number) => { loss: number; pull: number },
  scores: Float64Array,
  dash: string,
): Part[] {
  const common = { type: 'scatter', mode: 'lines', x: scores };
  return [
    {
      ...common,
      name: `${name}: loss`,
      y: scores.map(score => f(score).loss),
      line: { color: palette.loss, width: 3, dash },
      hovertemplate: `s = %{x}<br>${name} = %{y:.3f}<extra></extra>`,
    },
    {
      ...common,
      name: `${name}: gradient`,
      y: scores.map(score => f(score).pull),
      line: { color: palette.gradient, width: 3, dash },
      xaxis: 'x2',
      yaxis: 'y2',
      hovertemplate: `s = %{x}<br>gradient of ${name} = %{y:.3f}<extra></extra>`,
    },
  ];
}
