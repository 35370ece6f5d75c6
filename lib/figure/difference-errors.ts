import { type Figure, figure, type Part } from './figure.ts';
import { axis, baseLayout } from './layout.ts';

/** One way to measure a slope, and how far off it is for each distance h. */
export interface DifferenceErrors {
  readonly name: string;
  readonly distances: ArrayLike<number>;
  readonly errors: ArrayLike<number>;
  /** A colour of the palette. */
  readonly color: string;
  /** A symbol of Plotly, so that the colour is not the only difference. */
  readonly symbol: string;
}

/**
 * How far measured slopes are from the true one, against the distance h; both axes logarithmic.
 *
 * Errors of exactly 0 have no place on such an axis and are left out.
 *
 * @param measured ways to measure, each with its errors
 *
 * @example
 * ```ts
 * const way = { name: 'secant', distances: [0.1, 0.01], errors: [1.4, 0.14], color: '#a87bf5', symbol: 'circle' }
 * differenceErrors([way]).takeaway // => 'Smallest errors: secant 1.4e-1 at h = 0.01.'
 * ```
 */
export function differenceErrors(measured: readonly DifferenceErrors[]): Figure {
  const values = measured.flatMap(({ errors }) => Array.from(errors).filter(error => error > 0));
  const distances = measured.flatMap(way => Array.from(way.distances));
  const log = { type: 'log', exponentformat: 'power', dtick: 2 };
  return figure({
    data: measured.map(traceOf),
    layout: baseLayout({
      height: 460,
      margin: { l: 80, r: 24, t: 48, b: 56 },
      xaxis: axis('h, distance of the points', decades(distances), log),
      yaxis: axis('error of the slope', decades(values), log),
    }),
    takeaway: `Smallest errors: ${measured.map(smallest).join('; ')}.`,
  });
}

function traceOf({ name, distances, errors, color, symbol }: DifferenceErrors): Part {
  return {
    type: 'scatter',
    mode: 'lines+markers',
    name,
    x: distances,
    y: Array.from(errors, error => (error > 0 ? error : null)),
    line: { color, width: 2 },
    marker: { color, symbol, size: 8 },
    connectgaps: true,
    hovertemplate: 'h = %{x}<br>error = %{y}<extra></extra>',
  };
}

function decades(values: readonly number[]): [number, number] {
  const logarithms = values.map(Math.log10);
  return [Math.min(...logarithms) - 0.5, Math.max(...logarithms) + 0.5];
}

function smallest({ name, distances, errors }: DifferenceErrors): string {
  const list = Array.from(errors);
  const place = list.indexOf(Math.min(...list));
  return `${name} ${list[place].toExponential(1)} at h = ${distances[place]}`;
}
