import { type CellNames, cellAxes, cellMap, cellTexts } from './cell-map.ts';
import { type Figure, figure } from './figure.ts';
import { baseLayout } from './layout.ts';
import { palette } from './palette.ts';
import { label } from './traces.ts';

/** Next-token probabilities, a row a context, and where they come from. */
export interface NamedRows {
  readonly name: string;
  readonly rows: readonly ArrayLike<number>[];
}

/**
 * Two tables of next-token probabilities side by side, such as the trained and the counted one.
 *
 * @param names the contexts (rows) and the next tokens (columns)
 * @param left one table
 * @param right the other, of the same shape
 *
 * @example
 * ```ts
 * const names = { rows: ['BEGIN'], columns: ['好', 'END'] }
 * const picture = probabilityTables(names, { name: 'trained', rows: [[0.9, 0.1]] }, { name: 'counted', rows: [[1, 0]] })
 * picture.takeaway // => 'Trained and counted next-token probabilities of 1 context differ by at most 0.1000.'
 * ```
 */
export function probabilityTables(names: CellNames, left: NamedRows, right: NamedRows): Figure {
  const { x, y } = cellAxes(names, { rows: 'context', columns: 'next token' });
  const withTitle = { ...y, range: [0.5 - names.rows.length, 1.3] };
  const there = { xaxis: 'x2', yaxis: 'y2' };
  const centred = { textposition: 'middle center' };
  const middle = (names.columns.length - 1) / 2;
  const words = (probability: number) => (probability < 0.005 ? '' : probability.toFixed(2));
  const largest = Math.max(
    ...left.rows.flatMap((row, i) => Array.from(row, (value, j) => Math.abs(value - right.rows[i][j]))),
  );
  const contexts = names.rows.length === 1 ? '1 context' : `${names.rows.length} contexts`;
  return figure({
    data: [
      cellMap(left.rows, 1),
      cellTexts(left.rows, words),
      label(middle, 0.9, left.name, palette.text, centred),
      cellMap(right.rows, 1, there),
      cellTexts(right.rows, words, there),
      label(middle, 0.9, right.name, palette.text, { ...there, ...centred }),
    ],
    layout: baseLayout({
      height: 400,
      legend: undefined,
      margin: { l: 96, r: 24, t: 16, b: 56 },
      xaxis: { ...x, domain: [0, 0.42] },
      yaxis: withTitle,
      xaxis2: { ...x, domain: [0.58, 1], anchor: 'y2' },
      yaxis2: { ...withTitle, anchor: 'x2' },
    }),
    takeaway:
      `${left.name[0].toUpperCase()}${left.name.slice(1)} and ${right.name} next-token probabilities of ` +
      `${contexts} differ by at most ${largest.toFixed(4)}.`,
  });
}
