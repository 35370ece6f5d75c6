import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { benchPython, succeeds } from './peers.mjs';

export async function withScratchFolder(job) {
  const folder = await mkdtemp(join(tmpdir(), 'downhill-bench-'));
  try {
    return await job(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** As the notebooks' kernel compiles it: TypeScript's types taken away, nothing else changed. */
export async function bundled(script, folder) {
  const outfile = join(folder, basename(script));
  await build({
    entryPoints: [script],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
  });
  return outfile;
}

/** Which of PyTorch's two ways to run are there; what is not is named in `missing`. */
export function torchModes() {
  if (!succeeds(benchPython, ['-c', 'import torch'])) {
    const missing =
      'PyTorch: several GB with its libraries, so only where someone has put it into bench/.venv (pip install torch)';
    return { modes: [], missing: [missing] };
  }
  const compiler = process.env.CXX ?? { darwin: 'clang++', win32: 'cl' }[process.platform] ?? 'g++';
  if (!succeeds(compiler, process.platform === 'win32' ? [] : ['--version'])) {
    return {
      modes: ['eager'],
      missing: [`PyTorch (compiled): no C++ compiler, ${compiler}, on this machine`],
    };
  }
  return { modes: ['eager', 'compiled'], missing: [] };
}

/** Runs a contestant and gives the lines of JSON that it prints; what goes wrong is told in `failures`. */
export async function figuresOf([program, ...args], failures, timeout = 120_000) {
  try {
    const { stdout } = await promisify(execFile)(program, args, { timeout });
    return stdout
      .trim()
      .split('\n')
      .filter(line => line.startsWith('{'))
      .map(line => JSON.parse(line));
  } catch (error) {
    const name = [basename(args[0]), ...args.slice(2)].join(' ');
    if (error.killed) {
      failures.add(`${name}: not done after ${timeout / 1000} s`);
      return [];
    }
    const lines = String(error.stderr || error.message)
      .trim()
      .split('\n');
    failures.add(`${name}: ${lines.find(line => /Error/.test(line)) ?? lines.at(-1)}`);
    return [];
  }
}
