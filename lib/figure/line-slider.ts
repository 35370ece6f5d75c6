import type { Dataset } from '../dataset.ts';
import { lineThroughOrigin, predict } from '../model.ts';
import { type Figure, type Frame, figure } from './figure.ts';
import { onlyChanges } from './frames.ts';
import { axis, baseLayout, rangeOf, roomAbove } from './layout.ts';
import { nearestStep, slider } from './slider.ts';
import { dataPoints, modelLine, residualSegments } from './traces.ts';

/**
 * The line y = ax among its points, turned by a slider; no loss is shown, the eye is the judge.
 *
 * @param dataset the points
 * @param slopes the values of a that the slider offers
 * @param start the a to begin with
 *
 * @example
 * ```ts
 * const points = { inputs: Float64Array.of(1, 2), targets: Float64Array.of(2, 4) }
 * lineSlider(points, [0, 1, 2], 1).frames?.map(frame => frame.name) // => ['0.00', '1.00', '2.00']
 * ```
 */
export function lineSlider(dataset: Dataset, slopes: ArrayLike<number>, start: number): Figure {
  const span: [number, number] = [0, rangeOf(dataset.inputs, 0.1)[1]];
  const frames: Frame[] = Array.from(slopes, slope => ({
    name: slope.toFixed(2),
    data: [
      residualSegments(dataset, predict(lineThroughOrigin, [slope], dataset.inputs)),
      modelLine(slope, span),
    ],
    traces: [0, 1],
  }));
  const active = nearestStep(slopes, start);
  return figure({
    data: [...frames[active].data, dataPoints(dataset)],
    layout: baseLayout({
      height: 480,
      margin: { l: 64, r: 24, t: 48, b: 40 },
      xaxis: axis('x, input', span),
      yaxis: axis('y, target and output', roomAbove(dataset.targets)),
      sliders: [slider('a', frames, active)],
    }),
    frames: onlyChanges(frames),
    takeaway: `The line y = ax at a = ${frames[active].name}; its slider turns it from ${frames[0].name} to ${frames[frames.length - 1].name}.`,
  });
}
