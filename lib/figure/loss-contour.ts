import { type Dataset, evenlySpaced } from '../dataset.ts';
import { lossOfStraightLine, meanOf } from '../loss.ts';
import type { Part } from './figure.ts';
import { palette, translucent } from './palette.ts';

/** The part of the plane of slopes and intercepts that is shown. */
export interface Plane {
  readonly a: readonly [number, number];
  readonly b: readonly [number, number];
}

// Losses below this look alike; without it the logarithm would fall for ever where the loss is 0.
const smallest = 0.1;
const ticks = [0, 1, 10, 100];

/**
 * The mean squared error of the line y = ax + b on some points, over all a and b: a map of heights.
 *
 * Colours go by the logarithm of the loss, so that both the slopes and the bottom can be seen; the deeper,
 * the stronger the colour.
 *
 * @param dataset the points
 * @param plane the part of the plane
 * @param parts what differs, such as the axes
 *
 * @example
 * ```ts
 * const points = { inputs: Float64Array.of(1), targets: Float64Array.of(2) }
 * const { x, z } = lossContour(points, { a: [0, 4], b: [-2, 2] }) as unknown as { x: number[]; z: number[][] }
 * [x.length, z.length, z[0].length] // => [41, 41, 41]
 * ```
 */
export function lossContour(dataset: Dataset, { a, b }: Plane, parts: Part = {}): Part {
  const [slopes, intercepts] = [evenlySpaced(a[0], a[1], 41), evenlySpaced(b[0], b[1], 41)];
  const height = (slope: number, intercept: number) =>
    shownHeight(meanLoss([slope, intercept], dataset).loss);
  const range = [shownHeight(0), shownHeight(200)];
  return {
    type: 'contour',
    name: 'loss',
    x: slopes,
    y: intercepts,
    // Three digits are finer than the colours, and make the figure a third smaller.
    z: Array.from(intercepts, intercept =>
      Array.from(slopes, slope => Number(height(slope, intercept).toFixed(2))),
    ),
    zmin: range[0],
    zmax: range[1],
    contours: { start: range[0] + 0.4, end: range[1], size: 0.4, coloring: 'heatmap' },
    line: { color: translucent(palette.loss, 0.55), width: 0.8 },
    colorscale: [0.7, 0.5, 0.3, 0.13, 0].map((opacity, i) => [i / 4, translucent(palette.loss, opacity)]),
    colorbar: {
      title: { text: 'loss', side: 'top' },
      tickvals: ticks.map(shownHeight),
      ticktext: ticks.map(String),
      thickness: 14,
      outlinewidth: 0,
    },
    hoverinfo: 'skip',
    ...parts,
  };
}

const meanLoss = meanOf(lossOfStraightLine);

function shownHeight(loss: number): number {
  return Math.log10(loss + smallest);
}
