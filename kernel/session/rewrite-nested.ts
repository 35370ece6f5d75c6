import type ts from 'typescript';
import { boundNames } from './cell.ts';
import type { Rewriter } from './rewrite.ts';
import type { PatternRewriter } from './rewrite-pattern.ts';

/** Statements for variables of the cell. */
interface Variables {
  /** Gives one its value. */
  variable(node: ts.VariableDeclaration): ts.Statement[];
  /** Gives them the values of local ones of their names. */
  fill(names: ts.Identifier[]): ts.Statement[];
  /** They have their values. */
  done(names: ts.Identifier[]): ts.Statement;
}

/** Statements inside others: loops and blocks at a cell's top level. A `var` in them declares a name of the cell. */
export class NestedRewriter {
  private readonly f: ts.NodeFactory;

  constructor(
    private readonly t: typeof ts,
    private readonly rewriter: Rewriter,
    private readonly patterns: PatternRewriter,
    private readonly variables: Variables,
  ) {
    this.f = rewriter.context.factory;
  }

  statement(node: ts.Node): ts.Node {
    const { t, f, rewriter } = this;
    const visit = (child: ts.Node): ts.Node | ts.Node[] => {
      if (t.isFunctionLike(child) || t.isClassLike(child) || t.isExpression(child))
        return rewriter.visit(child);
      if (t.isVariableStatement(child) && this.declaresVar(child.declarationList)) {
        return child.declarationList.declarations.flatMap(d => this.variables.variable(d));
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
    const over = rewriter.waits.walked(node, rewriter.expression(node.expression));
    const initializer = rewriter.visit(node.initializer) as ts.ForInitializer;
    const body = this.statement(node.statement) as ts.Statement;
    return f.updateForOfStatement(
      node,
      node.awaitModifier,
      initializer,
      over,
      rewriter.waits.walking(node, body),
    );
  }

  /** `for (var i = 0; …)` becomes `for ($$1i.$ = 0; …)`; a pattern goes before the loop. */
  private countVar(node: ts.ForStatement, list: ts.VariableDeclarationList): ts.Statement[] {
    const { t, f, rewriter } = this;
    const part = (e: ts.Expression | undefined) => e && rewriter.expression(e);
    const assignments = list.declarations
      .flatMap(d => this.variables.variable(d))
      .filter(s => !t.isEmptyStatement(s));
    const simple = assignments.every(s => t.isExpressionStatement(s));
    const initializer =
      simple && assignments.length
        ? assignments.map(s => (s as ts.ExpressionStatement).expression).reduce((a, b) => f.createComma(a, b))
        : undefined;
    const body = this.statement(node.statement) as ts.Statement;
    const loop = f.updateForStatement(node, initializer, part(node.condition), part(node.incrementor), body);
    return simple ? [loop] : [...assignments, loop];
  }

  /** `for (var x of xs)` becomes `for (const x of xs) { $$1x.$ = x; … }`. */
  private forVar(node: ts.ForOfStatement | ts.ForInStatement): ts.Node {
    const { t, f, rewriter } = this;
    const [declaration] = (node.initializer as ts.VariableDeclarationList).declarations;
    const { initializer, first } = this.turn(declaration.name);
    const body = f.createBlock([...first, this.statement(node.statement) as ts.Statement], true);
    const over = rewriter.expression(node.expression);
    return t.isForOfStatement(node)
      ? f.updateForOfStatement(
          node,
          node.awaitModifier,
          initializer,
          rewriter.waits.walked(node, over),
          rewriter.waits.walking(node, body),
        )
      : f.updateForInStatement(node, initializer, over, body);
  }

  /** What takes the value of each turn of a loop, and what comes first in its body. */
  private turn(name: ts.BindingName): { initializer: ts.ForInitializer; first: ts.Statement[] } {
    const { t, f, patterns, variables } = this;
    const names = boundNames(t, name);
    if (patterns.speaksOfItself(name)) {
      return { initializer: patterns.target(name), first: [variables.done(names)] };
    }
    const local = f.createVariableDeclaration(patterns.local(name));
    return {
      initializer: f.createVariableDeclarationList([local], t.NodeFlags.Const),
      first: variables.fill(names),
    };
  }

  private declaresVar(node: ts.ForInitializer): node is ts.VariableDeclarationList {
    const { t } = this;
    if (!t.isVariableDeclarationList(node) || node.flags & t.NodeFlags.BlockScoped) return false;
    return node.declarations.some(d => boundNames(t, d.name).some(name => this.rewriter.isBoxed(name)));
  }
}
