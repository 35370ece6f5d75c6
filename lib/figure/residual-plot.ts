import type { Dataset } from '../dataset.ts';
import { residuals, sumSquaredError } from '../loss.ts';
import { lineThroughOrigin, predict } from '../model.ts';
import { type Figure, figure } from './figure.ts';
import { axis, baseLayout, rangeOf } from './layout.ts';
import { dataPoints, modelLine, residualSegments } from './traces.ts';

/**
 * Points, the line y = ax, and the dashed residuals between them.
 *
 * @param dataset the points
 * @param slope a
 *
 * Source: the lesson, 例子 - 建模与误差, first picture.
 *
 * @example
 * ```ts
 * const points = { inputs: Float64Array.of(1, 2, 3), targets: Float64Array.of(2, 4, 6) }
 * residualPlot(points, 1).takeaway // => 'Line y = 1x among 3 points; the residuals are 1, 2, 3, their squares add up to 14.'
 * ```
 */
export function residualPlot(dataset: Dataset, slope: number): Figure {
  const outputs = predict(lineThroughOrigin, [slope], dataset.inputs);
  const span: [number, number] = [0, rangeOf(dataset.inputs, 0.1)[1]];
  const heights = [0, slope * span[1], ...outputs, ...dataset.targets];
  return figure({
    data: [residualSegments(dataset, outputs), modelLine(slope, span), dataPoints(dataset)],
    layout: baseLayout({
      xaxis: axis('x, input', span),
      yaxis: axis('y, target and output', rangeOf(heights)),
    }),
    takeaway: takeaway(dataset, slope, outputs),
  });
}

function takeaway(dataset: Dataset, slope: number, outputs: Float64Array): string {
  const count = dataset.inputs.length;
  const lengths = [...residuals(outputs, dataset.targets)].map(shortNumber);
  const listed = count > 6 ? `${lengths.slice(0, 3).join(', ')}, ...` : lengths.join(', ');
  const loss = shortNumber(sumSquaredError(outputs, dataset.targets));
  return `Line y = ${shortNumber(slope)}x among ${count} points; the residuals are ${listed}, their squares add up to ${loss}.`;
}

function shortNumber(value: number): string {
  return String(Number(value.toFixed(2)));
}
