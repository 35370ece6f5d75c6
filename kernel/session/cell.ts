import type ts from 'typescript';

/** What a name at a cell's top level is; it decides how later cells see it. */
export type Kind =
  | 'let'
  | 'const'
  | 'function'
  | 'class'
  | 'enum'
  | 'namespace'
  | 'type'
  | 'import'
  | 'alias'
  | 'using';

export interface Declaration {
  kind: Kind;
  /** For an import: the declaration of just this name, ready to be repeated before a later cell. */
  clause?: string;
  /**
   * `let best = null` or `let xs = []`: the checker finds out what is in it from what its own cell does with it; the
   * type that later cells see.
   */
  evolving?: 'any' | 'any[]';
  /**
   * `interface` or `type`, alone or beside a value: where each of them stands in the source. An earlier value of the
   * name goes on beside them, as an earlier type does beside a value that is no class, enum or namespace.
   */
  types?: number[];
}

export interface ParsedCell {
  /** As the learner wrote it. */
  code: string;
  /** The cell's text with `export` and `default` modifiers blanked: a cell shares every name anyway. */
  source: string;
  declarations: Map<string, Declaration>;
  /** A superset of the names that the text refers to. */
  identifiers: Set<string>;
  /** `declare global { … }` and `declare module 'm' { … }` reach cells that name nothing of this one. */
  augmentsGlobal: boolean;
  /** `// @ts-nocheck` at the top. */
  unchecked: boolean;
  /** Of the learner's text alone: what stands behind it for the checker would only confuse. */
  syntax: ts.Diagnostic[];
}

/** Reads code as a module, in which `await` may stand at the top. */
export function parseModule(t: typeof ts, code: string): ts.SourceFile {
  const options: ts.CreateSourceFileOptions = {
    languageVersion: t.ScriptTarget.Latest,
    setExternalModuleIndicator: file => Object.assign(file, { externalModuleIndicator: true }),
  };
  return t.createSourceFile('cell.ts', code, options, true, t.ScriptKind.TS);
}

/** Not among the compiler's public types. */
export function syntaxErrors(file: ts.SourceFile): ts.Diagnostic[] {
  return (file as unknown as { parseDiagnostics: ts.Diagnostic[] }).parseDiagnostics;
}

/** Finds what a cell declares at its top level and which names it mentions. */
export function parseCell(typescript: typeof ts, code: string): ParsedCell {
  const file = parseModule(typescript, code);
  const declarations = new Map<string, Declaration>();
  let augmentsGlobal = false;
  for (const statement of file.statements) {
    collectStatement(typescript, statement, declarations);
    if (isAugmentation(typescript, statement)) augmentsGlobal = true;
  }
  const identifiers = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (typescript.isIdentifier(node) && mayRefer(typescript, node)) identifiers.add(node.text);
    typescript.forEachChild(node, visit);
  };
  visit(file);
  return {
    code,
    source: blankExports(typescript, file),
    declarations,
    identifiers,
    augmentsGlobal,
    syntax: syntaxErrors(file),
    unchecked: /^\s*\/\/+\s*@ts-nocheck/.test(code),
  };
}

/** Whether an identifier may speak of a variable or a type: the name of a property does not. */
function mayRefer(t: typeof ts, node: ts.Identifier): boolean {
  const { parent } = node;
  if (t.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (t.isQualifiedName(parent)) return parent.left === node;
  if (t.isBindingElement(parent)) return parent.propertyName !== node;
  const isMember =
    t.isPropertyAssignment(parent) ||
    t.isClassElement(parent) ||
    t.isTypeElement(parent) ||
    t.isEnumMember(parent);
  return !isMember || parent.name !== node;
}

function isAugmentation(t: typeof ts, statement: ts.Statement): boolean {
  if (!t.isModuleDeclaration(statement)) return false;
  return t.isStringLiteral(statement.name) || statement.name.text === 'global';
}

function collectStatement(t: typeof ts, statement: ts.Statement, into: Map<string, Declaration>): void {
  if (t.isImportDeclaration(statement)) return collectImport(t, statement, into);
  if (t.isVariableStatement(statement)) {
    return collectVariables(t, statement.declarationList, into, isAmbient(t, statement));
  }
  // What is only declared is there already: later cells need its type alone.
  const kind = isAmbient(t, statement) ? 'type' : kindOf(t, statement);
  if (!kind) return collectHoisted(t, statement, into);
  const name = (statement as ts.DeclarationStatement).name;
  if (!name || !t.isIdentifier(name) || name.text === 'global') return;
  const merged = into.get(name.text);
  const isType = t.isInterfaceDeclaration(statement) || t.isTypeAliasDeclaration(statement);
  const types = [...(merged?.types ?? []), ...(isType ? [statement.getStart()] : [])];
  const declaration = merged && merged.kind !== 'type' ? merged : { kind };
  into.set(name.text, types.length ? { ...declaration, types } : declaration);
}

function kindOf(t: typeof ts, statement: ts.Statement): Kind | undefined {
  if (t.isFunctionDeclaration(statement)) return 'function';
  if (t.isClassDeclaration(statement)) return 'class';
  if (t.isEnumDeclaration(statement)) return 'enum';
  if (t.isModuleDeclaration(statement)) return 'namespace';
  if (t.isImportEqualsDeclaration(statement)) return 'alias';
  if (t.isInterfaceDeclaration(statement) || t.isTypeAliasDeclaration(statement)) return 'type';
  return undefined;
}

function collectVariables(
  t: typeof ts,
  list: ts.VariableDeclarationList,
  into: Map<string, Declaration>,
  ambient = false,
): void {
  const flags = list.flags & t.NodeFlags.BlockScoped;
  const kind: Kind =
    flags === t.NodeFlags.Const ? 'const' : flags === t.NodeFlags.Let || flags === 0 ? 'let' : 'using';
  for (const declaration of list.declarations) {
    const evolving = ambient ? undefined : evolvingType(t, declaration);
    for (const name of boundNames(t, declaration.name)) {
      const types = into.get(name.text)?.types;
      const its = ambient ? { kind: 'type' as const } : { kind, ...(evolving && { evolving }) };
      into.set(name.text, types ? { ...its, types } : its);
    }
  }
}

function evolvingType(t: typeof ts, declaration: ts.VariableDeclaration): Declaration['evolving'] {
  const { type, initializer, parent } = declaration;
  if (type || !t.isIdentifier(declaration.name)) return undefined;
  if (initializer && t.isArrayLiteralExpression(initializer)) {
    return initializer.elements.length ? undefined : 'any[]';
  }
  const isConstant = (parent.flags & t.NodeFlags.BlockScoped) === t.NodeFlags.Const;
  if (isConstant || t.isForOfStatement(parent.parent) || t.isForInStatement(parent.parent)) return undefined;
  const isUndefined = !initializer || (t.isIdentifier(initializer) && initializer.text === 'undefined');
  return isUndefined || initializer.kind === t.SyntaxKind.NullKeyword ? 'any' : undefined;
}

/** `declare …` */
export function isAmbient(t: typeof ts, node: ts.Node): boolean {
  return (
    t.canHaveModifiers(node) && !!t.getModifiers(node)?.some(m => m.kind === t.SyntaxKind.DeclareKeyword)
  );
}

/** `var` in nested blocks belongs to the top level too. */
function collectHoisted(t: typeof ts, node: ts.Node, into: Map<string, Declaration>): void {
  if (t.isFunctionLike(node) || t.isClassLike(node)) return;
  if (t.isVariableDeclarationList(node) && !(node.flags & t.NodeFlags.BlockScoped)) {
    collectVariables(t, node, into);
  }
  t.forEachChild(node, child => collectHoisted(t, child, into));
}

/** The identifiers that a variable, or a destructuring pattern, binds. */
export function boundNames(t: typeof ts, name: ts.BindingName): ts.Identifier[] {
  if (t.isIdentifier(name)) return [name];
  return name.elements.flatMap(element =>
    t.isOmittedExpression(element) ? [] : boundNames(t, element.name),
  );
}

function collectImport(t: typeof ts, statement: ts.ImportDeclaration, into: Map<string, Declaration>): void {
  const clause = statement.importClause;
  if (!clause) return;
  const from = statement.moduleSpecifier.getText();
  const rest = `${from}${statement.attributes ? ` ${statement.attributes.getText()}` : ''};`;
  const type = clause.isTypeOnly ? 'type ' : '';
  const add = (name: string, binding: string) =>
    into.set(name, { kind: 'import', clause: `import ${type}${binding} from ${rest}` });
  if (clause.name) add(clause.name.text, clause.name.text);
  const bindings = clause.namedBindings;
  if (!bindings) return;
  if (t.isNamespaceImport(bindings)) add(bindings.name.text, `* as ${bindings.name.text}`);
  else for (const element of bindings.elements) add(element.name.text, `{ ${element.getText()} }`);
}

/** Same length, so that every position stays where the learner put it. */
function blankExports(t: typeof ts, file: ts.SourceFile): string {
  let text = file.text;
  const blank = (start: number, end: number) => {
    text = text.slice(0, start) + text.slice(start, end).replace(/[^\r\n]/g, ' ') + text.slice(end);
  };
  for (const statement of file.statements) {
    if (t.isExportDeclaration(statement) && !statement.moduleSpecifier) {
      blank(statement.getStart(file), statement.end);
    }
    if (!t.canHaveModifiers(statement)) continue;
    const named =
      t.isVariableStatement(statement) || (statement as ts.DeclarationStatement).name !== undefined;
    for (const modifier of t.getModifiers(statement) ?? []) {
      const exporting =
        modifier.kind === t.SyntaxKind.ExportKeyword || modifier.kind === t.SyntaxKind.DefaultKeyword;
      if (!named || !exporting) continue;
      blank(modifier.getStart(file), modifier.end);
    }
  }
  return text;
}

/** The first line of a cell's file declares what even earlier cells gave. */
export function isOfHeader(declaration: ts.Node): boolean {
  return declaration.pos < declaration.getSourceFile().text.indexOf('\n');
}

/** A function or class without a name takes it from the variable it is first put in. */
export function isAnonymousFunction(t: typeof ts, node: ts.Expression | undefined): boolean {
  if (!node) return false;
  if (t.isParenthesizedExpression(node)) return isAnonymousFunction(t, node.expression);
  if (t.isArrowFunction(node)) return true;
  return (t.isFunctionExpression(node) || t.isClassExpression(node)) && !node.name;
}

/** An import that names an earlier cell. */
export function isCellFile(statement: ts.ImportDeclaration): boolean {
  return (statement.moduleSpecifier as ts.StringLiteral).text.startsWith('./__cell_');
}
