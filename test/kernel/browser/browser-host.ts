import ts from 'typescript';
import type { CompilerHost } from '../../../kernel/session/workspace.ts';
import { packages, sharedHost } from '../session/project.ts';
import type { Evaluation } from '../session/session.ts';

/** Files by path, which a page has sent: the project, and the library of the language. */
export interface Files {
  folder: string;
  libraryDirectory: string;
  texts: Record<string, string>;
}

/** A host without a file system. */
export function browserHost({ folder, libraryDirectory, texts }: Files): CompilerHost {
  const paths = Object.keys(texts).sort();
  const below = (directory: string) => {
    const start = `${directory.replace(/\/$/, '')}/`;
    return paths.filter(path => path.startsWith(start)).map(path => path.slice(start.length));
  };
  return sharedHost(
    {
      typescript: ts,
      registry: ts.createDocumentRegistry(true),
      directory: `${folder}/notebooks/en`,
      options: {},
      libraryDirectory,
      ambientFiles: [],
      ownModules: {},
      isBuiltIn: () => false,
      stamp: path => (path in texts ? 'sent' : undefined),
      readFile: path => texts[path],
      directoryExists: path => below(path).length > 0,
      getDirectories: path => [
        ...new Set(below(path).flatMap(name => (name.includes('/') ? [name.split('/')[0]] : []))),
      ],
      readDirectory: (path, extensions) =>
        below(path)
          .filter(name => !name.includes('/') && (extensions ?? ['']).some(ending => name.endsWith(ending)))
          .map(name => `${path.replace(/\/$/, '')}/${name}`),
      realpath: path => path,
    },
    folder,
  );
}

export const evaluation: Evaluation = {
  // biome-ignore lint/security/noGlobalEval: it is how a browser runs a script under a name of its own.
  evaluate: (expression, name) => globalThis.eval(`${expression}\n//# sourceURL=${name}`),
  loadPackage: async specifier => packages[specifier],
};
