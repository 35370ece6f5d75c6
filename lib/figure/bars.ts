import type { Part } from './figure.ts';
import { axis } from './layout.ts';

/**
 * Bars over tokens, each with its number.
 *
 * @param tokens one a bar
 * @param values the heights
 * @param color a colour of the palette
 * @param parts what differs, such as name and axes
 *
 * @example
 * ```ts
 * tokenBars(['今', '天'], [0.25, 0.75], '#e06c0a').text // => ['0.25', '0.75']
 * ```
 */
export function tokenBars(
  tokens: readonly string[],
  values: ArrayLike<number>,
  color: string,
  parts: Part = {},
): Part {
  return {
    type: 'bar',
    x: tokens,
    y: values,
    text: Array.from(values, value => value.toFixed(2)),
    textposition: 'outside',
    textfont: { color, size: 13 },
    textangle: 0,
    cliponaxis: false,
    marker: { color },
    hovertemplate: '%{x}: %{y:.4f}<extra></extra>',
    ...parts,
  };
}

/**
 * An axis of tokens.
 *
 * @param title what the tokens are
 * @param count how many there are
 * @param parts what else Plotly shall know of this axis
 *
 * @example
 * ```ts
 * tokenAxis('next token', 6).range // => [-0.5, 5.5]
 * ```
 */
export function tokenAxis(title: string, count: number, parts: Part = {}): Part {
  const bare = { showgrid: false, gridcolor: undefined, zerolinecolor: undefined, zeroline: false };
  return axis(title, [-0.5, count - 0.5], { type: 'category', ...bare, ...parts });
}
