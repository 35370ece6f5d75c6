import type ts from 'typescript';

/** Code that waits: it goes on through the runtime, which knows the cell at work again and may end it. */
export class WaitRewriter {
  constructor(
    private readonly t: typeof ts,
    private readonly f: ts.NodeFactory,
  ) {}

  /** `await x`, given rewritten. */
  resumed(node: ts.Node, awaited: ts.Expression): ts.Expression {
    return this.t.setTextRange(this.call('$$0after', this.now(), awaited), node);
  }

  /** What a `for … of` walks, given its rewritten expression. */
  walked(node: ts.ForOfStatement, over: ts.Expression): ts.Expression {
    if (!node.awaitModifier) return over;
    return this.t.setTextRange(this.call('$$0each', this.now(), over), node.expression);
  }

  /** The body of a `for … of`, given rewritten: one that waits ends here when the cell was interrupted. */
  walking(node: ts.ForOfStatement, body: ts.Statement): ts.Statement {
    const { t, f } = this;
    if (!node.awaitModifier) return body;
    const going = f.createExpressionStatement(this.call('$$0after', this.now()));
    return f.createBlock([t.setTextRange(going, node.expression), body], true);
  }

  /** The cell at work before the code is suspended, so that it is known again afterwards. */
  private now(): ts.Expression {
    return this.call('$$0now');
  }

  private call(name: string, ...args: ts.Expression[]): ts.Expression {
    return this.f.createCallExpression(this.f.createIdentifier(name), undefined, args);
  }
}
