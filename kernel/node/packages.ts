import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import vm from 'node:vm';
import type { Environment } from '../session/runtime.ts';

type Importer = (specifier: string) => Promise<Record<string, unknown>>;

const importers = new Map<string, Importer>();
const environments = new Map<string, Environment>();

/** Node's own `import()`, as if it stood in the file `from`. */
export function importFrom(specifier: string, from: string): Promise<Record<string, unknown>> {
  let load = importers.get(from);
  if (!load) {
    const options = {
      filename: pathToFileURL(from).href,
      importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    };
    load = new vm.Script('specifier => import(specifier)', options).runInThisContext() as Importer;
    importers.set(from, load);
  }
  return load(isAbsolutePath(specifier) ? pathToFileURL(specifier).href : specifier);
}

const isAbsolutePath = (specifier: string) => /^([A-Za-z]:)?[\\/]/.test(specifier);

/** What Node gives to every file. */
export function environmentOf(path: string, ownModules: Record<string, unknown>): Environment {
  let environment = environments.get(path);
  if (!environment) {
    const url = pathToFileURL(path).href;
    const nodeRequire = createRequire(path);
    const own = (id: string) => ownModules[id] ?? nodeRequire(id);
    const resolve = (specifier: string) => resolveFrom(specifier, path, url);
    const meta = { url, dirname: dirname(path), filename: path, resolve };
    environment = { meta, require: Object.assign(own, nodeRequire), filename: path, dirname: dirname(path) };
    environments.set(path, environment);
  }
  return environment;
}

function resolveFrom(specifier: string, path: string, url: string): string {
  if (/^(\.|\/|[a-z]+:)/.test(specifier)) return new URL(specifier, url).href;
  const resolved = createRequire(path).resolve(specifier);
  return /^([A-Za-z]:)?[\\/]/.test(resolved) ? pathToFileURL(resolved).href : resolved;
}
