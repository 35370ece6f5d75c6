import type { Part } from './figure.ts';
import { palette, translucent } from './palette.ts';

const none = 'rgba(0, 0, 0, 0)';
const text = { family: 'system-ui, "Noto Sans SC", sans-serif', size: 14, color: palette.text };

/**
 * The layout that all figures share: see-through, so that it fits light and dark pages, with the key above.
 *
 * @param parts what the figure adds: axes, height, sliders
 *
 * @example
 * ```ts
 * baseLayout({ height: 300 }).height // => 300
 * baseLayout({}).paper_bgcolor // => 'rgba(0, 0, 0, 0)'
 * ```
 */
export function baseLayout(parts: Part): Part {
  return {
    paper_bgcolor: none,
    plot_bgcolor: none,
    font: text,
    height: 420,
    margin: { l: 64, r: 24, t: 48, b: 56 },
    // Counted from the edge of the figure: counted from the axes, a key stays where two rows needed it, and lies over
    // the axes when the page grows wider and one row is enough.
    legend: { orientation: 'h', x: 0, xanchor: 'left', y: 1, yanchor: 'top', yref: 'container' },
    // Dragging would zoom, and a zoomed view no longer shows what the text speaks of.
    dragmode: false,
    hovermode: 'closest',
    ...parts,
  };
}

/**
 * An axis in the course's style.
 *
 * @param title symbol and meaning, such as `x, input`
 * @param range first and last value shown; fixed, so that nothing jumps when a slider moves
 * @param parts what else Plotly shall know of this axis
 *
 * @example
 * ```ts
 * axis('a', [0, 4]).range // => [0, 4]
 * ```
 */
export function axis(title: string, range: readonly [number, number], parts: Part = {}): Part {
  return {
    title: { text: title, standoff: 8 },
    range,
    gridcolor: translucent(palette.text, 0.2),
    zerolinecolor: translucent(palette.text, 0.55),
    linecolor: translucent(palette.text, 0.55),
    tickcolor: translucent(palette.text, 0.55),
    showline: true,
    ...parts,
  };
}

/**
 * The y axis for points and a line that turns among them: a little room below, more above.
 *
 * @param targets the y of the points; at least one is above 0
 *
 * @example
 * ```ts
 * roomAbove([2, 10]) // => [-0.5, 13]
 * roomAbove([-1, 10]) // => [-1.5, 13]
 * ```
 */
export function roomAbove(targets: ArrayLike<number>): [number, number] {
  const [lowest, highest] = rangeOf(targets, 0);
  return [Math.min(lowest, 0) - 0.05 * highest, 1.3 * highest];
}

/**
 * Smallest and largest of some numbers, with room at both ends.
 *
 * @param values the numbers, at least one
 * @param room part of the span to add at each end
 *
 * @example
 * ```ts
 * rangeOf([0, 10]) // => [-0.5, 10.5]
 * ```
 */
export function rangeOf(values: ArrayLike<number>, room = 0.05): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < values.length; i++) {
    low = Math.min(low, values[i]);
    high = Math.max(high, values[i]);
  }
  const margin = room * (high - low || 1);
  return [low - margin, high + margin];
}
