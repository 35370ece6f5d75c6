import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import vm from 'node:vm';
import ts from 'typescript';
import { createCompilerHost } from '../../../kernel/node/compiler-host.ts';
import type { CompilerHost } from '../../../kernel/session/workspace.ts';
import { packages, projectFiles, sharedHost } from './project.ts';
import { type Evaluation, Session } from './session.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url)).replace(/[\\/]$/, '');

/** A folder for this process with the given files: path in it, and text. */
export function writeProject(files: Record<string, string>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'downhill-session-')));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder.replaceAll('\\', '/');
}

/** Real files of this machine, as the kernel reads them. */
export function nodeHost(folder: string): CompilerHost {
  const installation = { kernel: join(root, 'kernel'), modules: join(root, 'node_modules') };
  const registry = ts.createDocumentRegistry();
  return sharedHost(createCompilerHost(`${folder}/notebooks/en`, installation, registry), folder);
}

const evaluation: Evaluation = {
  evaluate: (expression, name) => new vm.Script(expression, { filename: name }).runInThisContext(),
  loadPackage: async specifier => packages[specifier],
};

/** Sessions in the shared project, which lies in a new folder. */
export function openInNode(folder = writeProject(projectFiles)): () => Session {
  return () => new Session(nodeHost(folder), evaluation);
}
