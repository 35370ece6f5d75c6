import type { Dataset } from '../dataset.ts';
import { type Figure, figure } from './figure.ts';
import { axis, baseLayout, rangeOf } from './layout.ts';
import { palette, translucent } from './palette.ts';
import { dataPoints, modelLine } from './traces.ts';

/**
 * Known points, future points, and the line y = ax through both.
 *
 * @param known the points that may be looked at
 * @param future the points that are still to come, to the right of the known ones
 * @param slope a
 *
 * Source: the lesson, 例子 - 数据集: fit the known data, predict the future data.
 *
 * @example
 * ```ts
 * const known = { inputs: Float64Array.of(1, 2), targets: Float64Array.of(2, 4) }
 * const future = { inputs: Float64Array.of(3), targets: Float64Array.of(6) }
 * knownAndFuture(known, future, 2).data.map(trace => trace.name) // => ['model y = ax', 'known data', 'future data']
 * ```
 */
export function knownAndFuture(known: Dataset, future: Dataset, slope: number): Figure {
  const inputs = [...known.inputs, ...future.inputs];
  const span: [number, number] = [0, rangeOf(inputs, 0.05)[1]];
  const border = (Math.max(...known.inputs) + Math.min(...future.inputs)) / 2;
  const open = { symbol: 'circle-open', color: palette.data, size: 8, line: { width: 2 } };
  return figure({
    data: [
      modelLine(slope, span),
      dataPoints(known, { name: 'known data' }),
      dataPoints(future, { name: 'future data', marker: open }),
    ],
    layout: baseLayout({
      xaxis: axis('x, input', span),
      yaxis: axis('y, target and output', rangeOf([0, ...known.targets, ...future.targets])),
      shapes: [
        {
          type: 'line',
          x0: border,
          x1: border,
          yref: 'paper',
          y0: 0,
          y1: 1,
          line: { color: translucent(palette.text, 0.7), width: 1, dash: 'dot' },
        },
      ],
    }),
    takeaway: `The line y = ${Number(slope.toFixed(2))}x passes through ${known.inputs.length} known points and goes on through ${future.inputs.length} future ones.`,
  });
}
