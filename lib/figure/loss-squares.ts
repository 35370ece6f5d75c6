import type { Dataset } from '../dataset.ts';
import { residuals, sumSquaredError } from '../loss.ts';
import { lineThroughOrigin, predict } from '../model.ts';
import { type Figure, figure } from './figure.ts';
import { axis, baseLayout, rangeOf } from './layout.ts';
import { palette } from './palette.ts';
import { dataPoints, filledRectangle, label, modelLine, residualSegments } from './traces.ts';

/**
 * The loss as an area: on each residual stands a square, and the squares together are the loss.
 *
 * Both axes have the same scale, so that the squares look like squares.
 *
 * @param dataset a few points
 * @param slope a
 *
 * @example
 * ```ts
 * const points = { inputs: Float64Array.of(1, 2, 3), targets: Float64Array.of(2, 4, 6) }
 * lossSquares(points, 1).takeaway // => 'Squares on the residuals have the areas 1, 4, 9: together 14.'
 * ```
 */
export function lossSquares(dataset: Dataset, slope: number): Figure {
  const outputs = predict(lineThroughOrigin, [slope], dataset.inputs);
  const lengths = residuals(outputs, dataset.targets);
  const right = dataset.inputs.map((input, i) => input + Math.abs(lengths[i]));
  const span: [number, number] = [0, rangeOf(right, 0.05)[1]];
  const squares = [...lengths].map((length, i) =>
    filledRectangle([dataset.inputs[i], outputs[i]], [Math.abs(length), length], palette.residual),
  );
  const areas = [...lengths].map((length, i) => areaLabel(dataset.inputs[i], outputs[i], length));
  return figure({
    data: [
      ...squares,
      residualSegments(dataset, outputs),
      modelLine(slope, span),
      dataPoints(dataset),
      ...areas,
    ],
    layout: baseLayout({
      height: 460,
      xaxis: axis('x, input', span, { constrain: 'domain' }),
      yaxis: axis('y, target and output', [0, rangeOf(dataset.targets, 0.1)[1]], {
        scaleanchor: 'x',
        constrain: 'domain',
      }),
    }),
    takeaway: `Squares on the residuals have the areas ${[...lengths]
      .map(length => Number((length * length).toFixed(2)))
      .join(', ')}: together ${Number(sumSquaredError(outputs, dataset.targets).toFixed(2))}.`,
  });
}

function areaLabel(input: number, output: number, length: number) {
  const side = Number(Math.abs(length).toFixed(2));
  const words = `${side}² = ${Number((length * length).toFixed(2))}`;
  return label(input + Math.abs(length) / 2, output + length / 2, words, palette.residual, {
    textposition: 'middle center',
  });
}
