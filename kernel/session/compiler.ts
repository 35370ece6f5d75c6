import type ts from 'typescript';
import { isOfHeader, type ParsedCell, parseCell } from './cell.ts';
import { Checker } from './checker.ts';
import type { CellText } from './diagnostics.ts';
import type { CompiledCell, CompiledImport, ModuleImage, ModuleReference, RefusedCell } from './messages.ts';
import { emit, Project, wrap } from './project.ts';
import { type CellRewrite, rewriteCell } from './rewrite-cell.ts';
import { type PresentedCell, Scope } from './scope.ts';
import { type CompilerHost, Workspace } from './workspace.ts';

/** So many cells can be run again as they are without being checked again. */
const mostKnown = 100;

type Compiled = Omit<CompiledCell, 'cell'>;

interface PendingCell {
  parsed: ParsedCell;
  text: string;
  title: string;
}

/**
 * The half of a session that knows TypeScript. Each cell is a module; names of earlier cells that it uses are
 * declared before its first line, typed by the cell that declared them last.
 */
export class Compiler {
  readonly workspace: Workspace;
  readonly project: Project;
  private readonly scope: Scope;
  private readonly checker: Checker;
  private readonly pending = new Map<number, PendingCell>();
  private readonly live = new Set<string>();
  /** What cells compiled to, by all that the checker saw of them; of the workspace's present epoch. */
  private readonly known = new Map<string, Compiled>();
  private epoch = 0;
  private cells = 0;

  constructor(readonly host: CompilerHost) {
    this.workspace = new Workspace(host);
    this.project = new Project(this.workspace);
    this.scope = new Scope(this.workspace);
    this.checker = new Checker(this.workspace, this.project, this.scope);
  }

  /** Checks and compiles a cell. `title` is its name in error messages, as `Cell [3]`. */
  compile(code: string, title: string): CompiledCell | RefusedCell {
    this.workspace.refresh();
    const parsed = this.parse(code);
    const text = this.present(parsed, name => parsed.identifiers.has(name));
    const compiled = this.recall(text.text) ?? this.checkAndGenerate(parsed, text, title);
    if (compiled.status === 'refused') {
      this.scope.refuse(parsed, title);
      return compiled;
    }
    const cell = ++this.cells;
    this.pending.set(cell, { parsed, text: text.saved, title });
    return { ...compiled, cell };
  }

  /** Records which names the cell has really declared; what it did not reach keeps its earlier meaning. */
  settle(cell: number, declared: readonly string[] | 'all'): void {
    const pending = this.pending.get(cell);
    if (!pending) return;
    this.pending.delete(cell);
    const { parsed, text, title } = pending;
    this.workspace.saveCell(cell, text, parsed.augmentsGlobal);
    this.scope.declare(parsed, cell, title, declared);
  }

  /**
   * A cell that has run under an earlier compiler. It has declared its names, also where the files that it imports do
   * not pass any more.
   */
  restore(code: string, title: string, declared: readonly string[] | 'all'): ModuleImage[] {
    const parsed = this.parse(code);
    const text = this.present(parsed, name => parsed.identifiers.has(name));
    const cell = ++this.cells;
    this.pending.set(cell, { parsed, text: text.saved, title });
    this.settle(cell, declared);
    const compiled = this.checkAndGenerate(parsed, text, title);
    return compiled.status === 'ok' ? compiled.images : [];
  }

  private parse(code: string): ParsedCell {
    // A script begins with the name of what runs it; before a cell there is more, where it may not stand.
    return parseCell(this.host.typescript, code.replace(/^\ufeff/, '').replace(/^#!/, '//'));
  }

  /** Answers `import(specifier)` at run time. */
  compileImport(specifier: string, from: string): CompiledImport | RefusedCell {
    this.workspace.refresh();
    const reference = this.project.reference(specifier, from);
    if (reference.kind === 'package') return { reference, images: [] };
    this.workspace.setCell(`import ${JSON.stringify(reference.path)};`);
    const program = this.workspace.program();
    const text = { path: this.workspace.cellPath, code: '', offset: 0 };
    const errors = this.checker.projectErrors(program, [reference.path]);
    if (errors.length) return this.checker.refuse(errors, text, '');
    return { reference, images: this.project.images(program, [reference]) };
  }

  /** Puts a cell before the checker, beside those names of earlier cells that are wanted. */
  present(parsed: ParsedCell, wants: (name: string) => boolean): PresentedCell {
    return this.scope.present(parsed, wants);
  }

  /** Where an earlier cell declares `name`: its file, and the place of the name in it. */
  declarationOf(name: string): { path: string; start: number; source: string } | undefined {
    const { typescript: t } = this.host;
    const cell = this.scope.cellOf(name);
    const program = this.workspace.program();
    const file = cell === undefined ? undefined : program.getSourceFile(this.workspace.pathOf(cell));
    const module = file && program.getTypeChecker().getSymbolAtLocation(file);
    const shared = module?.exports?.get(t.escapeLeadingUnderscores(name));
    const isAlias = shared && (shared.flags & t.SymbolFlags.Alias) !== 0;
    const symbol = isAlias ? program.getTypeChecker().getAliasedSymbol(shared) : shared;
    const node = symbol?.declarations?.find(declaration => !isOfHeader(declaration));
    if (!file || !node) return undefined;
    const named = t.getNameOfDeclaration(node) ?? node;
    const isVariable = t.isVariableDeclaration(node) && t.isVariableStatement(node.parent.parent);
    const whole = isVariable ? node.parent.parent : node;
    return { path: file.fileName, start: named.getStart(file), source: whole.getText(file) };
  }

  /** A type as the learner would write it. */
  readable(type: string): string {
    return this.checker.readable(type);
  }

  /** A cell that is run again as it is; what it imports is looked up each time. */
  private recall(text: string): Compiled | undefined {
    if (this.epoch !== this.workspace.epoch) this.known.clear();
    this.epoch = this.workspace.epoch;
    return this.known.get(text);
  }

  private checkAndGenerate(parsed: ParsedCell, text: PresentedCell, title: string): Compiled | RefusedCell {
    const program = this.workspace.program();
    const refused = this.checker.check(program, parsed, text, title);
    if (refused) return refused;
    const compiled = this.generate(program, text);
    if (/\b(import|require)\b/.test(parsed.code)) return compiled;
    this.known.set(text.text, { ...compiled, images: [] });
    if (this.known.size > mostKnown) this.known.delete(this.known.keys().next().value as string);
    return compiled;
  }

  private generate(program: ts.Program, text: CellText): Compiled {
    const { typescript: t } = this.host;
    const file = program.getSourceFile(text.path);
    if (!file) throw new Error('The cell is not part of the program');
    let rewrite: CellRewrite | undefined;
    const end = text.offset + text.code.length;
    const before = rewriteCell(t, program.getTypeChecker(), text.offset, end, result => {
      rewrite = result;
    });
    const { code, map } = emit(t, program, file, before);
    const { prologue, specifiers, needed } = rewrite as unknown as CellRewrite;
    const references = specifiers.map((s, i) =>
      needed.has(i) ? this.project.reference(s, text.path) : undefined,
    );
    return {
      status: 'ok',
      code: wrap(true, '$$0cell', prologue, code),
      map,
      references: references as ModuleReference[],
      images: this.images(
        program,
        references.filter((r): r is ModuleReference => r !== undefined),
      ),
    };
  }

  /** Also brings files up to date that earlier cells imported, unless they are being edited and do not pass. */
  private images(program: ts.Program, references: ModuleReference[]) {
    const needed = references.flatMap(r => (r.kind === 'file' ? [r.path] : []));
    for (const path of needed) this.live.add(path);
    // In the order of their first import: where a circle of files begins depends on it.
    const live = [...this.live].filter(
      path =>
        needed.includes(path) ||
        (program.getSourceFile(path) && this.checker.projectErrors(program, [path]).length === 0),
    );
    return this.project.images(
      program,
      live.map(path => ({ kind: 'file', path })),
    );
  }
}
