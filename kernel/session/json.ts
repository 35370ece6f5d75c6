import type ts from 'typescript';
import { syntaxErrors } from './cell.ts';

/** What is wrong with a JSON file: TypeScript reads more than JSON allows, and the engine does not say where. */
export function jsonErrors(t: typeof ts, path: string, text: string): ts.Diagnostic[] {
  let message: string;
  try {
    JSON.parse(text);
    return [];
  } catch (error) {
    message = (error as Error).message.replaceAll('\n', ' ');
  }
  const file = t.parseJsonText(path, text);
  const errors = syntaxErrors(file);
  if (errors.length) return errors.slice(0, 1);
  const comma = trailingComma(t, file);
  if (comma !== undefined) return [syntaxError(t, file, comma, 1009, 'Trailing comma not allowed.')];
  return [syntaxError(t, file, 0, 1005, message)];
}

function syntaxError(t: typeof ts, file: ts.SourceFile, start: number, code: number, messageText: string) {
  return { file, start, length: 1, code, messageText, category: t.DiagnosticCategory.Error };
}

function trailingComma(t: typeof ts, node: ts.Node): number | undefined {
  const items = t.isArrayLiteralExpression(node)
    ? node.elements
    : t.isObjectLiteralExpression(node)
      ? node.properties
      : undefined;
  if (items?.hasTrailingComma) return items.end - 1;
  return t.forEachChild(node, child => trailingComma(t, child));
}
