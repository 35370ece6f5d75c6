import { evenlySpaced } from '../dataset.ts';
import type { Part } from './figure.ts';
import { palette } from './palette.ts';

/**
 * The graph of a function, in the colour of the loss.
 *
 * @param f the function
 * @param span first and last argument
 * @param parts what differs, such as name, axes, colour
 *
 * @example
 * ```ts
 * const { x, y } = curve(a => a * a, [-1, 1]) as { x: number[]; y: number[] }
 * [x.length, x[0], y[0]] // => [81, -1, 1]
 * ```
 */
export function curve(
  f: (argument: number) => number,
  span: readonly [number, number],
  parts: Part = {},
): Part {
  const x = evenlySpaced(span[0], span[1], 81);
  return {
    type: 'scatter',
    mode: 'lines',
    name: 'loss',
    x,
    y: x.map(f),
    line: { color: palette.loss, width: 2.5 },
    hovertemplate: 'a = %{x}<br>loss = %{y}<extra></extra>',
    ...parts,
  };
}

/**
 * A curve or a path given by its points; it shows nothing at the mouse.
 *
 * @param x where the points lie, on the x axis
 * @param y and on the y axis
 * @param line colour, width and dash
 * @param parts what differs, such as name and axes
 *
 * @example
 * ```ts
 * polyline([0, 1], [2, 3], { color: '#a87bf5' }).mode // => 'lines'
 * ```
 */
export function polyline(x: ArrayLike<number>, y: ArrayLike<number>, line: Part, parts: Part = {}): Part {
  return { type: 'scatter', mode: 'lines', x, y, line, hoverinfo: 'skip', ...parts };
}

/**
 * Marks at some points.
 *
 * @param x where the points lie, on the x axis
 * @param y and on the y axis
 * @param marker colour, size and symbol
 * @param parts what differs, such as name and axes
 *
 * @example
 * ```ts
 * marks([1], [14], { color: '#2f9e85' }).mode // => 'markers'
 * ```
 */
export function marks(x: ArrayLike<number>, y: ArrayLike<number>, marker: Part, parts: Part = {}): Part {
  return {
    type: 'scatter',
    mode: 'markers',
    x,
    y,
    marker,
    hovertemplate: '%{x}<br>%{y}<extra></extra>',
    ...parts,
  };
}
