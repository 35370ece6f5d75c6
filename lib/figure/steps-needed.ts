import { type Figure, figure } from './figure.ts';
import { axis, baseLayout } from './layout.ts';
import { palette, translucent } from './palette.ts';
import { label } from './traces.ts';

/**
 * How many steps a descent needs against its learning rate, with the borders between the regimes.
 *
 * @param rates learning rates, rising
 * @param steps how many steps each of them needs to arrive
 * @param borders places to mark, each with its name
 *
 * @example
 * ```ts
 * stepsNeeded([0.01, 0.03, 0.07], [26, 5, 90], []).takeaway // => 'The fewest steps, 5, are needed with a learning rate of 0.03; with 0.01 it takes 26, with 0.07 it takes 90.'
 * ```
 */
export function stepsNeeded(
  rates: ArrayLike<number>,
  steps: ArrayLike<number>,
  borders: readonly { readonly at: number; readonly name: string }[],
): Figure {
  const counts = Array.from(steps);
  const last = rates.length - 1;
  const best = counts.indexOf(Math.min(...counts));
  const top = 1.4 * Math.max(...counts);
  const line = { color: palette.text, width: 1.5, dash: 'dot' };
  return figure({
    data: [
      {
        type: 'scatter',
        mode: 'lines+markers',
        name: 'steps needed',
        x: rates,
        y: counts,
        line: { color: translucent(palette.gradient, 0.6), width: 2 },
        marker: { color: palette.gradient, size: 7 },
        hovertemplate: 'η = %{x}<br>%{y} steps<extra></extra>',
      },
      ...borders.map(({ at, name }) => label(at + 0.005 * rates[last], 0.7 * top, name, palette.text)),
    ],
    layout: baseLayout({
      height: 440,
      xaxis: axis('η, learning rate', [0, 1.06 * rates[last]]),
      yaxis: axis('steps needed', [-0.1, Math.log10(top)], { type: 'log', dtick: 1 }),
      shapes: borders.map(({ at }) => ({ type: 'line', x0: at, x1: at, yref: 'paper', y0: 0, y1: 1, line })),
    }),
    takeaway:
      `The fewest steps, ${counts[best]}, are needed with a learning rate of ${brief(rates[best])}; ` +
      `with ${brief(rates[0])} it takes ${counts[0]}, with ${brief(rates[last])} it takes ${counts[last]}.`,
  });
}

function brief(value: number): number {
  return Number(value.toPrecision(3));
}
