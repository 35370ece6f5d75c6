import type ts from 'typescript';

/** How the text before a cell's first line moves positions: its length, and the name each import stands for. */
export interface CellText {
  path: string;
  code: string;
  /** Characters before the learner's first one. */
  offset: number;
}

/**
 * One error, ready to show: place, code, message, and the line with the spot underlined.
 *
 *     Cell [3]:2:7 - error TS2322: Type 'string' is not assignable to type 'number'.
 *
 *       2 | const a: number = 'x';
 *         |       ~
 */
export function formatDiagnostic(
  t: typeof ts,
  diagnostic: ts.Diagnostic,
  cell: CellText,
  title: string,
  nameOf: (path: string) => string,
): string {
  const message = readable(t.flattenDiagnosticMessageText(diagnostic.messageText, '\n'));
  const head = (place: string) => `${place} - error TS${diagnostic.code}: ${message}`;
  if (!diagnostic.file) return head(title);
  const isCell = diagnostic.file.fileName === cell.path;
  const text = isCell ? cell.code : diagnostic.file.text;
  const span = isCell
    ? cellSpan(diagnostic, cell)
    : { start: diagnostic.start ?? 0, length: diagnostic.length ?? 1 };
  const place = positionOf(text, span.start);
  const name = isCell ? title : nameOf(diagnostic.file.fileName);
  return `${head(`${name}:${place.line}:${place.column}`)}\n\n${excerpt(text, place, span.length)}`;
}

/** An error in the text before the cell is shown where the cell first speaks of the name. */
function cellSpan(diagnostic: ts.Diagnostic, cell: CellText): { start: number; length: number } {
  const start = diagnostic.start ?? 0;
  const length = diagnostic.length ?? 1;
  if (start >= cell.offset) return { start: Math.min(start - cell.offset, cell.code.length), length };
  const name = diagnostic.file?.text.slice(start, start + length) ?? '';
  const use = /^[\p{ID_Continue}$]+$/u.test(name)
    ? cell.code.search(new RegExp(`(?<![\\w$])${escaped(name)}(?![\\w$])`))
    : -1;
  return use < 0 ? { start: 0, length: 1 } : { start: use, length: name.length };
}

const escaped = (text: string) => text.replace(/[$]/g, '\\$&');

export function positionOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  return { line, column: offset - before.lastIndexOf('\n') };
}

function excerpt(text: string, place: { line: number; column: number }, length: number): string {
  const line = (text.split('\n')[place.line - 1] ?? '').replace(/\r$/, '');
  const marks = Math.max(1, Math.min(length, line.length - place.column + 1));
  const number = String(place.line);
  const indent = line.slice(0, place.column - 1).replace(/[^\t]/g, ' ');
  return `  ${number} | ${line}\n  ${' '.repeat(number.length)} | ${indent}${'~'.repeat(marks)}`;
}

/** Types of earlier cells are named as the learner named them. */
export function readable(message: string): string {
  return message
    .replace(/typeof import\("[^"]*__cell_\d+__"\)\.([\p{ID_Continue}$]+)/gu, 'typeof $1')
    .replace(/import\("[^"]*__cell_\d*_*"\)\./g, '');
}
