import type ts from 'typescript';
import { named, namingVariable } from './assigned-function.ts';
import { isAnonymousFunction } from './cell.ts';
import { WaitRewriter } from './rewrite-waiting.ts';
import { boxVariable } from './runtime-names.ts';

/** Where the value of an imported name lives: module number, and the export (`*` for the namespace). */
interface ImportedName {
  module: number;
  member: string;
}

/**
 * Rewrites references, for cells and project files alike. TypeScript's checker says what each identifier means,
 * so shadowing, shorthand properties and destructuring come out right.
 *
 * - `import { f } from './m'; f(1)` becomes `(0, $$0m0.f)(1)`
 * - a cell's top-level `n` becomes `$$1n.$`: one box a name, shared by all cells
 * - names of the runtime begin with `$$0`, as no box does: a variable may be called `after` or `m0`
 * - `import(x)`, `import.meta`, `await x`, `for await` go through the runtime
 */
export class Rewriter {
  /** Specifiers of the modules, by number. */
  readonly specifiers: string[] = [];
  /** Numbers of the modules that the code needs when it runs. */
  readonly needed = new Set<number>();
  /** Names of the boxes that were met. */
  readonly boxed = new Set<string>();
  private readonly imports = new Map<ts.Symbol, ImportedName>();
  /** By module: what the learner calls its default export, and what its namespace. */
  private readonly localNames = new Map<number, { default?: string; '*'?: string }>();
  private readonly boxes = new Map<ts.Symbol, string>();
  private readonly candidates = new Set<string>();
  private readonly f: ts.NodeFactory;
  readonly waits: WaitRewriter;

  constructor(
    readonly t: typeof ts,
    readonly checker: ts.TypeChecker,
    readonly context: ts.TransformationContext,
    /** `$$0m0.ns.x` in cells, where a module may be replaced; `$$0m0.x` in files, which are replaced with it. */
    private readonly namespaceOf: (module: ts.Identifier) => ts.Expression,
  ) {
    this.f = context.factory;
    this.waits = new WaitRewriter(t, this.f);
  }

  /** The number of the module that `specifier` names. */
  module(specifier: ts.Expression): number {
    const text = (specifier as ts.StringLiteral).text;
    const known = this.specifiers.indexOf(text);
    return known >= 0 ? known : this.specifiers.push(text) - 1;
  }

  /** Notes the names of an import declaration. `load`: the module is needed even where no name is used. */
  addImport(statement: ts.ImportDeclaration, load: boolean): void {
    const clause = statement.importClause;
    const module = this.module(statement.moduleSpecifier);
    if (!clause) {
      this.needed.add(module);
      return;
    }
    if (clause.isTypeOnly) return;
    const bindings = clause.namedBindings;
    if (clause.name) this.addImportedName(clause.name, module, 'default', load);
    if (!bindings) return;
    if (this.t.isNamespaceImport(bindings)) this.addImportedName(bindings.name, module, '*', load);
    else
      for (const e of bindings.elements)
        if (!e.isTypeOnly) this.addImportedName(e.name, module, (e.propertyName ?? e.name).text, load);
  }

  private addImportedName(name: ts.Identifier, module: number, member: string, load: boolean): void {
    const symbol = this.checker.getSymbolAtLocation(name);
    if (!symbol) return;
    this.imports.set(symbol, { module, member });
    this.candidates.add(name.text);
    if (member === 'default' || member === '*') {
      this.localNames.set(module, { [member]: name.text, ...this.localNames.get(module) });
    }
    const target = symbol.flags & this.t.SymbolFlags.Alias ? this.checker.getAliasedSymbol(symbol) : symbol;
    const isType = target.flags & this.t.SymbolFlags.Type && !(target.flags & this.t.SymbolFlags.Value);
    if (load && !isType) this.needed.add(module);
  }

  /** What an import declaration made of this symbol, where one did. */
  importedBy(symbol: ts.Symbol | undefined): ImportedName | undefined {
    return symbol && this.imports.get(symbol);
  }

  /** From here on, references to what `name` declares go to the box of that name. */
  addBox(name: ts.Identifier): void {
    const symbol = this.checker.getSymbolAtLocation(name);
    if (!symbol) return;
    this.boxes.set(symbol, name.text);
    this.candidates.add(name.text);
  }

  isBoxed(name: ts.Identifier): boolean {
    const symbol = this.checker.getSymbolAtLocation(name);
    return symbol !== undefined && this.boxes.has(symbol);
  }

  /** Runs `visit` while the given names keep their local meaning. */
  withoutBoxes<T>(names: ts.Identifier[], visit: () => T): T {
    const held = names.flatMap(name => {
      const symbol = this.checker.getSymbolAtLocation(name);
      const box = symbol && this.boxes.get(symbol);
      return symbol && box !== undefined ? [[symbol, box] as const] : [];
    });
    for (const [symbol] of held) this.boxes.delete(symbol);
    const result = visit();
    for (const [symbol, box] of held) this.boxes.set(symbol, box);
    return result;
  }

  box(name: string): ts.Expression {
    this.boxed.add(name);
    return this.f.createPropertyAccessExpression(this.f.createIdentifier(boxVariable(name)), '$');
  }

  /**
   * The variable that holds a module. It tells messages of the JavaScript engine what the learner calls the default
   * export and the namespace: `readableNames` reads it.
   */
  moduleVariable(module: number): string {
    const names = this.localNames.get(module);
    return `$$0m${module}${names ? `·${names.default ?? ''}·${names['*'] ?? ''}` : ''}`;
  }

  /** The name under which files read a module's exports. */
  member(module: number, member: string): ts.Expression {
    this.needed.add(module);
    const namespace = this.namespaceOf(this.f.createIdentifier(this.moduleVariable(module)));
    if (member === '*') return namespace;
    return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(member)
      ? this.f.createPropertyAccessExpression(namespace, member)
      : this.f.createElementAccessExpression(namespace, this.f.createStringLiteral(member));
  }

  readonly visit = (node: ts.Node): ts.Node => {
    const { t, f } = this;
    if (t.isTypeNode(node) && !t.isExpressionWithTypeArguments(node)) return node;
    if (t.isInterfaceDeclaration(node) || t.isTypeAliasDeclaration(node)) return node;
    if (t.isIdentifier(node)) return this.identifier(node) ?? node;
    if (t.isImportEqualsDeclaration(node)) return this.alias(node);
    const naming = namingVariable(t, node);
    if (naming && this.isBoxed(naming)) {
      const { left, operatorToken, right } = node as ts.BinaryExpression;
      const value = this.at(named(f, naming.text, this.expression(right)), right);
      return f.updateBinaryExpression(
        node as ts.BinaryExpression,
        this.expression(left),
        operatorToken,
        value,
      );
    }
    if (t.isShorthandPropertyAssignment(node)) return this.shorthand(node);
    if (t.isCallExpression(node)) return this.call(node);
    if (t.isTaggedTemplateExpression(node) && this.isRewritten(node.tag)) {
      const template = t.visitNode(node.template, this.visit) as ts.TemplateLiteral;
      return f.updateTaggedTemplateExpression(node, this.unbound(node.tag), node.typeArguments, template);
    }
    if (t.isAwaitExpression(node)) {
      return this.waits.resumed(node, t.visitEachChild(node, this.visit, this.context));
    }
    if (t.isForOfStatement(node) && node.awaitModifier) return this.forAwait(node);
    if (t.isMetaProperty(node) && node.keywordToken === t.SyntaxKind.ImportKeyword) {
      return this.at(f.createIdentifier('$$0meta'), node);
    }
    return t.visitEachChild(node, this.visit, this.context);
  };

  /** What `import C = A.B` stands for; undefined where that is only a type. */
  aliased(node: ts.ImportEqualsDeclaration): ts.Expression | undefined {
    const { t, f, checker } = this;
    const symbol = checker.getSymbolAtLocation(node.name);
    const isAlias = symbol && (symbol.flags & t.SymbolFlags.Alias) !== 0;
    const isValue = isAlias && (checker.getAliasedSymbol(symbol).flags & t.SymbolFlags.Value) !== 0;
    if (!isValue || node.isTypeOnly || t.isExternalModuleReference(node.moduleReference)) return undefined;
    const path = (name: ts.EntityName): ts.Expression =>
      t.isIdentifier(name)
        ? (this.identifier(name) ?? name)
        : this.at(f.createPropertyAccessExpression(path(name.left), name.right.text), name);
    return path(node.moduleReference);
  }

  private alias(node: ts.ImportEqualsDeclaration): ts.Node {
    const { t, f } = this;
    const value = this.aliased(node);
    if (!value) return node;
    const variable = f.createVariableDeclaration(node.name, undefined, undefined, value);
    const list = f.createVariableDeclarationList([variable], t.NodeFlags.Const);
    return this.at(f.createVariableStatement(node.modifiers, list), node);
  }

  expression(node: ts.Expression): ts.Expression {
    return this.t.visitNode(node, this.visit) as ts.Expression;
  }

  /** Errors and source maps point at `original`. */
  at<T extends ts.Node>(node: T, original: ts.Node): T {
    return this.t.setTextRange(node, original);
  }

  private identifier(node: ts.Identifier): ts.Expression | undefined {
    if (!this.candidates.has(node.text)) return undefined;
    // A name that is being declared, or that follows a dot, is no reference.
    if ((node.parent as ts.NamedDeclaration | undefined)?.name === node) return undefined;
    return this.meaning(this.checker.getSymbolAtLocation(node), node);
  }

  private meaning(symbol: ts.Symbol | undefined, node: ts.Node): ts.Expression | undefined {
    if (!symbol) return undefined;
    const box = this.boxes.get(symbol);
    if (box !== undefined) return this.at(this.box(box), node);
    const imported = this.imports.get(symbol);
    return imported && this.at(this.member(imported.module, imported.member), node);
  }

  private shorthand(node: ts.ShorthandPropertyAssignment): ts.Node {
    const { t, f } = this;
    const symbol = this.checker.getShorthandAssignmentValueSymbol(node);
    const target = this.candidates.has(node.name.text) ? this.meaning(symbol, node.name) : undefined;
    if (!target) return t.visitEachChild(node, this.visit, this.context);
    const { text } = node.name;
    const fallback = node.objectAssignmentInitializer;
    const given = fallback && this.expression(fallback);
    const isNameless = isAnonymousFunction(t, fallback);
    const value = given ? f.createAssignment(target, isNameless ? named(f, text, given) : given) : target;
    // Written out, `__proto__: x` would set the prototype.
    const key = f.createIdentifier(text);
    const property = text === '__proto__' ? f.createComputedPropertyName(f.createStringLiteral(text)) : key;
    return this.at(f.createPropertyAssignment(property, value), node);
  }

  private call(node: ts.CallExpression): ts.Node {
    const { t, f } = this;
    if (node.expression.kind === t.SyntaxKind.ImportKeyword) {
      const args = t.visitNodes(node.arguments, this.visit) as ts.NodeArray<ts.Expression>;
      return this.at(f.createCallExpression(f.createIdentifier('$$0import'), undefined, args), node);
    }
    const visited = t.visitEachChild(node, this.visit, this.context);
    if (!this.isRewritten(node.expression)) return visited;
    const callee = this.unbound(node.expression);
    return t.isCallChain(node)
      ? f.updateCallChain(
          visited as ts.CallChain,
          callee,
          node.questionDotToken,
          node.typeArguments,
          visited.arguments,
        )
      : f.updateCallExpression(visited, callee, node.typeArguments, visited.arguments);
  }

  /** `(0, $$1f.$)`: a function called by its plain name has no `this`. */
  private unbound(callee: ts.Expression): ts.Expression {
    const { f } = this;
    const comma = f.createComma(f.createNumericLiteral(0), this.expression(callee));
    return this.at(f.createParenthesizedExpression(comma), callee);
  }

  private isRewritten(callee: ts.Expression): boolean {
    const { t } = this;
    let inner = callee;
    while (
      t.isParenthesizedExpression(inner) ||
      t.isNonNullExpression(inner) ||
      t.isAsExpression(inner) ||
      t.isSatisfiesExpression(inner) ||
      t.isExpressionWithTypeArguments(inner) ||
      t.isTypeAssertionExpression(inner)
    ) {
      inner = inner.expression;
    }
    return t.isIdentifier(inner) && this.identifier(inner) !== undefined;
  }

  /** An interrupt must be able to end the loop: what it walks goes on through the runtime, as `await` does. */
  private forAwait(node: ts.ForOfStatement): ts.Node {
    const { t, f, waits } = this;
    const visited = t.visitEachChild(node, this.visit, this.context);
    const { awaitModifier, initializer, statement } = visited;
    const walked = waits.walked(node, visited.expression);
    return f.updateForOfStatement(
      visited,
      awaitModifier,
      initializer,
      walked,
      waits.walking(node, statement),
    );
  }
}
