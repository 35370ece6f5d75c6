import type { Part } from './figure.ts';
import { axis } from './layout.ts';
import { palette, translucent } from './palette.ts';

/** The rows and columns of a table that is drawn as a map of colours. */
export interface CellNames {
  readonly rows: readonly string[];
  readonly columns: readonly string[];
}

/**
 * A table as a map: each cell the stronger in colour, the larger its number.
 *
 * Numbers above 0 have the colour of the model's distribution, numbers below it that of a residual, 0 has none.
 *
 * @param cells the numbers, one list a row; null leaves a cell empty
 * @param limit the number that has the full colour; beyond it nothing changes
 * @param parts what differs, such as the axes
 *
 * @example
 * ```ts
 * cellMap([[1, 2], [3, 4]], 4).y // => [0, -1]
 * ```
 */
export function cellMap(cells: readonly ArrayLike<number | null>[], limit: number, parts: Part = {}): Part {
  return {
    type: 'heatmap',
    x: Array.from(cells[0], (_, column) => column),
    // Rows go down, as one reads.
    y: cells.map((_, row) => 0 - row),
    z: cells.map(row => Array.from(row)),
    zmin: -limit,
    zmax: limit,
    xgap: 2,
    ygap: 2,
    colorscale: [
      // Light enough for the numbers to be read on them.
      [0, translucent(palette.residual, 0.3)],
      [0.5, translucent(palette.residual, 0.05)],
      [0.5, translucent(palette.modelDistribution, 0.05)],
      [1, translucent(palette.modelDistribution, 0.3)],
    ],
    showscale: false,
    hoverinfo: 'skip',
    ...parts,
  };
}

/**
 * The numbers in the cells of a map, in words.
 *
 * @param cells the numbers, one list a row
 * @param words what to write in a cell; '' leaves it empty
 * @param parts what differs, such as the axes
 *
 * @example
 * ```ts
 * cellTexts([[1, 2]], value => value.toFixed(1)).text // => ['1.0', '2.0']
 * ```
 */
export function cellTexts(
  cells: readonly ArrayLike<number>[],
  words: (value: number) => string,
  parts: Part = {},
): Part {
  return {
    type: 'scatter',
    mode: 'text',
    x: cells.flatMap(row => Array.from(row, (_, column) => column)),
    y: cells.flatMap((row, place) => Array.from(row, () => 0 - place)),
    text: cells.flatMap(row => Array.from(row, words)),
    textfont: { color: palette.text, size: 14 },
    showlegend: false,
    hoverinfo: 'skip',
    ...parts,
  };
}

/**
 * The two axes of a map, with the names of its rows and columns.
 *
 * @param names rows from above, columns from the left
 * @param titles what rows and columns are
 *
 * @example
 * ```ts
 * cellAxes({ rows: ['今'], columns: ['天', 'END'] }, { rows: 'context', columns: 'next' }).x.range // => [-0.5, 1.5]
 * ```
 */
export function cellAxes(
  { rows, columns }: CellNames,
  titles: { readonly rows: string; readonly columns: string },
): { x: Part; y: Part } {
  const plain = {
    showgrid: false,
    gridcolor: undefined,
    zeroline: false,
    zerolinecolor: undefined,
    ticks: '',
    tickcolor: undefined,
  };
  return {
    x: axis(titles.columns, [-0.5, columns.length - 0.5], {
      ...plain,
      tickvals: columns.map((_, column) => column),
      ticktext: columns,
    }),
    y: axis(titles.rows, [0.5 - rows.length, 0.5], {
      ...plain,
      tickvals: rows.map((_, row) => 0 - row),
      ticktext: rows,
    }),
  };
}
