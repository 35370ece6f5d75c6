/**
 * The colours of the course: one for each thing, the same in every figure.
 *
 * All of them stand out on a white page and on JupyterLab's dark one (contrast 3 : 1 or more on both),
 * and stay apart for readers who do not see red, green or blue. What the data says and what the model
 * says keep their colours when both become distributions. A test measures all of this.
 */
export const palette = {
  data: '#2563c9',
  model: '#e06c0a',
  residual: '#a8327d',
  loss: '#2f9e85',
  gradient: '#a87bf5',
  targetDistribution: '#2563c9',
  modelDistribution: '#e06c0a',
  text: '#7a7a7a',
} as const;

/**
 * A colour of the palette, let through by the background: for areas and grid lines.
 *
 * @param color a colour as `#rrggbb`
 * @param opacity 0 (not seen) to 1 (solid)
 *
 * @example
 * ```ts
 * translucent('#2563c9', 0.25) // => 'rgba(37, 99, 201, 0.25)'
 * ```
 */
export function translucent(color: string, opacity: number): string {
  const channels = [1, 3, 5].map(start => Number.parseInt(color.slice(start, start + 2), 16));
  return `rgba(${channels.join(', ')}, ${opacity})`;
}
