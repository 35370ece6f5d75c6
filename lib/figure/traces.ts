import type { Dataset } from '../dataset.ts';
import type { Part } from './figure.ts';
import { palette, translucent } from './palette.ts';

/**
 * The points of a dataset.
 *
 * @param dataset the points
 * @param parts what differs from a filled circle named `data`
 *
 * @example
 * ```ts
 * dataPoints({ inputs: Float64Array.of(1), targets: Float64Array.of(2) }).name // => 'data'
 * ```
 */
export function dataPoints(dataset: Dataset, parts: Part = {}): Part {
  return {
    type: 'scatter',
    mode: 'markers',
    name: 'data',
    legendrank: 1,
    x: dataset.inputs,
    y: dataset.targets,
    marker: { color: palette.data, size: dataset.inputs.length > 12 ? 7 : 11 },
    hovertemplate: 'x = %{x}<br>y = %{y}<extra></extra>',
    ...parts,
  };
}

/**
 * The model y = ax, drawn from one x to another.
 *
 * @param slope a
 * @param span first and last x
 *
 * @example
 * ```ts
 * modelLine(2, [0, 4]).y // => [0, 8]
 * ```
 */
export function modelLine(slope: number, span: readonly [number, number]): Part {
  return {
    type: 'scatter',
    mode: 'lines',
    name: 'model y = ax',
    legendrank: 2,
    x: span,
    y: span.map(x => slope * x),
    line: { color: palette.model, width: 3 },
    hoverinfo: 'skip',
  };
}

/**
 * The residuals: from each point a dashed segment, straight up or down to the model.
 *
 * @param dataset the points
 * @param outputs the model's output at each of them
 *
 * @example
 * ```ts
 * residualSegments({ inputs: Float64Array.of(1), targets: Float64Array.of(2) }, [1]).y // => [2, 1, null]
 * ```
 */
export function residualSegments(dataset: Dataset, outputs: ArrayLike<number>): Part {
  const x: (number | null)[] = [];
  const y: (number | null)[] = [];
  dataset.inputs.forEach((input, i) => {
    // Null lifts the pen between two segments.
    x.push(input, input, null);
    y.push(dataset.targets[i], outputs[i], null);
  });
  const line = { color: palette.residual, width: 2, dash: '4px,3px' };
  return { type: 'scatter', mode: 'lines', name: 'residuals', legendrank: 3, x, y, line, hoverinfo: 'skip' };
}

/**
 * A line of text at a place of the plot, in the colour of what it speaks of.
 *
 * @param x where, on the x axis
 * @param y where, on the y axis
 * @param words what to write
 * @param color a colour of the palette
 * @param parts what differs, such as the axes
 *
 * @example
 * ```ts
 * label(1, 2, 'loss = 14', '#2f9e85').text // => ['loss = 14']
 * ```
 */
export function label(x: number, y: number, words: string, color: string, parts: Part = {}): Part {
  return {
    type: 'scatter',
    mode: 'text',
    x: [x],
    y: [y],
    text: [words],
    textposition: 'middle right',
    textfont: { color, size: 16 },
    cliponaxis: false,
    showlegend: false,
    hoverinfo: 'skip',
    ...parts,
  };
}

/**
 * A filled rectangle without a border line, to show an area.
 *
 * @param corner lower left corner: [x, y]
 * @param size width and height; negative goes left or down
 * @param color a colour of the palette
 *
 * @example
 * ```ts
 * filledRectangle([1, 1], [2, 3], '#a8327d').x // => [1, 3, 3, 1, 1]
 * ```
 */
export function filledRectangle(
  [x, y]: readonly [number, number],
  [width, height]: readonly [number, number],
  color: string,
): Part {
  return {
    type: 'scatter',
    mode: 'lines',
    x: [x, x + width, x + width, x, x],
    y: [y, y, y + height, y + height, y],
    fill: 'toself',
    fillcolor: translucent(color, 0.15),
    line: { color: translucent(color, 0.7), width: 1 },
    showlegend: false,
    hoverinfo: 'skip',
  };
}
