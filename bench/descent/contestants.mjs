import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { build } from 'esbuild';
import { bench, benchPython, succeeds } from '../peers.mjs';

const here = join(bench, 'descent');

/** How to start each contestant, ours first; what is not there is named in `missing`. */
export async function contestants(counts, folder) {
  const sizes = JSON.stringify(counts);
  const node = (script, ...more) => [process.execPath, join(here, script), sizes, ...more];
  const python = (script, ...more) => [benchPython, join(here, script), sizes, ...more];
  const missing = [];
  const found = [[process.execPath, await bundled('downhill.mjs', folder), sizes], node('loops.mjs')];
  const compiled = compileC(folder);
  if (compiled) found.push([compiled, ...counts.map(String)]);
  else missing.push('C: no gcc or cc on this machine');
  found.push(python('numpy_steps.py'), python('jax_steps.py'));
  if (succeeds(benchPython, ['-c', 'import torch']))
    found.push(python('torch_steps.py', 'eager'), python('torch_steps.py', 'compiled'));
  else
    missing.push(
      'PyTorch: several GB with its libraries, so only where someone has put it into bench/.venv (pip install torch)',
    );
  found.push(node('jax-js.mjs'), node('tfjs.mjs', 'wasm'), node('tfjs.mjs', 'cpu'), node('mathjs.mjs'));
  return { found, missing };
}

/** As the notebooks' kernel compiles it: TypeScript's types taken away, nothing else changed. */
async function bundled(script, folder) {
  const outfile = join(folder, script);
  await build({
    entryPoints: [join(here, script)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
  });
  return outfile;
}

function compileC(folder) {
  const program = join(folder, process.platform === 'win32' ? 'loops.exe' : 'loops');
  const compiler = ['gcc', 'cc'].find(name => succeeds(name, ['--version']));
  if (!compiler) return undefined;
  execFileSync(compiler, ['-O3', '-o', program, join(here, 'loops.c'), '-lm']);
  return program;
}
