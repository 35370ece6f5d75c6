import type { Frame, Part } from './figure.ts';
import { palette, translucent } from './palette.ts';

/**
 * A slider that shows one frame at each of its steps; it needs no kernel to move.
 *
 * @param symbol what the slider changes, such as `a`
 * @param frames the states, in the order of the steps; their names are the labels
 * @param active the step to start at
 *
 * @example
 * ```ts
 * const frames = [{ name: '1.0', data: [], traces: [] }, { name: '1.5', data: [], traces: [] }]
 * slider('a', frames, 1).active // => 1
 * ```
 */
export function slider(symbol: string, frames: readonly Frame[], active: number): Part {
  // Both views of a figure are redrawn at once: without `redraw` only the first would follow.
  const show = { mode: 'immediate', frame: { duration: 0, redraw: true }, transition: { duration: 0 } };
  return {
    active,
    pad: { t: 56, b: 8 },
    currentvalue: { prefix: `${symbol} = `, font: { size: 16, color: palette.model }, xanchor: 'left' },
    font: { color: palette.text },
    bgcolor: translucent(palette.text, 0.35),
    activebgcolor: palette.model,
    bordercolor: palette.model,
    tickcolor: translucent(palette.text, 0.55),
    steps: frames.map(({ name }) => ({ label: name, method: 'animate', args: [[name], show] })),
  };
}

/**
 * The step of a slider whose value lies nearest to the one wanted.
 *
 * @param values the values of the steps
 * @param wanted the value to start at
 *
 * @example
 * ```ts
 * nearestStep([0, 0.5, 1], 0.6) // => 1
 * ```
 */
export function nearestStep(values: ArrayLike<number>, wanted: number): number {
  let nearest = 0;
  for (let i = 1; i < values.length; i++) {
    if (Math.abs(values[i] - wanted) < Math.abs(values[nearest] - wanted)) nearest = i;
  }
  return nearest;
}
