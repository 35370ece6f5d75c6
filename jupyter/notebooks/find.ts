import { existsSync, readdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

/**
 * The notebooks that were named, or all of the course, in order.
 *
 * @param root the project's folder
 * @param named paths from the command line, relative to the folder where it was typed
 * @throws when a named notebook does not exist
 */
export function findNotebooks(root: string, named: readonly string[]): string[] {
  const missing = named.find(path => !existsSync(path));
  if (missing) throw new Error(`${missing}: no such notebook; \`npm run notebooks\` alone takes all of them`);
  if (named.length > 0) return named.map(path => resolve(path));
  return ['en', 'zh'].flatMap(language => {
    const folder = join(root, 'notebooks', language);
    if (!existsSync(folder)) return [];
    const names = readdirSync(folder).filter(name => name.endsWith('.ipynb'));
    return names.sort().map(name => join(folder, name));
  });
}

/** A path as messages show it: from the project's folder on, with forward slashes. */
export function shown(root: string, path: string): string {
  return relative(root, path).replaceAll('\\', '/');
}
