import { jupyterDisplay, type MimeBundle } from './figure/figure.ts';

/** A table as a plain value: it is shown when it is the last expression of a cell. */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
  [jupyterDisplay](): MimeBundle;
}

/**
 * Makes a table: a column of numbers (or of texts that are one, such as `'0.50'`) stands to the right,
 * any other to the left.
 *
 * It has no colours of its own, so that it looks right on light and dark pages; where no HTML can be, it is a
 * text with columns, in which a Chinese character is as wide as two letters.
 *
 * @param columns the titles
 * @param rows one list of cells a row, as many as there are titles
 * @throws when a row has more or fewer cells than there are titles
 *
 * @example
 * ```ts
 * const bundle = table(['x', 'y'], [['BEGIN', '今'], ['今', '天']])[jupyterDisplay]()
 * bundle['text/plain'] // => 'x      y\nBEGIN  今\n今     天'
 * Object.keys(bundle) // => ['text/html', 'text/plain']
 * ```
 */
export function table(columns: readonly string[], rows: readonly (readonly (string | number)[])[]): Table {
  rows.forEach((row, i) => {
    if (row.length !== columns.length) {
      throw new RangeError(`table: expected ${columns.length} cells in row ${i}, got ${row.length}`);
    }
  });
  return {
    columns,
    rows,
    [jupyterDisplay]: () => ({ 'text/html': inHtml(columns, rows), 'text/plain': inText(columns, rows) }),
  };
}

type Row = readonly (string | number)[];

function inHtml(columns: readonly string[], rows: readonly Row[]): string {
  const numeric = numericColumns(columns, rows);
  const cells = (row: Row, tag: string) =>
    row.map((cell, place) => {
      const side = numeric[place] ? 'right' : 'left';
      return `<${tag} style="text-align: ${side}">${escaped(String(cell))}</${tag}>`;
    });
  const line = (row: Row, tag: string) => `<tr>${cells(row, tag).join('')}</tr>`;
  const body = rows.map(row => line(row, 'td')).join('\n');
  return `<table>\n<thead>${line(columns, 'th')}</thead>\n<tbody>\n${body}\n</tbody>\n</table>`;
}

function numericColumns(columns: readonly string[], rows: readonly Row[]): boolean[] {
  // A number that was rounded to some digits comes as a text.
  const isNumber = (cell: string | number) => typeof cell === 'number' || /^-?\d+(\.\d+)?$/.test(cell);
  return columns.map((_, place) => rows.every(row => isNumber(row[place])));
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function inText(columns: readonly string[], rows: readonly Row[]): string {
  const numeric = numericColumns(columns, rows);
  const lines: Row[] = [columns, ...rows];
  const widths = columns.map((_, place) => Math.max(...lines.map(line => widthOf(String(line[place])))));
  const padded = (cell: string | number, place: number) => {
    const text = String(cell);
    const space = ' '.repeat(widths[place] - widthOf(text));
    return numeric[place] ? space + text : text + space;
  };
  return lines.map(line => line.map(padded).join('  ').trimEnd()).join('\n');
}

// Chinese characters and full-width signs take two columns in the fonts that code is set in.
const wide =
  /[\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

function widthOf(text: string): number {
  return Array.from(text).reduce((width, character) => width + (wide.test(character) ? 2 : 1), 0);
}
