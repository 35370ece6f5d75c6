import type { Dataset } from '../dataset.ts';
import { sumAbsoluteError, sumError, sumSquaredError } from '../loss.ts';
import { lineThroughOrigin, predict } from '../model.ts';
import { type Figure, figure } from './figure.ts';
import { axis, baseLayout, rangeOf } from './layout.ts';
import { palette } from './palette.ts';

/**
 * Three candidates for a loss against the slope a: plain sum, absolute values, squares.
 *
 * @param dataset the points
 * @param slopes the values of a
 *
 * @example
 * ```ts
 * const points = { inputs: Float64Array.of(1, 2, 3), targets: Float64Array.of(2, 4, 6) }
 * lossShapes(points, [1, 2, 3]).data.length // => 3
 * ```
 */
export function lossShapes(dataset: Dataset, slopes: ArrayLike<number>): Figure {
  const curve = (
    name: string,
    score: (outputs: Float64Array, targets: Float64Array) => number,
    color: string,
    dash: string,
  ) => ({
    type: 'scatter',
    mode: 'lines',
    name,
    x: slopes,
    y: Float64Array.from(slopes, slope =>
      score(predict(lineThroughOrigin, [slope], dataset.inputs), dataset.targets),
    ),
    line: { color, dash, width: 3 },
    hovertemplate: `a = %{x}<br>${name} = %{y}<extra></extra>`,
  });
  const curves = [
    curve('plain sum', sumError, palette.text, 'dot'),
    curve('absolute values', sumAbsoluteError, palette.residual, 'dash'),
    curve('squares', sumSquaredError, palette.loss, 'solid'),
  ];
  return figure({
    data: curves,
    layout: baseLayout({
      xaxis: axis('a, slope', rangeOf(slopes, 0.02)),
      yaxis: axis('candidate for the loss', rangeOf(curves.flatMap(({ y }) => [...y]))),
    }),
    takeaway:
      'The plain sum is a straight line that falls for ever, the absolute values have a kink at the bottom, the squares a smooth one.',
  });
}
