import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { CompilerCommand } from './compiler-client.ts';

/** How to start the compiler that was built into `distribution`. */
export function compilerCommand(distribution: string, directory: string): CompilerCommand {
  const kernel = dirname(distribution);
  const snapshot = join(distribution, 'compiler.blob');
  return {
    snapshot: existsSync(snapshot) ? snapshot : undefined,
    script: join(distribution, 'compiler.cjs'),
    directory,
    installation: { kernel, modules: join(dirname(kernel), 'node_modules') },
  };
}
