import type ts from 'typescript';
import { named } from './assigned-function.ts';
import { boundNames, isAnonymousFunction } from './cell.ts';
import type { Rewriter } from './rewrite.ts';

/** Destructuring into the variables of a cell. */
export class PatternRewriter {
  private readonly f: ts.NodeFactory;

  constructor(
    private readonly t: typeof ts,
    private readonly rewriter: Rewriter,
  ) {
    this.f = rewriter.context.factory;
  }

  /** Whether a default value speaks of a name of the pattern, as in `{ n = 1, count = () => ++n }`. */
  speaksOfItself(pattern: ts.BindingName): boolean {
    const { t } = this;
    const { checker } = this.rewriter;
    const own = new Set(boundNames(t, pattern).map(name => checker.getSymbolAtLocation(name)));
    const speaks = (node: ts.Node): boolean => {
      const isName = t.isIdentifier(node) && (node.parent as ts.NamedDeclaration).name !== node;
      if (isName && own.has(this.meant(node))) return true;
      return t.forEachChild(node, child => speaks(child) || undefined) === true;
    };
    return speaks(pattern);
  }

  private meant(name: ts.Identifier): ts.Symbol | undefined {
    const { checker } = this.rewriter;
    return this.t.isShorthandPropertyAssignment(name.parent)
      ? checker.getShorthandAssignmentValueSymbol(name.parent)
      : checker.getSymbolAtLocation(name);
  }

  /** The same pattern for local constants. */
  local(pattern: ts.BindingName): ts.BindingName {
    const { t, rewriter } = this;
    const visit = () => t.visitNode(pattern, rewriter.visit) as ts.BindingName;
    return rewriter.withoutBoxes(boundNames(t, pattern), visit);
  }

  /** `{ n: $$1n.$ = 1 }` for `{ n = 1 }`. */
  target(pattern: ts.BindingName): ts.Expression {
    const { t, f, rewriter } = this;
    if (t.isIdentifier(pattern)) return rewriter.box(pattern.text);
    if (t.isArrayBindingPattern(pattern)) {
      return f.createArrayLiteralExpression(
        pattern.elements.map(element => {
          if (t.isOmittedExpression(element)) return f.createOmittedExpression();
          const given = this.given(element);
          return element.dotDotDotToken ? f.createSpreadElement(given) : given;
        }),
      );
    }
    return f.createObjectLiteralExpression(
      pattern.elements.map(element => {
        const given = this.given(element);
        if (element.dotDotDotToken) return f.createSpreadAssignment(given);
        const key = element.propertyName ?? f.createIdentifier((element.name as ts.Identifier).text);
        return f.createPropertyAssignment(t.visitNode(key, rewriter.visit) as ts.PropertyName, given);
      }),
    );
  }

  private given({ name, initializer }: ts.BindingElement): ts.Expression {
    const { t, f, rewriter } = this;
    const target = this.target(name);
    if (!initializer) return target;
    const value = rewriter.expression(initializer);
    const takesName = t.isIdentifier(name) && isAnonymousFunction(t, initializer);
    return f.createAssignment(target, takesName ? named(f, name.text, value) : value);
  }
}
