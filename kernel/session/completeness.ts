import type ts from 'typescript';
import { parseModule, syntaxErrors } from './cell.ts';

export type Completeness = { status: 'complete' | 'invalid' } | { status: 'incomplete'; indent: string };

/** Whether a console should run the code or wait for more lines. */
export function completeness(t: typeof ts, code: string): Completeness {
  const errors = syntaxErrors(parseModule(t, code));
  if (!errors.length && !/^\s*(const|let|var)\s*$/.test(code)) return { status: 'complete' };
  if (errors.some(e => e.code === unterminatedString)) return { status: 'invalid' };
  const end = code.trimEnd().length;
  const first = errors[0]?.start ?? end;
  const unterminated = errors.some(e => openEnded.has(e.code));
  if (first >= end || (unterminated && errors.every(e => (e.start ?? 0) >= first))) {
    return { status: 'incomplete', indent: '  '.repeat(depth(t, code)) };
  }
  return { status: 'invalid' };
}

/** Unterminated template literal, comment, regular expression: more lines may end them. */
const openEnded = new Set([1160, 1010]);

/** No further line can end a string between quotes. */
const unterminatedString = 1002;

/** How many brackets are open at the end. */
function depth(t: typeof ts, code: string): number {
  const scanner = t.createScanner(t.ScriptTarget.Latest, true, t.LanguageVariant.Standard, code);
  let open = 0;
  for (let token = scanner.scan(); token !== t.SyntaxKind.EndOfFileToken; token = scanner.scan()) {
    if (opening(t, token)) open++;
    if (closing(t, token)) open--;
  }
  return Math.max(0, open);
}

function opening(t: typeof ts, token: ts.SyntaxKind): boolean {
  const { OpenBraceToken, OpenParenToken, OpenBracketToken, TemplateHead } = t.SyntaxKind;
  return [OpenBraceToken, OpenParenToken, OpenBracketToken, TemplateHead].includes(token);
}

function closing(t: typeof ts, token: ts.SyntaxKind): boolean {
  const { CloseBraceToken, CloseParenToken, CloseBracketToken } = t.SyntaxKind;
  return [CloseBraceToken, CloseParenToken, CloseBracketToken].includes(token);
}
