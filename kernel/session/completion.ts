import { parseCell } from './cell.ts';
import type { Compiler } from './compiler.ts';

export interface CompletionList {
  matches: string[];
  start: number;
  end: number;
  types: { text: string; type: string }[];
}

const most = 400;

/** What may stand at `cursor`, best first. */
export function complete(compiler: Compiler, code: string, cursor: number): CompletionList {
  const { typescript: t } = compiler.host;
  compiler.workspace.refresh();
  const { offset, path } = compiler.present(parseCell(t, code), () => true);
  const { languageService } = compiler.workspace;
  const info = languageService.getCompletionsAtPosition(path, offset + cursor, {
    includeCompletionsWithInsertText: false,
    // `loss.ts`, as Node and a browser want it.
    importModuleSpecifierEnding: 'js',
  });
  const typed = /[\p{ID_Continue}$]*$/u.exec(code.slice(0, cursor))?.[0] ?? '';
  const span = info?.optionalReplacementSpan;
  const spanned =
    span && span.start >= offset && span.start <= offset + cursor ? span.start - offset : undefined;
  const start = spanned ?? cursor - typed.length;
  const prefix = code.slice(start, cursor).toLowerCase();
  const entries = (info?.entries ?? [])
    .filter(e => e.name.toLowerCase().startsWith(prefix) && !/^(__cell_|\.bin$)/.test(e.name))
    .sort((a, b) => compare(a.sortText, b.sortText) || compare(a.name, b.name))
    .slice(0, most);
  const end = spanned !== undefined && span ? Math.max(cursor, spanned + span.length) : cursor;
  return {
    matches: entries.map(e => e.name),
    start,
    end,
    types: entries.map(e => ({ text: e.name, type: e.kind })),
  };
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
