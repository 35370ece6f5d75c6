// npm run notebooks [-- --check] [path ...]: executes the notebooks and writes them, or compares (--check).
import { requireNode } from './setup/node-version.mjs';
import { projectRoot, venvPython } from './setup/paths.mjs';
import { setUp } from './setup/set-up.mjs';
import { runProgram } from './setup/trouble.mjs';

requireNode();
runProgram(async () => {
  await setUp({ development: true });
  const python = venvPython(projectRoot);
  const { register } = await import('tsx/esm/api');
  register();
  const { run } = await import('./notebooks/program.ts');
  return run({ root: projectRoot, python, arguments: process.argv.slice(2) });
});
