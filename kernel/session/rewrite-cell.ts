import type ts from 'typescript';
import { classExpression } from './assigned-function.ts';
import { boundNames, isAmbient, isAnonymousFunction, isCellFile } from './cell.ts';
import { isDeclaredOnly } from './declared-only.ts';
import { Rewriter } from './rewrite.ts';
import { NestedRewriter } from './rewrite-nested.ts';
import { PatternRewriter } from './rewrite-pattern.ts';
import { boxVariable, runtimeBindings } from './runtime-names.ts';

export interface CellRewrite {
  /** Runs before the cell's first line. */
  prologue: string;
  specifiers: string[];
  needed: Set<number>;
}

/**
 * Turns a checked cell into statements that work on boxes. `start` and `end` delimit the learner's text in the file:
 * what stands before and after it was put there for the checker and is dropped.
 */
export function rewriteCell(
  t: typeof ts,
  checker: ts.TypeChecker,
  start: number,
  end: number,
  done: (rewrite: CellRewrite) => void,
): ts.TransformerFactory<ts.SourceFile> {
  return context => file => {
    const cell = new CellRewriter(t, checker, context);
    const own = file.statements.filter(s => s.getStart(file) >= start && s.end <= end);
    cell.declare(file.statements, own);
    const statements = own.flatMap((s, i) => cell.statement(s, i === own.length - 1));
    done({ prologue: cell.prologue(), specifiers: cell.rewriter.specifiers, needed: cell.rewriter.needed });
    return context.factory.updateSourceFile(file, statements);
  };
}

class CellRewriter {
  readonly rewriter: Rewriter;
  private readonly f: ts.NodeFactory;
  /** Functions, and variables of a `var` without a value: they are there when the cell begins. */
  private readonly hoisted: string[] = [];
  private readonly bare = new Set<string>();
  private readonly patterns: PatternRewriter;
  private readonly nested: NestedRewriter;

  constructor(
    private readonly t: typeof ts,
    checker: ts.TypeChecker,
    context: ts.TransformationContext,
  ) {
    this.f = context.factory;
    this.rewriter = new Rewriter(t, checker, context, module =>
      context.factory.createPropertyAccessExpression(module, 'ns'),
    );
    this.patterns = new PatternRewriter(t, this.rewriter);
    this.nested = new NestedRewriter(t, this.rewriter, this.patterns, {
      variable: node => this.variable(node),
      fill: names => this.fill(names),
      done: names => this.doneStatement(names),
    });
  }

  /** Finds the boxes and imports: those of the header, from earlier cells, and the cell's own. */
  declare(all: readonly ts.Statement[], own: readonly ts.Statement[]): void {
    const { t } = this;
    for (const statement of all) {
      const isOwn = own.includes(statement);
      if (isOwn && isAmbient(t, statement)) continue;
      if (!t.isImportDeclaration(statement)) this.declareBoxes(statement);
      else if (!isOwn && isCellFile(statement)) this.declareImportedBoxes(statement);
      else this.rewriter.addImport(statement, isOwn);
    }
  }

  private declareImportedBoxes(statement: ts.ImportDeclaration): void {
    const bindings = statement.importClause?.namedBindings as ts.NamedImports;
    for (const { name } of bindings.elements) {
      if (!isDeclaredOnly(this.t, this.rewriter.checker, name)) this.rewriter.addBox(name);
    }
  }

  private declareBoxes(node: ts.Node): void {
    const { t } = this;
    if (t.isVariableDeclarationList(node)) {
      const isUsing = (node.flags & t.NodeFlags.BlockScoped) >= t.NodeFlags.Using;
      const isTop = t.isVariableStatement(node.parent) && t.isSourceFile(node.parent.parent);
      if (isUsing || !(isTop || !(node.flags & t.NodeFlags.BlockScoped))) return;
      for (const d of node.declarations) for (const name of boundNames(t, d.name)) this.rewriter.addBox(name);
      return;
    }
    if ((this.isNamedValue(node) || t.isImportEqualsDeclaration(node)) && t.isSourceFile(node.parent))
      this.rewriter.addBox(node.name as ts.Identifier);
    if (t.isFunctionLike(node) || t.isClassLike(node)) return;
    t.forEachChild(node, child => this.declareBoxes(child));
  }

  private isNamedValue(node: ts.Node): node is ts.DeclarationStatement {
    const { t } = this;
    const kind =
      t.isFunctionDeclaration(node) ||
      t.isClassDeclaration(node) ||
      t.isEnumDeclaration(node) ||
      t.isModuleDeclaration(node);
    return kind && node.name !== undefined && t.isIdentifier(node.name) && node.name.text !== 'global';
  }

  prologue(): string {
    const { rewriter } = this;
    const { boxed, needed } = rewriter;
    const names = [...boxed].map(name => `${boxVariable(name)} = $$0cell.box(${JSON.stringify(name)})`);
    const modules = [...needed].map(i => `${rewriter.moduleVariable(i)} = $$0cell.module(${i})`);
    const bindings = runtimeBindings('$$0cell');
    const fill = (name: string, value: string) =>
      `${boxVariable(name)}.$ = ${value}; $$0cell.done(${JSON.stringify(name)});`;
    const bare = [...this.bare].map(name => fill(name, 'void 0'));
    const functions = this.hoisted.map(name => fill(name, name));
    return `const ${[...bindings, ...names, ...modules].join(', ')}; ${[...bare, ...functions].join(' ')}`;
  }

  statement(node: ts.Statement, isLast: boolean): ts.Statement[] {
    const { t, f, rewriter } = this;
    if (t.isImportDeclaration(node)) return [];
    if (t.isExportDeclaration(node)) return this.reExport(node);
    if (t.isExportAssignment(node))
      return [f.createExpressionStatement(rewriter.expression(node.expression))];
    if (t.isExpressionStatement(node) && isLast) return [this.lastValue(node)];
    if (t.isVariableStatement(node)) return this.variables(node);
    if (t.isImportEqualsDeclaration(node)) return this.alias(node);
    if (this.isNamedValue(node)) return this.namedValue(node);
    if ((t.isFunctionDeclaration(node) || t.isClassDeclaration(node)) && !node.name)
      return this.nameless(node);
    return [this.nested.statement(node) as ts.Statement];
  }

  /** `export … from 'm'`: the module is loaded. */
  private reExport({ moduleSpecifier, isTypeOnly }: ts.ExportDeclaration): [] {
    if (moduleSpecifier && !isTypeOnly) this.rewriter.needed.add(this.rewriter.module(moduleSpecifier));
    return [];
  }

  private lastValue(node: ts.ExpressionStatement): ts.Statement {
    const value = this.runtimeCall('value', [this.rewriter.expression(node.expression)]);
    return this.rewriter.at(this.f.createExpressionStatement(value), node);
  }

  private namedValue(node: ts.DeclarationStatement): ts.Statement[] {
    const { t, rewriter } = this;
    const name = node.name as ts.Identifier;
    const symbol = rewriter.checker.getSymbolAtLocation(name);
    if (isAmbient(t, node) || !symbol || !(symbol.flags & t.SymbolFlags.Value)) return [node];
    if (t.isFunctionDeclaration(node)) {
      rewriter.box(name.text);
      if (node.body) this.hoisted.push(name.text);
      return [t.visitEachChild(node, rewriter.visit, rewriter.context)];
    }
    // A class, enum or namespace speaks of itself while it is being made: there the box is still empty.
    const made = rewriter.withoutBoxes([name], () =>
      t.visitEachChild(node, rewriter.visit, rewriter.context),
    );
    return [made, ...this.fill([name])];
  }

  private alias(node: ts.ImportEqualsDeclaration): ts.Statement[] {
    const { f, rewriter } = this;
    const value = rewriter.aliased(node);
    const fill = value && f.createAssignment(rewriter.box(node.name.text), value);
    return [
      ...(fill ? [rewriter.at(f.createExpressionStatement(fill), node)] : []),
      this.doneStatement([node.name]),
    ];
  }

  /** `export default class { … }`: nothing can refer to it, but it is made. */
  private nameless(node: ts.FunctionDeclaration | ts.ClassDeclaration): ts.Statement[] {
    const { t, f, rewriter } = this;
    if (t.isFunctionDeclaration(node)) return [];
    const made = rewriter.expression(classExpression(t, f, node));
    return [f.createExpressionStatement(f.createParenthesizedExpression(made))];
  }

  private variables(node: ts.VariableStatement): ts.Statement[] {
    const { t } = this;
    const list = node.declarationList;
    if (isAmbient(t, node)) return [];
    if ((list.flags & t.NodeFlags.BlockScoped) >= t.NodeFlags.Using) {
      return [t.visitEachChild(node, this.rewriter.visit, this.rewriter.context)];
    }
    return list.declarations.flatMap(declaration => this.variable(declaration));
  }

  private variable(node: ts.VariableDeclaration): ts.Statement[] {
    const { t, f, rewriter } = this;
    const names = boundNames(t, node.name);
    if (t.isIdentifier(node.name) && this.isBareVar(node)) {
      rewriter.box(node.name.text);
      this.bare.add(node.name.text);
      return [f.createEmptyStatement()];
    }
    if (t.isIdentifier(node.name) && !isAnonymousFunction(t, node.initializer)) {
      const value = node.initializer ? rewriter.expression(node.initializer) : f.createVoidZero();
      const assignment = rewriter.at(f.createAssignment(rewriter.box(node.name.text), value), node);
      return [rewriter.at(f.createExpressionStatement(assignment), node), this.doneStatement(names)];
    }
    if (node.initializer && this.patterns.speaksOfItself(node.name)) {
      const target = this.patterns.target(node.name);
      const assignment = rewriter.at(f.createAssignment(target, rewriter.expression(node.initializer)), node);
      return [rewriter.at(f.createExpressionStatement(assignment), node), this.doneStatement(names)];
    }
    // As a local constant first: a function takes its name from it, a pattern needs no second form.
    const initializer = node.initializer && rewriter.expression(node.initializer);
    const declared = rewriter.at(
      f.createVariableDeclaration(this.patterns.local(node.name), undefined, undefined, initializer),
      node,
    );
    const local = f.createVariableStatement(
      [],
      f.createVariableDeclarationList([declared], t.NodeFlags.Const),
    );
    return [f.createBlock([rewriter.at(local, node), ...this.fill(names)], true)];
  }

  private isBareVar(node: ts.VariableDeclaration): boolean {
    return !node.initializer && !(node.parent.flags & this.t.NodeFlags.BlockScoped);
  }

  private fill(names: ts.Identifier[]): ts.Statement[] {
    const { f, rewriter } = this;
    const fills = names.map(name =>
      f.createExpressionStatement(f.createAssignment(rewriter.box(name.text), f.createIdentifier(name.text))),
    );
    return [...fills, this.doneStatement(names)];
  }

  private doneStatement(names: ts.Identifier[]): ts.Statement {
    const literals = names.map(name => this.f.createStringLiteral(name.text));
    return this.f.createExpressionStatement(this.runtimeCall('done', literals));
  }

  private runtimeCall(name: string, args: ts.Expression[]): ts.Expression {
    const { f } = this;
    return f.createCallExpression(
      f.createPropertyAccessExpression(f.createIdentifier('$$0cell'), name),
      undefined,
      args,
    );
  }
}
