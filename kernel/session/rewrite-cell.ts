import type ts from 'typescript';
import { boundNames, isAmbient, isAnonymousFunction, isCellFile } from './cell.ts';
import { isDeclaredOnly } from './declared-only.ts';
import { Rewriter } from './rewrite.ts';
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
  private readonly hoisted: string[] = [];

  constructor(
    private readonly t: typeof ts,
    checker: ts.TypeChecker,
    context: ts.TransformationContext,
  ) {
    this.f = context.factory;
    this.rewriter = new Rewriter(t, checker, context, module =>
      context.factory.createPropertyAccessExpression(module, 'ns'),
    );
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
    const functions = this.hoisted.map(
      name => `${boxVariable(name)}.$ = ${name}; $$0cell.done(${JSON.stringify(name)});`,
    );
    return `const ${[...bindings, ...names, ...modules].join(', ')}; ${functions.join(' ')}`;
  }

  statement(node: ts.Statement, isLast: boolean): ts.Statement[] {
    const { t, f, rewriter } = this;
    if (t.isImportDeclaration(node) || t.isExportDeclaration(node)) return [];
    if (t.isExportAssignment(node))
      return [f.createExpressionStatement(rewriter.expression(node.expression))];
    if (t.isExpressionStatement(node) && isLast) return [this.lastValue(node)];
    if (t.isVariableStatement(node)) return this.variables(node);
    if (t.isImportEqualsDeclaration(node)) return this.alias(node);
    if (this.isNamedValue(node)) return this.namedValue(node);
    if ((t.isFunctionDeclaration(node) || t.isClassDeclaration(node)) && !node.name)
      return this.nameless(node);
    return [this.nested(node) as ts.Statement];
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
    const { modifiers, typeParameters, heritageClauses, members } = node;
    const decorators = modifiers?.filter(m => t.isDecorator(m));
    const made = f.createClassExpression(decorators, undefined, typeParameters, heritageClauses, members);
    return [f.createExpressionStatement(f.createParenthesizedExpression(rewriter.expression(made)))];
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
    if (t.isIdentifier(node.name) && !isAnonymousFunction(t, node.initializer)) {
      const value = node.initializer ? rewriter.expression(node.initializer) : f.createVoidZero();
      const assignment = rewriter.at(f.createAssignment(rewriter.box(node.name.text), value), node);
      const isBareVar = !node.initializer && !(node.parent.flags & t.NodeFlags.BlockScoped);
      const effect = isBareVar ? this.unlessDone(node.name, assignment) : assignment;
      return [rewriter.at(f.createExpressionStatement(effect), node), this.doneStatement(names)];
    }
    // As a local constant first: a function takes its name from it, a pattern needs no second form.
    const initializer = node.initializer && rewriter.expression(node.initializer);
    const pattern = rewriter.withoutBoxes(
      names,
      () => t.visitNode(node.name, rewriter.visit) as ts.BindingName,
    );
    const declared = rewriter.at(
      f.createVariableDeclaration(pattern, undefined, undefined, initializer),
      node,
    );
    const local = f.createVariableStatement(
      [],
      f.createVariableDeclarationList([declared], t.NodeFlags.Const),
    );
    return [f.createBlock([rewriter.at(local, node), ...this.fill(names)], true)];
  }

  /** Statements that do not declare at the top level; a `var` in them still does. */
  private nested(node: ts.Node): ts.Node {
    const { t, f, rewriter } = this;
    const visit = (child: ts.Node): ts.Node | ts.Node[] => {
      if (t.isFunctionLike(child) || t.isClassLike(child) || t.isExpression(child))
        return rewriter.visit(child);
      if (t.isVariableStatement(child) && this.declaresVar(child.declarationList)) {
        return child.declarationList.declarations.flatMap(d => this.variable(d));
      }
      if (t.isForStatement(child) && child.initializer && this.declaresVar(child.initializer)) {
        return this.countVar(child, child.initializer);
      }
      if ((t.isForOfStatement(child) || t.isForInStatement(child)) && this.declaresVar(child.initializer)) {
        return this.forVar(child);
      }
      if (t.isForOfStatement(child) && child.awaitModifier) return this.forAwait(child);
      if (t.isLabeledStatement(child)) {
        // What must come before the loop comes before its label.
        const loop = [visit(child.statement)].flat() as ts.Statement[];
        return [...loop.slice(0, -1), f.updateLabeledStatement(child, child.label, loop[loop.length - 1])];
      }
      return t.visitEachChild(child, visit, rewriter.context);
    };
    const result = visit(node);
    return Array.isArray(result) ? f.createBlock(result as ts.Statement[], true) : result;
  }

  private forAwait(node: ts.ForOfStatement): ts.Statement {
    const { f, rewriter } = this;
    const over = rewriter.walked(node, rewriter.expression(node.expression));
    const initializer = rewriter.visit(node.initializer) as ts.ForInitializer;
    const body = this.nested(node.statement) as ts.Statement;
    return f.updateForOfStatement(node, node.awaitModifier, initializer, over, body);
  }

  /** `for (var i = 0; …)` becomes `for ($$1i.$ = 0; …)`; a pattern goes before the loop. */
  private countVar(node: ts.ForStatement, list: ts.VariableDeclarationList): ts.Statement[] {
    const { t, f, rewriter } = this;
    const part = (e: ts.Expression | undefined) => e && rewriter.expression(e);
    const assignments = list.declarations.flatMap(d => this.variable(d));
    const simple = assignments.every(s => t.isExpressionStatement(s));
    const initializer = simple
      ? assignments.map(s => (s as ts.ExpressionStatement).expression).reduce((a, b) => f.createComma(a, b))
      : undefined;
    const body = this.nested(node.statement) as ts.Statement;
    const loop = f.updateForStatement(node, initializer, part(node.condition), part(node.incrementor), body);
    return simple ? [loop] : [...assignments, loop];
  }

  /** `for (var x of xs)` becomes `for (const x of xs) { $$1x.$ = x; … }`. */
  private forVar(node: ts.ForOfStatement | ts.ForInStatement): ts.Node {
    const { t, f, rewriter } = this;
    const [declaration] = (node.initializer as ts.VariableDeclarationList).declarations;
    const names = boundNames(t, declaration.name);
    const pattern = rewriter.withoutBoxes(
      names,
      () => t.visitNode(declaration.name, rewriter.visit) as ts.BindingName,
    );
    const local = f.createVariableDeclarationList([f.createVariableDeclaration(pattern)], t.NodeFlags.Const);
    const body = f.createBlock([...this.fill(names), this.nested(node.statement) as ts.Statement], true);
    const over = rewriter.expression(node.expression);
    return t.isForOfStatement(node)
      ? f.updateForOfStatement(node, node.awaitModifier, local, rewriter.walked(node, over), body)
      : f.updateForInStatement(node, local, over, body);
  }

  private declaresVar(node: ts.ForInitializer): node is ts.VariableDeclarationList {
    const { t } = this;
    if (!t.isVariableDeclarationList(node) || node.flags & t.NodeFlags.BlockScoped) return false;
    return boundNames(t, node.declarations[0].name).some(name => this.rewriter.isBoxed(name));
  }

  private fill(names: ts.Identifier[]): ts.Statement[] {
    const { f, rewriter } = this;
    const fills = names.map(name =>
      f.createExpressionStatement(f.createAssignment(rewriter.box(name.text), f.createIdentifier(name.text))),
    );
    return [...fills, this.doneStatement(names)];
  }

  /** `var n;` leaves the value that the cell has given to `n` before, also in an earlier turn of a loop. */
  private unlessDone(name: ts.Identifier, assignment: ts.Expression): ts.Expression {
    const isDone = this.runtimeCall('isDone', [this.f.createStringLiteral(name.text)]);
    return this.f.createLogicalOr(isDone, assignment);
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
