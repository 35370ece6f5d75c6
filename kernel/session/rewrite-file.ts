import type ts from 'typescript';
import { classExpression, named } from './assigned-function.ts';
import { boundNames, isAnonymousFunction } from './cell.ts';
import { Rewriter } from './rewrite.ts';
import { runtimeBindings } from './runtime-names.ts';

export interface FileRewrite {
  /** Runs before the file's first line. */
  prologue: string;
  specifiers: string[];
  needed: Set<number>;
}

/** Turns a project file, an ES module, into statements that fill `$$0exports`. */
export function rewriteFile(
  t: typeof ts,
  checker: ts.TypeChecker,
  done: (rewrite: FileRewrite) => void,
): ts.TransformerFactory<ts.SourceFile> {
  return context => file => {
    const module = new FileRewriter(t, checker, context);
    for (const statement of file.statements) {
      // In this order they are loaded.
      if (t.isImportDeclaration(statement)) module.rewriter.addImport(statement, true);
      else if (t.isExportDeclaration(statement) && statement.moduleSpecifier)
        module.rewriter.module(statement.moduleSpecifier);
    }
    const statements = file.statements.flatMap(s => module.statement(s));
    done({
      prologue: module.prologue(),
      specifiers: module.rewriter.specifiers,
      needed: module.rewriter.needed,
    });
    return context.factory.updateSourceFile(file, statements);
  };
}

class FileRewriter {
  readonly rewriter: Rewriter;
  private readonly f: ts.NodeFactory;
  /** Exports that may change, or that are set before they are reached: name and expression. */
  private readonly live: [string, () => string][] = [];
  private readonly functions: [string, string][] = [];
  /** Exports that are set when they are reached. */
  private readonly constants: string[] = [];
  private readonly stars: number[] = [];

  constructor(
    private readonly t: typeof ts,
    private readonly checker: ts.TypeChecker,
    context: ts.TransformationContext,
  ) {
    this.f = context.factory;
    this.rewriter = new Rewriter(t, checker, context, module => module);
  }

  prologue(): string {
    const variable = (i: number) => this.rewriter.moduleVariable(i);
    const modules = [...this.rewriter.needed].map(i => `${variable(i)} = $$0file.module(${i})`);
    const live = this.live.map(([name, value]) => `$$0file.live(${JSON.stringify(name)}, () => ${value()});`);
    const functions = this.functions.map(
      ([name, value]) => `$$0exports[${JSON.stringify(name)}] = ${value};`,
    );
    const own = JSON.stringify(this.constants);
    const stars = this.stars.map(i => `$$0file.star(${variable(i)}, ${own});`);
    const all = [...runtimeBindings('$$0file'), '$$0exports = $$0file.exports', ...modules].join(', ');
    return [`const ${all};`, ...functions, ...live, ...stars].join(' ');
  }

  statement(node: ts.Statement): ts.Statement[] {
    const { t, f, rewriter } = this;
    if (t.isImportDeclaration(node)) return [];
    if (t.isExportDeclaration(node)) return this.exportDeclaration(node);
    if (t.isExportAssignment(node)) return [this.setDefault(node.expression)];
    if (t.isClassDeclaration(node) && !node.name) return [this.setDefault(classExpression(t, f, node))];
    const visited = t.visitNode(node, rewriter.visit) as ts.Statement;
    const modifiers = t.canHaveModifiers(node) ? (t.getModifiers(node) ?? []) : [];
    const has = (kind: ts.SyntaxKind) => modifiers.some(m => m.kind === kind);
    if (!has(t.SyntaxKind.ExportKeyword)) return [visited];
    const plain = this.withoutExport(visited);
    if (has(t.SyntaxKind.DeclareKeyword)) return [plain];
    if (t.isVariableStatement(node)) return [plain, ...this.exportVariables(node.declarationList)];
    const name = (node as ts.DeclarationStatement).name as ts.Identifier | undefined;
    const local = name?.text ?? '$$0default';
    const exported = has(t.SyntaxKind.DefaultKeyword) ? 'default' : local;
    if (!this.isValue(node, name)) return [plain];
    if (!t.isFunctionDeclaration(node)) return [plain, this.setExport(exported, f.createIdentifier(local))];
    if (node.body) this.functions.push([exported, name ? local : `$$0file.nameless(${local})`]);
    return [plain];
  }

  /** A function or class without a name of its own is called `default`. */
  private setDefault(value: ts.Expression): ts.Statement {
    const visited = this.rewriter.expression(value);
    const isNameless = isAnonymousFunction(this.t, value);
    return this.setExport('default', isNameless ? named(this.f, 'default', visited) : visited);
  }

  private isValue(node: ts.Statement, name: ts.Identifier | undefined): boolean {
    const { t } = this;
    if (t.isInterfaceDeclaration(node) || t.isTypeAliasDeclaration(node)) return false;
    if (t.isImportEqualsDeclaration(node)) return this.rewriter.aliased(node) !== undefined;
    const symbol = name && this.checker.getSymbolAtLocation(name);
    return !symbol || (symbol.flags & t.SymbolFlags.Value) !== 0;
  }

  private exportVariables(list: ts.VariableDeclarationList): ts.Statement[] {
    const { t } = this;
    const isConst = (list.flags & t.NodeFlags.BlockScoped) === t.NodeFlags.Const;
    const names = list.declarations.flatMap(d => boundNames(t, d.name)).map(n => n.text);
    if (isConst) return names.map(name => this.setExport(name, this.f.createIdentifier(name)));
    for (const name of names) this.live.push([name, () => name]);
    return [];
  }

  private exportDeclaration(node: ts.ExportDeclaration): ts.Statement[] {
    const { t, rewriter } = this;
    if (node.isTypeOnly) return [];
    const clause = node.exportClause;
    if (!node.moduleSpecifier) {
      if (clause && t.isNamedExports(clause)) for (const e of clause.elements) this.exportLocal(e);
      return [];
    }
    const module = rewriter.module(node.moduleSpecifier);
    rewriter.needed.add(module);
    if (!clause) this.stars.push(module);
    else if (t.isNamespaceExport(clause)) this.exportMember(clause.name.text, module, '*');
    else
      for (const e of clause.elements)
        if (!e.isTypeOnly) this.exportMember(e.name.text, module, (e.propertyName ?? e.name).text);
    return [];
  }

  private exportLocal(element: ts.ExportSpecifier): void {
    const { t, rewriter, checker } = this;
    const symbol = checker.getExportSpecifierLocalTargetSymbol(element);
    const target = symbol && symbol.flags & t.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    if (element.isTypeOnly || !target || !(target.flags & t.SymbolFlags.Value)) return;
    const imported = rewriter.importedBy(symbol);
    const local = (element.propertyName ?? element.name).text;
    if (!imported) this.live.push([element.name.text, () => local]);
    else {
      rewriter.needed.add(imported.module);
      this.exportMember(element.name.text, imported.module, imported.member);
    }
  }

  private exportMember(name: string, module: number, member: string): void {
    const access = member === '*' ? '' : `[${JSON.stringify(member)}]`;
    this.live.push([name, () => `${this.rewriter.moduleVariable(module)}${access}`]);
  }

  private setExport(name: string, value: ts.Expression): ts.Statement {
    const { f } = this;
    this.constants.push(name);
    const target = f.createElementAccessExpression(
      f.createIdentifier('$$0exports'),
      f.createStringLiteral(name),
    );
    return f.createExpressionStatement(f.createAssignment(target, value));
  }

  private withoutExport(node: ts.Statement): ts.Statement {
    const { t, f } = this;
    const keep = <T extends ts.ModifierLike>(modifiers: readonly T[] | undefined) =>
      modifiers?.filter(m => m.kind !== t.SyntaxKind.ExportKeyword && m.kind !== t.SyntaxKind.DefaultKeyword);
    if (t.isVariableStatement(node)) {
      return f.updateVariableStatement(node, keep(node.modifiers), node.declarationList);
    }
    if (t.isFunctionDeclaration(node)) {
      return f.updateFunctionDeclaration(
        node,
        keep(node.modifiers),
        node.asteriskToken,
        node.name ?? f.createIdentifier('$$0default'),
        node.typeParameters,
        node.parameters,
        node.type,
        node.body,
      );
    }
    if (t.isClassDeclaration(node)) {
      const { typeParameters, heritageClauses, members } = node;
      return f.updateClassDeclaration(
        node,
        keep(node.modifiers),
        node.name,
        typeParameters,
        heritageClauses,
        members,
      );
    }
    if (t.isEnumDeclaration(node)) {
      return f.updateEnumDeclaration(node, keep(node.modifiers), node.name, node.members);
    }
    if (t.isModuleDeclaration(node)) {
      return f.updateModuleDeclaration(node, keep(node.modifiers), node.name, node.body);
    }
    return node;
  }
}
