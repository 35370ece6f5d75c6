import type ts from 'typescript';
import { isAnonymousFunction } from './cell.ts';

/** The variable that gives its name to a function: `f` in `f = () => 1`. */
export function namingVariable(t: typeof ts, node: ts.Node): ts.Identifier | undefined {
  if (!t.isBinaryExpression(node) || !t.isIdentifier(node.left)) return undefined;
  const isAssignment = /^(\?\?|\|\||&&)?=$/.test(t.tokenToString(node.operatorToken.kind) ?? '');
  return isAssignment && isAnonymousFunction(t, node.right) ? node.left : undefined;
}

/** `{ ["f"]: () => 1 }["f"]`: it takes its name from a property too, which a box's is not. */
export function named(f: ts.NodeFactory, name: string, value: ts.Expression): ts.Expression {
  const key = f.createStringLiteral(name);
  const property = f.createPropertyAssignment(f.createComputedPropertyName(key), value);
  return f.createElementAccessExpression(f.createObjectLiteralExpression([property]), key);
}

/** `class { … }` as an expression, of a declaration that gives no name. */
export function classExpression(t: typeof ts, f: ts.NodeFactory, node: ts.ClassDeclaration): ts.Expression {
  const { modifiers, typeParameters, heritageClauses, members } = node;
  const decorators = modifiers?.filter(m => t.isDecorator(m));
  return f.createClassExpression(decorators, undefined, typeParameters, heritageClauses, members);
}
