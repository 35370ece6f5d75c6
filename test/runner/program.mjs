import { rmSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { runtimeFolder } from '../../jupyter/lab/environment.mjs';
import { projectRoot } from '../../jupyter/setup/paths.mjs';
import { labRequirements, setUp, testRequirements } from '../../jupyter/setup/set-up.mjs';
import { inWords, runProgram, Trouble } from '../../jupyter/setup/trouble.mjs';
import { stages } from './stages.mjs';

function fromProject(path) {
  return relative(projectRoot, resolve(path)).replaceAll('\\', '/');
}

/** The stages to run, each with the files that were named for it; all of them where nothing was named. */
export function plan(args) {
  if (args.length === 0) return stages.map(stage => ({ stage }));
  const chosen = new Map();
  for (const arg of args) {
    const byName = stages.find(stage => stage.name === arg);
    const file = fromProject(arg);
    const stage = byName ?? stages.find(each => each.owns(file));
    if (!stage) {
      const names = stages.map(each => each.name).join(', ');
      throw new Trouble(`npm test: expected a stage (${names}) or a test file, got ${arg}`);
    }
    if (!chosen.has(stage)) chosen.set(stage, []);
    if (!byName) chosen.get(stage).push(file);
  }
  return stages
    .filter(stage => chosen.has(stage))
    .map(stage => ({ stage, files: chosen.get(stage).length ? chosen.get(stage) : undefined }));
}

async function runStage({ stage, files }) {
  const start = performance.now();
  let result;
  try {
    result = await stage.run(files);
  } catch (error) {
    result = { passed: 0, failed: 1, skipped: 0, output: inWords(error) };
  }
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const skipped = result.skipped ? `, ${result.skipped} skipped` : '';
  const counts = result.note ?? `${result.passed} passed, ${result.failed} failed${skipped} (${seconds} s)`;
  if (result.failed > 0) console.log(result.output);
  console.log(`${stage.name.padEnd(10)} ${counts}`);
  return result;
}

export function main() {
  return runProgram(async () => {
    const planned = plan(process.argv.slice(2));
    let passed = 0;
    let failed = 0;
    try {
      await setUp({ requirements: [labRequirements, testRequirements], development: true });
      for (const each of planned) {
        const result = await runStage(each);
        passed += result.passed;
        failed += result.failed;
      }
    } catch (error) {
      console.log(inWords(error));
      failed += 1;
    }
    rmSync(runtimeFolder(projectRoot), { recursive: true, force: true });
    console.log(`${passed} passed, ${failed} failed`);
    return failed === 0 && passed > 0 ? 0 : 1;
  });
}
