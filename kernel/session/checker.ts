import type ts from 'typescript';
import type { Declaration, ParsedCell } from './cell.ts';
import { type CellText, distinct, formatDiagnostic, type Naming, readable } from './diagnostics.ts';
import { hintsFor } from './hints.ts';
import { jsonErrors } from './json.ts';
import type { RefusedCell } from './messages.ts';
import { relativePath } from './paths.ts';
import type { Project } from './project.ts';
import type { Scope } from './scope.ts';
import type { Workspace } from './workspace.ts';

const assignmentErrors: Partial<Record<Declaration['kind'], [number, string]>> = {
  const: [2588, 'a constant'],
  function: [2630, 'a function'],
  class: [2629, 'a class'],
  enum: [2628, 'an enum'],
  namespace: [2631, 'a namespace'],
};

/** A package without types is `any`, as in JavaScript: the learner cannot mend the package. */
const untypedPackage = 7016;
const unknownName = 2304;
const unknownNameButNear = 2552;
const assignmentToImport = 2632;

/** Says what is wrong with a cell, or with the files that it imports, in words for the learner. */
export class Checker {
  private readonly cleanFiles = new Map<string, string>();

  constructor(
    private readonly workspace: Workspace,
    private readonly project: Project,
    private readonly scope: Scope,
  ) {}

  check(program: ts.Program, parsed: ParsedCell, text: CellText, title: string): RefusedCell | undefined {
    const { path, code } = text;
    if (parsed.syntax.length) {
      return this.refuse(
        parsed.syntax,
        { path: parsed.syntax[0].file?.fileName ?? '', code, offset: 0 },
        title,
      );
    }
    const syntax = this.workspace.languageService.getSyntacticDiagnostics(path);
    if (syntax.length) return this.refuse(syntax, text, title);
    const own = parsed.unchecked ? [] : this.semanticErrors(path);
    const files = this.workspace.importsOf(path).filter(file => !/\/__cell_\d+__\.ts$/.test(file));
    const inFiles = this.projectErrors(program, files);
    const all = [...this.withNearNames(own, parsed, text).map(d => this.reworded(d)), ...inFiles];
    return all.length ? this.refuse(all, text, title) : undefined;
  }

  /** Errors of project files, looked for again only where the file or something it imports has changed. */
  projectErrors(program: ts.Program, roots: string[]): ts.Diagnostic[] {
    const errors: ts.Diagnostic[] = [];
    for (const path of this.project.reachable(roots)) {
      if (!program.getSourceFile(path)) continue;
      const state = [...this.project.reachable([path])].map(p => `${p}@${this.workspace.version(p)}`).join();
      if (this.cleanFiles.get(path) === state) continue;
      const found = this.fileErrors(path);
      if (found.length) errors.push(...found);
      else this.cleanFiles.set(path, state);
    }
    return errors;
  }

  private fileErrors(path: string): ts.Diagnostic[] {
    const { host, languageService } = this.workspace;
    if (path.endsWith('.json')) return jsonErrors(host.typescript, path, this.workspace.text(path) ?? 'null');
    const syntax = languageService.getSyntacticDiagnostics(path);
    return syntax.length ? syntax : this.semanticErrors(path);
  }

  refuse(diagnostics: readonly ts.Diagnostic[], text: CellText, title: string): RefusedCell {
    const { typescript: t } = this.workspace.host;
    const naming = this.naming(title);
    const given = new Set<string>();
    return {
      status: 'refused',
      ename: diagnostics.every(d => d.code < 2000) ? 'SyntaxError' : 'TypeScriptError',
      diagnostics: distinct(diagnostics, text).map(d => {
        const hints = hintsFor(d, this.workspace, this.scope).filter(hint => !given.has(hint));
        for (const hint of hints) given.add(hint);
        return formatDiagnostic(t, d, text, naming, hints);
      }),
    };
  }

  /** A type or message without the kernel's own file names. */
  readable(text: string): string {
    return readable(text, this.naming('Cell'));
  }

  private naming(title: string): Naming {
    const { directory } = this.workspace.host;
    const nameOf = (path: string) => relativePath(directory, path);
    return { title, nameOf, cellTitle: cell => this.scope.titleOf(cell) };
  }

  private semanticErrors(path: string): ts.Diagnostic[] {
    const { DiagnosticCategory } = this.workspace.host.typescript;
    const all = this.workspace.languageService.getSemanticDiagnostics(path);
    return all.filter(d => d.category === DiagnosticCategory.Error && d.code !== untypedPackage);
  }

  /** A cell is checked beside the names that it mentions; a misspelt name may be near to one of the others. */
  private withNearNames(errors: ts.Diagnostic[], parsed: ParsedCell, text: CellText): ts.Diagnostic[] {
    if (!errors.some(d => d.code === unknownName)) return errors;
    const among = this.scope.present(parsed, () => true);
    const near = new Map<number, ts.Diagnostic>();
    for (const d of this.semanticErrors(among.path)) {
      const start = (d.start ?? 0) - among.offset + text.offset;
      if (d.code === unknownNameButNear) near.set(start, { ...d, start });
    }
    return errors.map(d => {
      const better = d.code === unknownName && near.get(d.start ?? 0);
      return better ? { ...better, file: d.file } : d;
    });
  }

  /** Names of earlier cells are imports to the checker; the learner's word for them is another. */
  private reworded(diagnostic: ts.Diagnostic): ts.Diagnostic {
    if (diagnostic.code !== assignmentToImport || !diagnostic.file) return diagnostic;
    const start = diagnostic.start ?? 0;
    const name = diagnostic.file.text.slice(start, start + (diagnostic.length ?? 0));
    const wording = assignmentErrors[this.scope.kindOf(name) ?? 'import'];
    if (!wording) return diagnostic;
    const messageText = `Cannot assign to '${name}' because it is ${wording[1]}.`;
    return { ...diagnostic, code: wording[0], messageText };
  }
}
