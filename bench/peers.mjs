import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findPython } from '../jupyter/setup/python.mjs';

export const bench = dirname(fileURLToPath(import.meta.url));
export const project = dirname(bench);

const windows = process.platform === 'win32';
export const benchPython = join(bench, '.venv', windows ? 'Scripts/python.exe' : 'bin/python');

/** Installs the peers into folders of bench/ that git ignores; quick when they are there. */
export async function installPeers() {
  once('package.json', 'node_modules', () => {
    const flags = ['--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error'];
    execFileSync('npm', ['install', ...flags], { cwd: bench, stdio: 'inherit', shell: windows });
  });
  const { command } = existsSync(benchPython) ? {} : await findPython();
  once('requirements.txt', '.venv', () => {
    if (command) execFileSync(command[0], [...command.slice(1), '-m', 'venv', join(bench, '.venv')]);
    const requirements = join(bench, 'requirements.txt');
    execFileSync(benchPython, ['-m', 'pip', 'install', '-q', '-r', requirements], { stdio: 'inherit' });
  });
}

/** Whether a program is there and ends well. */
export function succeeds(program, args) {
  return spawnSync(program, args, { stdio: 'ignore' }).status === 0;
}

function once(list, folder, install) {
  const wanted = createHash('sha256')
    .update(readFileSync(join(bench, list)))
    .digest('hex');
  const stamp = join(bench, folder, '.bench-stamp');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  process.stderr.write(`Installing what bench/${list} lists into bench/${folder}\n`);
  install();
  writeFileSync(stamp, wanted);
}
