import type ts from 'typescript';
import { isOfHeader } from './cell.ts';

/** Whether an earlier cell took a name from its surroundings, by `declare const name`. `name` is what imports it. */
export function isDeclaredOnly(t: typeof ts, checker: ts.TypeChecker, name: ts.Identifier): boolean {
  const symbol = checker.getSymbolAtLocation(name);
  const isImport = symbol && (symbol.flags & t.SymbolFlags.Alias) !== 0;
  if (!isImport || isAliasThere(t, checker, name)) return false;
  const declaration = checker.getAliasedSymbol(symbol).valueDeclaration;
  return (
    !!declaration &&
    !isOfHeader(declaration) &&
    (t.getCombinedModifierFlags(declaration) & t.ModifierFlags.Ambient) !== 0
  );
}

/** `import name = A.B`: the cell has given it a value, whatever `A.B` is. */
function isAliasThere(t: typeof ts, checker: ts.TypeChecker, name: ts.Identifier): boolean {
  const { moduleSpecifier } = name.parent.parent.parent.parent as ts.ImportDeclaration;
  const cell = checker.getSymbolAtLocation(moduleSpecifier);
  const shared = cell?.exports?.get(t.escapeLeadingUnderscores(name.text))?.declarations?.[0];
  const symbol =
    shared && t.isExportSpecifier(shared) ? checker.getExportSpecifierLocalTargetSymbol(shared) : undefined;
  return !!symbol?.declarations?.some(declaration => t.isImportEqualsDeclaration(declaration));
}
