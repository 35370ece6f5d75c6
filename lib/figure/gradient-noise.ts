import { polyline } from './curve.ts';
import { type Figure, figure } from './figure.ts';
import { axis, baseLayout } from './layout.ts';
import { palette } from './palette.ts';

/**
 * How much the gradient varies from batch to batch, against the batch size; both axes logarithmic.
 *
 * The line falls with the square root of the batch size, from the noise of one example.
 *
 * @param batchSizes rising, the first is 1
 * @param deviations the measured standard deviation of the gradient for each batch size
 *
 * @example
 * ```ts
 * gradientNoise([1, 4], [10, 5.2]).takeaway // => 'From batches of 1 to batches of 4 the noise of the gradient falls from 10.00 to 5.20; the square root of the batch size says 5.00.'
 * ```
 */
export function gradientNoise(batchSizes: ArrayLike<number>, deviations: ArrayLike<number>): Figure {
  const sizes = Array.from(batchSizes);
  const noises = Array.from(deviations);
  const last = sizes.length - 1;
  const rule = sizes.map(size => noises[0] / Math.sqrt(size));
  const ends = [Math.log10(Math.min(...noises, ...rule)), Math.log10(Math.max(...noises))];
  return figure({
    data: [
      polyline(
        sizes,
        rule,
        { color: palette.text, width: 2, dash: 'dash' },
        { name: 'noise of 1 / √batch size' },
      ),
      {
        type: 'scatter',
        mode: 'markers',
        name: 'measured',
        x: sizes,
        y: noises,
        marker: { color: palette.gradient, size: 12 },
        hovertemplate: 'batch of %{x}<br>noise %{y}<extra></extra>',
      },
    ],
    layout: baseLayout({
      height: 420,
      xaxis: axis('batch size', [-0.15, Math.log10(sizes[last]) + 0.15], { type: 'log', tickvals: sizes }),
      yaxis: axis('noise of the gradient', [ends[0] - 0.15, ends[1] + 0.15], { type: 'log', dtick: 'D1' }),
    }),
    takeaway:
      `From batches of 1 to batches of ${sizes[last]} the noise of the gradient falls from ${noises[0].toFixed(2)} ` +
      `to ${noises[last].toFixed(2)}; the square root of the batch size says ${rule[last].toFixed(2)}.`,
  });
}
