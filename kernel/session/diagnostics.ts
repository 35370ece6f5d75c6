import type ts from 'typescript';
import { excerpt } from './excerpt.ts';

/** How the text before a cell's first line moves positions: its length, and the name each import stands for. */
export interface CellText {
  path: string;
  code: string;
  /** Characters before the learner's first one. */
  offset: number;
}

/** What the learner calls things. */
export interface Naming {
  /** The cell at hand. */
  title: string;
  nameOf(path: string): string;
  cellTitle(cell: number): string | undefined;
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
  naming: Naming,
  hints: readonly string[],
): string {
  const message = t.flattenDiagnosticMessageText(diagnostic.messageText, '\n');
  const words = [readable(message, naming), ...hints.map(hint => `  ${hint}`)].join('\n');
  const place = placeOf(diagnostic, cell, naming);
  const head = `${place?.name ?? naming.title} - error TS${diagnostic.code}: ${words}`;
  const opening = diagnostic.relatedInformation?.find(related => related.code === openingBracket);
  const openingPlace = opening && placeOf(opening, cell, naming);
  const openingHead = opening && openingPlace && `${openingPlace.name} - ${opening.messageText}`;
  return [head, place?.excerpt, openingHead, openingPlace?.excerpt].filter(Boolean).join('\n\n');
}

/** "The parser expected to find a '}' to match the '{' token here." */
const openingBracket = 1007;

function placeOf(
  { file, start = 0, length = 1 }: ts.DiagnosticRelatedInformation,
  cell: CellText,
  naming: Naming,
): { name: string; excerpt: string } | undefined {
  if (!file) return undefined;
  const isCell = file.fileName === cell.path;
  const text = isCell ? cell.code : file.text;
  const span = isCell ? cellSpan(file.text, start, length, cell) : { start, length };
  // What is missing at the end is missing after the last word.
  const end = text.trimEnd().length;
  if (span.start > end) Object.assign(span, { start: end, length: 1 });
  const { line, column } = positionOf(text, span.start);
  const name = isCell ? naming.title : naming.nameOf(file.fileName);
  return { name: `${name}:${line}:${column}`, excerpt: excerpt(text, line, column, span.length, '~') };
}

/** Leaves out what only repeats: follow-ups of a syntax error in its line, and a second word on the same name. */
export function distinct(diagnostics: readonly ts.Diagnostic[], cell: CellText): ts.Diagnostic[] {
  const lines = new Set<string>();
  const early = new Set(diagnostics.filter(d => d.code === usedBeforeDeclaration).map(d => d.start));
  return diagnostics.filter(d => {
    if (d.code === usedBeforeAssignment) return !early.has(d.start);
    if (d.code >= 2000 || !d.file) return true;
    const last = d.file.fileName === cell.path ? cell.offset + cell.code.trimEnd().length : Infinity;
    const line = `${d.file.fileName} ${positionOf(d.file.text, Math.min(d.start ?? 0, last)).line}`;
    const isFirst = !lines.has(line);
    lines.add(line);
    return isFirst;
  });
}

const usedBeforeDeclaration = 2448;
const usedBeforeAssignment = 2454;

/** An error in the text before the cell is shown where the cell first speaks of the name. */
function cellSpan(
  file: string,
  start: number,
  length: number,
  cell: CellText,
): { start: number; length: number } {
  if (start >= cell.offset) return { start: start - cell.offset, length };
  const name =
    /^[\p{ID_Continue}$]+$/u.exec(file.slice(start, start + length))?.[0] ?? importedAt(file, start);
  const use = name ? cell.code.search(new RegExp(`(?<![\\w$])${escaped(name)}(?![\\w$])`)) : -1;
  return name && use >= 0 ? { start: use, length: name.length } : { start: 0, length: 1 };
}

/** The name that an earlier cell imports from a file, where that file is named. */
function importedAt(file: string, start: number): string | undefined {
  return /([\p{ID_Continue}$]+)(?: \})? from $/u.exec(file.slice(0, start))?.[1];
}

const escaped = (text: string) => text.replace(/[$]/g, '\\$&');

export function positionOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  return { line, column: offset - before.lastIndexOf('\n') };
}

/** Types of earlier cells are named as the learner named them; with their cell where two have the same name. */
export function readable(message: string, naming: Naming): string {
  const cells = new Map<string, Set<string>>();
  for (const [, cell, name] of message.matchAll(typeOfCell)) {
    cells.set(name, (cells.get(name) ?? new Set()).add(cell));
  }
  const titleOf = (cell: string) => (cell ? naming.cellTitle(Number(cell)) : naming.title) ?? 'Cell';
  return message
    .replace(typeOfCell, (_, cell, name) =>
      (cells.get(name)?.size ?? 0) > 1 ? `${titleOf(cell)}.${name}` : name,
    )
    .replace(/import\("[^"]*\/__cell_\d*_*"\)\./g, '')
    .replace(/(?<=['"])(?:[A-Za-z]:)?\/[^'"\n]*(?=['"])/g, naming.nameOf);
}

const typeOfCell = /import\("[^"]*\/__cell_(\d*)_*"\)\.([\p{ID_Continue}$]+)/gu;
