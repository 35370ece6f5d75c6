import type { Dataset } from '../dataset.ts';
import { residuals, sumSquaredError } from '../loss.ts';
import { lineThroughOrigin, predict } from '../model.ts';
import { type Figure, figure, type Part } from './figure.ts';
import { axis, baseLayout, rangeOf } from './layout.ts';
import { palette } from './palette.ts';
import { dataPoints, filledRectangle, label, modelLine, residualSegments } from './traces.ts';

/**
 * The loss as an area: on each residual stands a square, and the squares together are the loss.
 *
 * Both axes have the same scale, so that the squares look like squares; each lies on the side of its
 * residual that the line does not cross.
 *
 * @param dataset a few points with x above 0
 * @param slope a
 *
 * @example
 * ```ts
 * const points = { inputs: Float64Array.of(1, 2, 3), targets: Float64Array.of(2, 4, 6) }
 * lossSquares(points, 1).takeaway // => 'Squares on the residuals have the areas 1, 4, 9: together 14.'
 * ```
 */
export function lossSquares(dataset: Dataset, slope: number): Figure {
  const { inputs, targets } = dataset;
  const outputs = predict(lineThroughOrigin, [slope], inputs);
  const lengths = residuals(outputs, targets);
  const xRange = rangeOf([0, ...inputs, ...inputs.map((input, i) => input - lengths[i])], 0.05);
  const yRange = rangeOf([0, ...targets, ...outputs], 0.05);
  const squares = [...lengths].map((length, i) =>
    filledRectangle([inputs[i], outputs[i]], [-length, length], palette.residual),
  );
  const areas = [...lengths].map((length, i) => areaLabel(inputs[i], outputs[i], length));
  const sameScale = { constrain: 'domain', dtick: 1 };
  return figure({
    data: [
      ...squares,
      residualSegments(dataset, outputs),
      modelLine(slope, [0, xRange[1]]),
      dataPoints(dataset),
      ...areas,
    ],
    layout: baseLayout({
      height: 520,
      xaxis: axis('x, input', xRange, sameScale),
      yaxis: axis('y, target and output', yRange, { ...sameScale, scaleanchor: 'x' }),
    }),
    takeaway: `Squares on the residuals have the areas ${[...lengths]
      .map(length => inTwoDigits(length * length))
      .join(', ')}: together ${inTwoDigits(sumSquaredError(outputs, targets))}.`,
  });
}

function areaLabel(input: number, output: number, length: number): Part {
  const words = `${inTwoDigits(Math.abs(length))}² = ${inTwoDigits(length * length)}`;
  // Low in the square and beside the residual, where no other square covers it.
  const side = Math.sign(length);
  // Not in the colour of the residuals, which does not stand out from its own square on a dark page.
  return label(input - 0.08 * side, output + 0.28 * length, words, palette.text, {
    textposition: side > 0 ? 'middle left' : 'middle right',
  });
}

function inTwoDigits(value: number): number {
  return Number(value.toFixed(2));
}
