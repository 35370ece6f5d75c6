// npm run notebooks [-- --check] [path ...]: executes the notebooks and writes them, or compares (--check).
import { existsSync } from 'node:fs';
import { requireNode } from './setup/node-version.mjs';
import { projectRoot, venvPython } from './setup/paths.mjs';
import { runProgram, Trouble } from './setup/trouble.mjs';

requireNode();
runProgram(async () => {
  const python = venvPython(projectRoot);
  if (!existsSync(python))
    throw new Trouble('The notebooks need the environment: run `npm run setup` first.');
  const { register } = await import('tsx/esm/api');
  register();
  const { run } = await import('./notebooks/program.ts');
  return run({ root: projectRoot, python, arguments: process.argv.slice(2) });
});
