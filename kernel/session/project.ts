import type ts from 'typescript';
import type { ModuleImage, ModuleReference } from './messages.ts';
import { type FileRewrite, rewriteFile } from './rewrite-file.ts';
import { isProjectSource, type Workspace } from './workspace.ts';

interface CompiledFile extends ModuleImage {
  version: number;
  /** The epoch at which the file's own text was compiled. */
  own: number;
}

type Compiled = Pick<ModuleImage, 'code' | 'source' | 'map' | 'references'>;

/** The learner's own files: compiled once for each change, in the order in which they must be loaded. */
export class Project {
  private readonly compiled = new Map<string, CompiledFile>();
  private readonly sent = new Map<string, number>();
  /** Starts at the clock, so that files of an earlier compiler count as old. */
  private epoch = Date.now();

  constructor(private readonly workspace: Workspace) {}

  /** Where an import leads: to a file that is compiled here, or to what the host loads. */
  reference(specifier: string, from: string): ModuleReference {
    const found = this.workspace.resolve(specifier, from)?.resolvedFileName;
    if (!found || specifier in this.workspace.host.ownModules) return { kind: 'package', specifier, from };
    if (isProjectSource(found)) return { kind: 'file', path: found };
    const isOwnScript = /^[./]/.test(specifier) && /\.[cm]?js$/.test(found);
    return { kind: 'package', specifier: isOwnScript ? found : specifier, from };
  }

  /**
   * The files behind `references` that the runtime does not have in their present state, each before what it imports:
   * it must begin there, so that the files of a circle run in the order that JavaScript gives them.
   */
  images(program: ts.Program, references: readonly ModuleReference[]): ModuleImage[] {
    const order: CompiledFile[] = [];
    const seen = new Set<string>();
    const walk = (reference: ModuleReference | undefined): void => {
      if (reference?.kind !== 'file' || seen.has(reference.path)) return;
      seen.add(reference.path);
      const file = this.compile(program, reference.path);
      order.push(file);
      file.references.forEach(walk);
    };
    references.forEach(walk);
    while (order.filter(file => this.followsImports(file)).length);
    const fresh = order.filter(file => this.sent.get(file.path) !== file.epoch);
    for (const file of fresh) this.sent.set(file.path, file.epoch);
    return fresh.map(({ version: _, own: __, ...image }) => image);
  }

  /** A file is as new as the newest that it imports; in a circle, news come round in several turns. */
  private followsImports(file: CompiledFile): boolean {
    const before = file.epoch;
    for (const to of file.references) {
      if (to?.kind === 'file') file.epoch = Math.max(file.epoch, this.compiled.get(to.path)?.epoch ?? 0);
    }
    return file.epoch !== before;
  }

  /** Every project file that `path` reaches, itself included, also where only types are used. */
  reachable(from: Iterable<string>): Set<string> {
    const found = new Set<string>();
    const walk = (path: string): void => {
      if (found.has(path)) return;
      found.add(path);
      this.workspace.importsOf(path).forEach(walk);
    };
    for (const path of from) walk(path);
    return found;
  }

  private compile(program: ts.Program, path: string): CompiledFile {
    const version = this.workspace.version(path);
    const known = this.compiled.get(path);
    if (known?.version === version) return known;
    const epoch = ++this.epoch;
    const image = path.endsWith('.json') ? this.json(path) : this.script(program, path);
    const file = { ...image, path, version, epoch, own: epoch };
    this.compiled.set(path, file);
    return file;
  }

  private json(path: string): Compiled {
    const text = JSON.stringify(this.workspace.text(path) ?? 'null');
    return { code: `($$0file => $$0file.json(JSON.parse(${text})))`, source: '', map: '', references: [] };
  }

  private script(program: ts.Program, path: string): Compiled {
    const t = this.workspace.host.typescript;
    const file = program.getSourceFile(path);
    if (!file) throw new Error(`${path} is not part of the program`);
    let rewrite: FileRewrite | undefined;
    const before = rewriteFile(t, program.getTypeChecker(), result => {
      rewrite = result;
    });
    const { code, map } = emit(t, program, file, before);
    const { prologue, specifiers, needed } = rewrite as unknown as FileRewrite;
    const isAsync = hasTopLevelAwait(t, file);
    const references = specifiers.map((s, i) => (needed.has(i) ? this.reference(s, path) : undefined));
    return {
      code: wrap(isAsync, '$$0file', prologue, code),
      source: file.text,
      map,
      references: references as ModuleReference[],
    };
  }
}

/**
 * Function expression around compiled statements; these start on its second line. In a block of their own, they may
 * declare `__dirname` and the like anew.
 */
export function wrap(isAsync: boolean, parameter: string, prologue: string, code: string): string {
  const head = `(${isAsync ? 'async ' : ''}function (${parameter}, require, __filename, __dirname) { "use strict";`;
  return `${head} { ${prologue}\n${code}\n}})`;
}

/** JavaScript and source map of one file of the program. */
export function emit(
  t: typeof ts,
  program: ts.Program,
  file: ts.SourceFile,
  before: ts.TransformerFactory<ts.SourceFile>,
): { code: string; map: string } {
  let code = '';
  let map = '';
  const write: ts.WriteFileCallback = (name, text) => {
    if (name.endsWith('.map')) map = text;
    else code = text;
  };
  program.emit(file, write, undefined, false, { before: [before], after: [dropModuleMark(t)] });
  return { code: code.replace(/\n\/\/# sourceMappingURL=.*\s*$/, ''), map };
}

/** `export {}`, which the compiler adds to say that the file was a module, has no place in a function. */
function dropModuleMark(t: typeof ts): ts.TransformerFactory<ts.SourceFile> {
  return context => file =>
    context.factory.updateSourceFile(
      file,
      file.statements.filter(s => !t.isExportDeclaration(s)),
    );
}

function hasTopLevelAwait(t: typeof ts, file: ts.SourceFile): boolean {
  let found = false;
  const visit = (node: ts.Node): void => {
    if (found || t.isFunctionLike(node) || t.isClassLike(node)) return;
    if (t.isAwaitExpression(node) || (t.isForOfStatement(node) && node.awaitModifier)) found = true;
    if (
      t.isVariableDeclarationList(node) &&
      (node.flags & t.NodeFlags.AwaitUsing) === t.NodeFlags.AwaitUsing
    ) {
      found = true;
    }
    t.forEachChild(node, visit);
  };
  t.forEachChild(file, visit);
  return found;
}
