import type ts from 'typescript';
import { joinPath, relativePath } from './paths.ts';
import type { Scope } from './scope.ts';
import type { Workspace } from './workspace.ts';

const unknownNames = [2304, 2552, 18004];
const unknownModule = 2307;
const forgottenAwait = 2773;

/** What a notebook knows beyond the message of TypeScript: lines to put below it. */
export function hintsFor(diagnostic: ts.Diagnostic, workspace: Workspace, scope: Scope): string[] {
  const { typescript: t } = workspace.host;
  const hints = (diagnostic.relatedInformation ?? [])
    .filter(related => related.code === forgottenAwait)
    .map(related => t.flattenDiagnosticMessageText(related.messageText, ' '));
  const start = diagnostic.start ?? 0;
  const word = diagnostic.file?.text.slice(start, start + (diagnostic.length ?? 0)) ?? '';
  const cell = unknownNames.includes(diagnostic.code) ? scope.unreachedIn(word) : undefined;
  if (cell) hints.push(`${cell} declares it, but ended with an error before that: mend it and run it first.`);
  if (diagnostic.code === unknownModule && diagnostic.file) {
    hints.push(...moduleHints(word.slice(1, -1), diagnostic.file.fileName, workspace));
  }
  return hints;
}

function moduleHints(specifier: string, from: string, workspace: Workspace): string[] {
  if (/^[./]/.test(specifier)) {
    const near = nearFile(joinPath(from, specifier), workspace);
    return near ? [`Did you mean '${dotted(relativePath(from.replace(/\/[^/]*$/, ''), near))}'?`] : [];
  }
  const [scopeOrName, name] = specifier.split('/');
  const packageName = scopeOrName.startsWith('@') ? `${scopeOrName}/${name}` : scopeOrName;
  return [`Is the package installed? npm install ${packageName}`];
}

const dotted = (path: string) => (path.startsWith('.') ? path : `./${path}`);

/** A file in the same folder whose name differs by capitals or by two letters at most. */
function nearFile(wanted: string, workspace: Workspace): string | undefined {
  const { host } = workspace;
  const folder = wanted.replace(/\/[^/]*$/, '');
  if (!host.directoryExists(folder)) return undefined;
  const files = host.readDirectory(folder, undefined, undefined, undefined, 1);
  const bare = (path: string) =>
    (path.split('/').pop() ?? '').replace(/\.(d\.)?[cm]?[jt]sx?$/, '').toLowerCase();
  const distances = files.map(file => ({ file, steps: distance(bare(file), bare(wanted)) }));
  const nearest = distances.sort((a, b) => a.steps - b.steps)[0];
  return nearest && nearest.steps <= Math.min(2, bare(wanted).length / 3) ? nearest.file : undefined;
}

/** Letters to insert, delete or replace to make `b` of `a`. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[j] + 1, next[j - 1] + 1));
    }
    row = next;
  }
  return row[b.length];
}
