import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { bundled, torchModes } from '../contestants.mjs';
import { bench, benchPython, succeeds } from '../peers.mjs';

const here = join(bench, 'descent');

/** How to start each contestant, ours first; what is not there is named in `missing`. */
export async function contestants(counts, folder) {
  const sizes = JSON.stringify(counts);
  const node = (script, ...more) => [process.execPath, join(here, script), sizes, ...more];
  const python = (script, ...more) => [benchPython, join(here, script), sizes, ...more];
  const torch = torchModes();
  const missing = [...torch.missing];
  const own = await bundled(join(here, 'downhill.mjs'), folder);
  const found = [[process.execPath, own, sizes], node('loops.mjs')];
  const compiled = compileC(folder);
  if (compiled) found.push([compiled, ...counts.map(String)]);
  else missing.push('C: no gcc or cc on this machine');
  found.push(python('numpy_steps.py'), python('jax_steps.py'));
  for (const mode of torch.modes) found.push(python('torch_steps.py', mode));
  found.push(node('jax-js.mjs'), node('tfjs.mjs', 'wasm'), node('tfjs.mjs', 'cpu'), node('mathjs.mjs'));
  return { found, missing };
}

function compileC(folder) {
  const program = join(folder, process.platform === 'win32' ? 'loops.exe' : 'loops');
  const compiler = ['gcc', 'cc'].find(name => succeeds(name, ['--version']));
  if (!compiler) return undefined;
  execFileSync(compiler, ['-O3', '-o', program, join(here, 'loops.c'), '-lm']);
  return program;
}
