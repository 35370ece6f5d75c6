import { rmSync } from 'node:fs';
import { runtimeFolder } from '../lab/environment.mjs';
import { projectRoot } from '../setup/paths.mjs';
import { inWords, runProgram } from '../setup/trouble.mjs';
import { checks } from './checks.mjs';

export function line({ name, found, remedy }) {
  const verdict = remedy ? 'bad' : 'ok';
  return `${verdict.padEnd(4)} ${name.padEnd(19)} ${found}${remedy ? `  ->  ${remedy}` : ''}`;
}

async function examine(check, root) {
  try {
    return await check(root);
  } catch (error) {
    return { name: check.name, found: inWords(error), remedy: 'npm run setup' };
  }
}

export function main() {
  return runProgram(async () => {
    let bad = 0;
    for (const check of checks) {
      const result = await examine(check, projectRoot);
      if (result.remedy) bad++;
      console.log(line(result));
    }
    rmSync(runtimeFolder(projectRoot), { recursive: true, force: true });
    console.log(bad ? `${bad} of ${checks.length} need something.` : 'All is well.');
    return bad ? 1 : 0;
  });
}
