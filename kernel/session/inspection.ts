import type ts from 'typescript';
import { parseCell } from './cell.ts';
import type { Compiler } from './compiler.ts';

export interface Inspection {
  /** Type or signature, as TypeScript writes it. */
  signature: string;
  documentation: string;
  /** Source of the declaration, where it is the learner's own; for detail level 1. */
  source?: string;
}

/** Type and documentation of what stands at `cursor`, or of the call that it stands in. */
export function inspect(compiler: Compiler, code: string, cursor: number): Inspection | undefined {
  compiler.workspace.refresh();
  const { offset, path } = compiler.present(parseCell(compiler.host.typescript, code), () => true);
  for (const position of [cursor, cursor - 1]) {
    const found = position >= 0 && quickInfo(compiler, path, offset, position);
    if (found) return found;
  }
  return signatureHelp(compiler, path, offset + cursor);
}

function quickInfo(
  compiler: Compiler,
  path: string,
  offset: number,
  position: number,
): Inspection | undefined {
  const { typescript: t } = compiler.host;
  const { languageService } = compiler.workspace;
  const info = languageService.getQuickInfoAtPosition(path, offset + position);
  // `any` without a kind is what an unknown name is said to be.
  if (!info?.displayParts?.length || info.kind === t.ScriptElementKind.unknown) return undefined;
  const definition = languageService.getDefinitionAtPosition(path, offset + position)?.[0];
  // A variable of an earlier cell is declared once more before this one: what is known of it stands in its own.
  const isRepeated = definition?.fileName === path && definition.textSpan.start < offset;
  const earlier = isRepeated ? compiler.declarationOf(definition.name) : undefined;
  const at = earlier ?? (definition && { path: definition.fileName, start: definition.textSpan.start });
  return {
    signature: plain(compiler, t.displayPartsToString(info.displayParts)),
    documentation: documentationOf(t, info) || documentationAtDefinition(compiler, at),
    source: earlier?.source ?? sourceOf(compiler, definition),
  };
}

/** `(alias) const n: 5 import n` is how the checker sees a name of an earlier cell. */
function plain(compiler: Compiler, signature: string): string {
  return compiler.readable(signature.replace(/^\(alias\) /, '').replace(/\nimport [^\n]*$/, ''));
}

function documentationOf(
  t: typeof ts,
  info: { documentation?: ts.SymbolDisplayPart[]; tags?: ts.JSDocTagInfo[] },
): string {
  const tags = (info.tags ?? []).map(tag => `@${tag.name} ${t.displayPartsToString(tag.text)}`.trim());
  return [t.displayPartsToString(info.documentation), ...tags].filter(Boolean).join('\n');
}

function documentationAtDefinition(
  compiler: Compiler,
  at: { path: string; start: number } | undefined,
): string {
  if (!at || !/\/__cell_\d+__\.ts$/.test(at.path)) return '';
  const info = compiler.workspace.languageService.getQuickInfoAtPosition(at.path, at.start);
  return info ? documentationOf(compiler.host.typescript, info) : '';
}

function sourceOf(compiler: Compiler, definition: ts.DefinitionInfo | undefined): string | undefined {
  if (!definition || definition.fileName.includes('/node_modules/')) return undefined;
  const span = definition.contextSpan;
  const text = span && compiler.workspace.text(definition.fileName);
  return text && span ? text.slice(span.start, span.start + span.length) : undefined;
}

function signatureHelp(compiler: Compiler, path: string, position: number): Inspection | undefined {
  const { typescript: t } = compiler.host;
  const help = compiler.workspace.languageService.getSignatureHelpItems(path, position, undefined);
  const item = help?.items[help.selectedItemIndex];
  if (!item) return undefined;
  const text = (parts: ts.SymbolDisplayPart[]) => t.displayPartsToString(parts);
  const parameters = item.parameters.map(p => text(p.displayParts)).join(text(item.separatorDisplayParts));
  const signature = text(item.prefixDisplayParts) + parameters + text(item.suffixDisplayParts);
  return { signature: compiler.readable(signature), documentation: documentationOf(t, item) };
}
