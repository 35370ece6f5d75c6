import { statSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { kernelOptions } from '../session/options.ts';
import type { CompilerHost } from '../session/workspace.ts';

/** Folder of the kernel's own files and of the packages it came with. */
export interface Installation {
  kernel: string;
  modules: string;
}

const slashes = (path: string) => path.replaceAll('\\', '/');

/** Files, packages and compiler options as they are on this machine. */
export function createCompilerHost(
  directory: string,
  installation: Installation,
  registry: ts.DocumentRegistry,
): CompilerHost {
  const modules = slashes(installation.modules);
  const own = `${slashes(installation.kernel)}/session`;
  const options = kernelOptions(ts, projectOptions(directory));
  const hasDom = options.lib?.some(file => file.startsWith('lib.dom.'));
  const globals = ['globals.d.ts', ...(hasDom ? [] : ['without-dom.d.ts'])];
  return {
    typescript: ts,
    registry,
    directory: slashes(directory),
    options,
    libraryDirectory: `${modules}/typescript/lib`,
    ambientFiles: [...globals.map(file => `${own}/${file}`), ...nodeTypes(directory, modules)],
    ownModules: { tslab: `${own}/tslab.d.ts`, 'tslab/dist/public': `${modules}/tslab/dist/public.d.ts` },
    isBuiltIn: isBuiltin,
    stamp,
    readFile: path => ts.sys.readFile(path),
    directoryExists: path => ts.sys.directoryExists(path),
    getDirectories: path => ts.sys.getDirectories(path),
    readDirectory: (...args) => ts.sys.readDirectory(...args),
    realpath: path => ts.sys.realpath?.(path) ?? path,
  };
}

/** The time of change can be put back by what copies a file, that of the inode cannot. */
function stamp(path: string): string | undefined {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats?.isFile() ? `${stats.mtimeMs} ${stats.ctimeMs} ${stats.size}` : undefined;
}

/** Compiler options of the nearest tsconfig.json, none where there is no such file or it cannot be read. */
function projectOptions(directory: string): ts.CompilerOptions {
  const path = ts.findConfigFile(directory, ts.sys.fileExists);
  if (!path) return {};
  const { config } = ts.readConfigFile(path, ts.sys.readFile);
  const host = { ...ts.sys, readDirectory: () => [] };
  return config ? ts.parseJsonConfigFileContent(config, host, dirname(path)).options : {};
}

/** A notebook outside any project still knows Node: by the kernel's own copy of its types. */
function nodeTypes(directory: string, modules: string): string[] {
  for (let folder = directory; ; folder = dirname(folder)) {
    if (stamp(join(folder, 'node_modules/@types/node/package.json'))) return [];
    if (folder === dirname(folder)) return [`${modules}/@types/node/index.d.ts`];
  }
}
