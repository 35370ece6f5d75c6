import type { Part } from './figure.ts';
import { axis } from './layout.ts';
import { palette, translucent } from './palette.ts';

/** A token in a table of questions: shown to the model, asked of it, or kept from it. */
export interface TokenCell {
  readonly token: string;
  readonly kind: 'seen' | 'asked' | 'hidden';
}

/** A line of such a table. */
export interface TokenRow {
  readonly name: string;
  readonly cells: readonly TokenCell[];
}

/**
 * A table of questions drawn as boxes: what the model sees is filled, what it has to say has a frame.
 *
 * @param rows the lines, from top to bottom
 * @param parts what differs, such as the axes
 *
 * @example
 * ```ts
 * const cells = [{ token: '今', kind: 'seen' }, { token: '天', kind: 'asked' }] as const
 * tokenGrid([{ name: 'd1', cells }]).map(trace => trace.name) // => ['x, shown to the model', 'y, to be said by the model', 'not shown']
 * ```
 */
export function tokenGrid(rows: readonly TokenRow[], parts: Part = {}): Part[] {
  const places = rows.flatMap(({ cells }, row) =>
    cells.map((cell, column) => ({ ...cell, middle: [column, -row] as const })),
  );
  return kinds.map(({ kind, name, text, box }) => {
    const chosen = places.filter(cell => cell.kind === kind);
    return {
      type: 'scatter',
      mode: 'text+markers',
      name,
      x: chosen.map(({ middle }) => middle[0]),
      y: chosen.map(({ middle }) => middle[1]),
      text: chosen.map(({ token }) => token),
      textfont: { color: text, size: chosen.map(({ token }) => (token.length > 2 ? 12 : 17)) },
      marker: { symbol: 'square', size: 40, ...box },
      hoverinfo: 'skip',
      ...parts,
    };
  });
}

const frame = (color: string, width: number) => ({ color, width });
const kinds = [
  {
    kind: 'seen',
    name: 'x, shown to the model',
    text: palette.data,
    // A faint fill: the text on it has to be readable on dark pages, too.
    box: { color: translucent(palette.data, 0.12), line: frame(translucent(palette.data, 0.3), 1) },
  },
  {
    kind: 'asked',
    name: 'y, to be said by the model',
    text: palette.data,
    box: { color: translucent(palette.data, 0), line: frame(palette.data, 3) },
  },
  {
    kind: 'hidden',
    name: 'not shown',
    text: translucent(palette.text, 0.75),
    box: { color: translucent(palette.text, 0), line: frame(translucent(palette.text, 0.35), 1) },
  },
] as const;

/**
 * The axes of such a table: one column a place, rows going down and named by hand.
 *
 * @param names the names of the rows, from top to bottom; '' leaves a row empty
 * @param columns how many places there are
 * @param x what the x axis has besides
 * @param y what the y axis has besides
 *
 * @example
 * ```ts
 * tokenGridAxes(['d0', 'd1'], 3).y.range // => [-1.6, 0.6]
 * ```
 */
export function tokenGridAxes(
  names: readonly string[],
  columns: number,
  x: Part = {},
  y: Part = {},
): { x: Part; y: Part } {
  const bare = { showgrid: false, gridcolor: undefined, zeroline: false, zerolinecolor: undefined };
  return {
    x: axis('place in the sentence', [-0.6, columns - 0.4], {
      ...bare,
      tickvals: Array.from({ length: columns }, (_, place) => place),
      ...x,
    }),
    y: axis('question', [0.4 - names.length, 0.6], {
      ...bare,
      tickvals: names.map((_, row) => 0 - row).filter(row => names[-row] !== ''),
      ticktext: names.filter(name => name !== ''),
      ...y,
    }),
  };
}
