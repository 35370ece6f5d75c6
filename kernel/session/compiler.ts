import type ts from 'typescript';
import { type Declaration, type ParsedCell, parseCell } from './cell.ts';
import { type CellText, formatDiagnostic } from './diagnostics.ts';
import type { CompiledCell, CompiledImport, ModuleReference, RefusedCell } from './messages.ts';
import { emit, Project, wrap } from './project.ts';
import { type CellRewrite, rewriteCell } from './rewrite-cell.ts';
import { type CompilerHost, Workspace } from './workspace.ts';

interface Owned extends Declaration {
  cell: number;
}

interface PendingCell {
  parsed: ParsedCell;
  text: string;
}

const assignmentErrors: Partial<Record<Declaration['kind'], [number, string]>> = {
  const: [2588, 'a constant'],
  function: [2630, 'a function'],
  class: [2629, 'a class'],
  enum: [2628, 'an enum'],
  namespace: [2631, 'a namespace'],
};

/**
 * The half of a session that knows TypeScript. Each cell is a module; names of earlier cells that it uses are
 * declared before its first line, typed by the cell that declared them last.
 */
export class Compiler {
  readonly workspace: Workspace;
  readonly project: Project;
  private readonly owners = new Map<string, Owned>();
  private readonly pending = new Map<number, PendingCell>();
  private readonly cleanFiles = new Map<string, string>();
  private readonly live = new Map<string, ModuleReference>();
  private cells = 0;

  constructor(readonly host: CompilerHost) {
    this.workspace = new Workspace(host);
    this.project = new Project(this.workspace);
  }

  /** Checks and compiles a cell. `title` is its name in error messages, as `Cell [3]`. */
  compile(code: string, title: string): CompiledCell | RefusedCell {
    this.workspace.refresh();
    const parsed = parseCell(this.host.typescript, code);
    const text = this.present(parsed, name => parsed.identifiers.has(name));
    const program = this.workspace.program();
    const refused = this.check(program, parsed, text, title);
    if (refused) return refused;
    const cell = ++this.cells;
    this.pending.set(cell, { parsed, text: text.text });
    return this.generate(program, text, cell);
  }

  /** Records which names the cell has really declared; what it did not reach keeps its earlier meaning. */
  settle(cell: number, declared: readonly string[] | 'all'): void {
    const pending = this.pending.get(cell);
    if (!pending) return;
    this.pending.delete(cell);
    const { declarations, augmentsGlobal } = pending.parsed;
    this.workspace.saveCell(cell, pending.text, augmentsGlobal);
    for (const [name, declaration] of declarations) {
      if (declaration.kind === 'using') continue;
      const always = declaration.kind === 'type' || declaration.kind === 'import';
      if (always || declared === 'all' || declared.includes(name))
        this.owners.set(name, { ...declaration, cell });
    }
  }

  /** Answers `import(specifier)` at run time. */
  compileImport(specifier: string, from: string): CompiledImport | RefusedCell {
    this.workspace.refresh();
    const reference = this.project.reference(specifier, from);
    if (reference.kind === 'package') return { reference, images: [] };
    this.workspace.setCell(`import ${JSON.stringify(reference.path)};`);
    const program = this.workspace.program();
    const text = { path: this.workspace.cellPath, code: '', offset: 0 };
    const errors = this.projectErrors(program, [reference.path]);
    if (errors.length) return this.refuse(errors, text, '');
    return { reference, images: this.project.images(program, [reference]) };
  }

  /**
   * Puts a cell before the checker: one line that declares what earlier cells gave, the learner's text, and one line
   * that exports its names.
   */
  present(parsed: ParsedCell, wants: (name: string) => boolean): CellText & { text: string } {
    const header = this.header(name => wants(name) && !parsed.declarations.has(name));
    const names = [...parsed.declarations].filter(([, d]) => d.kind !== 'import' && d.kind !== 'using');
    const footer = `export { ${names.map(([name]) => name).join(', ')} };`;
    const text = `${header}\n${parsed.source}\n${footer}\n`;
    this.workspace.setCell(text);
    return { path: this.workspace.cellPath, code: parsed.source, offset: header.length + 1, text };
  }

  /** Where a name was declared last: the number of its cell. */
  ownerOf(name: string): number | undefined {
    return this.owners.get(name)?.cell;
  }

  private header(wants: (name: string) => boolean): string {
    const parts: string[] = [];
    const byCell = new Map<number, string[]>();
    for (const [name, owned] of this.owners) {
      if (!wants(name)) continue;
      if (owned.clause) parts.push(owned.clause);
      else if (owned.kind === 'let')
        parts.push(`declare let ${name}: typeof import("./__cell_${owned.cell}__").${name};`);
      else byCell.set(owned.cell, [...(byCell.get(owned.cell) ?? []), name]);
    }
    for (const [cell, names] of byCell)
      parts.push(`import { ${names.join(', ')} } from "./__cell_${cell}__";`);
    return parts.join(' ');
  }

  private check(
    program: ts.Program,
    parsed: ParsedCell,
    text: CellText,
    title: string,
  ): RefusedCell | undefined {
    const { languageService } = this.workspace;
    const syntax = languageService.getSyntacticDiagnostics(text.path);
    if (syntax.length) return this.refuse(syntax, text, title);
    const errors = parsed.unchecked ? [] : languageService.getSemanticDiagnostics(text.path);
    const own = errors.filter(d => d.category === this.host.typescript.DiagnosticCategory.Error);
    const files = this.workspace.importsOf(text.path).filter(path => !/\/__cell_\d+__\.ts$/.test(path));
    const all = [...own.map(d => this.reworded(d)), ...this.projectErrors(program, files)];
    return all.length ? this.refuse(all, text, title) : undefined;
  }

  /** Names of earlier cells are imports to the checker; the learner's word for them is another. */
  private reworded(diagnostic: ts.Diagnostic): ts.Diagnostic {
    if (diagnostic.code !== 2632 || !diagnostic.file) return diagnostic;
    const start = diagnostic.start ?? 0;
    const name = diagnostic.file.text.slice(start, start + (diagnostic.length ?? 0));
    const wording = assignmentErrors[this.owners.get(name)?.kind ?? 'import'];
    if (!wording) return diagnostic;
    return {
      ...diagnostic,
      code: wording[0],
      messageText: `Cannot assign to '${name}' because it is ${wording[1]}.`,
    };
  }

  /** Errors of project files, looked for again only where the file or something it imports has changed. */
  private projectErrors(program: ts.Program, roots: string[]): ts.Diagnostic[] {
    const { languageService } = this.workspace;
    const errors: ts.Diagnostic[] = [];
    for (const path of this.project.reachable(roots)) {
      if (path.endsWith('.json') || !program.getSourceFile(path)) continue;
      const state = [...this.project.reachable([path])].map(p => `${p}@${this.workspace.version(p)}`).join();
      if (this.cleanFiles.get(path) === state) continue;
      const syntax = languageService.getSyntacticDiagnostics(path);
      const found = syntax.length ? syntax : languageService.getSemanticDiagnostics(path);
      if (found.length) errors.push(...found);
      else this.cleanFiles.set(path, state);
    }
    return errors;
  }

  private refuse(diagnostics: readonly ts.Diagnostic[], text: CellText, title: string): RefusedCell {
    const { typescript: t } = this.host;
    const isSyntax = diagnostics.every(d => d.code < 2000);
    return {
      status: 'refused',
      ename: isSyntax ? 'SyntaxError' : 'TypeScriptError',
      diagnostics: diagnostics.map(d => formatDiagnostic(t, d, text, title, path => path)),
    };
  }

  private generate(program: ts.Program, text: CellText, cell: number): CompiledCell {
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
      cell,
      code: wrap(true, '$$cell', prologue, code),
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
    const needed = this.project.images(program, references);
    for (const reference of references)
      if (reference.kind === 'file') this.live.set(reference.path, reference);
    const others = [...this.live.values()].filter(r => {
      const path = (r as { path: string }).path;
      return program.getSourceFile(path) && this.projectErrors(program, [path]).length === 0;
    });
    return [...needed, ...this.project.images(program, others)];
  }
}
