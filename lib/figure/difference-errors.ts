import { type Figure, figure, type Part } from './figure.ts';
import { axis, baseLayout } from './layout.ts';
import { palette } from './palette.ts';

/**
 * How far measured slopes are from the true one, against the distance h; both axes logarithmic.
 *
 * Errors of exactly 0 have no place on such an axis and are left out.
 *
 * @param distances the values of h
 * @param errors for each way to measure, by its name, one error a distance; three ways at most
 *
 * @example
 * ```ts
 * differenceErrors([0.1, 0.01], { secant: [1.4, 0.14] }).takeaway // => 'Smallest errors: secant 1.4e-1 at h = 0.01.'
 * ```
 */
export function differenceErrors(
  distances: ArrayLike<number>,
  errors: Readonly<Record<string, ArrayLike<number>>>,
): Figure {
  const ways = Object.entries(errors);
  const values = ways.flatMap(([, list]) => Array.from(list).filter(error => error > 0));
  const log = { type: 'log', exponentformat: 'power', dtick: 2 };
  return figure({
    data: ways.map(([name, list], place) => traceOf(name, distances, list, place)),
    layout: baseLayout({
      height: 460,
      margin: { l: 80, r: 24, t: 48, b: 56 },
      xaxis: axis('h, distance of the points', decades(Array.from(distances)), log),
      yaxis: axis('error of the slope', decades(values), log),
    }),
    takeaway: `Smallest errors: ${ways.map(([name, list]) => smallest(name, distances, list)).join('; ')}.`,
  });
}

const colors = [palette.residual, palette.gradient, palette.loss];
const symbols = ['circle', 'diamond', 'x'];

function traceOf(name: string, x: ArrayLike<number>, errors: ArrayLike<number>, place: number): Part {
  return {
    type: 'scatter',
    mode: 'lines+markers',
    name,
    x,
    y: Array.from(errors, error => (error > 0 ? error : null)),
    line: { color: colors[place], width: 2 },
    marker: { color: colors[place], symbol: symbols[place], size: 8 },
    connectgaps: true,
    hovertemplate: 'h = %{x}<br>error = %{y}<extra></extra>',
  };
}

function decades(values: readonly number[]): [number, number] {
  const logarithms = values.map(Math.log10);
  return [Math.min(...logarithms) - 0.5, Math.max(...logarithms) + 0.5];
}

function smallest(name: string, distances: ArrayLike<number>, errors: ArrayLike<number>): string {
  const list = Array.from(errors);
  const place = list.indexOf(Math.min(...list));
  const error = list[place] === 0 ? '0' : list[place].toExponential(1);
  return `${name} ${error} at h = ${distances[place]}`;
}
