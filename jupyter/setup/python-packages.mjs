import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './command.mjs';
import { failure } from './failure.mjs';
import { hashOf } from './files.mjs';
import { setupLog, venvPython } from './paths.mjs';
import { cleanEnvironment, forgetRecord, hasUv, readRecord, venvIsSound, writeRecord } from './venv.mjs';

export function requirementsAreCurrent(root, file) {
  return venvIsSound(root) && readRecord(root).installed[file] === hashOf(join(root, file));
}

function installer(root, byUv, file) {
  const options = ['install', '--require-hashes', '--no-deps', '-r', join(root, file)];
  if (byUv) return ['uv', ['pip', ...options, '--compile-bytecode', '--python', venvPython(root)]];
  const quiet = ['--disable-pip-version-check', '--no-input', '--no-user', '--only-binary=:all:'];
  return [venvPython(root), ['-m', 'pip', ...options, ...quiet]];
}

/** pip and uv fetch everything first; up to these words nothing in the environment has changed. */
function hadBegun(output) {
  return /Installing collected packages|^Prepared \d+ package|Failed to install/m.test(output);
}

async function addPip(root, env, record) {
  const { code, output } = await run(venvPython(root), ['-m', 'ensurepip'], { env, cwd: root });
  record(output);
  if (code !== 0) throw failure('pip in .venv', output, setupLog(root));
}

/** Whether a list that was installed has changed since: what only the older one has is not to stay. */
export function aListHasChanged(root) {
  return Object.entries(readRecord(root)?.installed ?? {}).some(
    ([file, hash]) => !existsSync(join(root, file)) || hashOf(join(root, file)) !== hash,
  );
}

/** Installs a file of exact versions with their hashes into .venv. */
export async function installRequirements(root, file, { env = process.env, record = () => {} } = {}) {
  const clean = cleanEnvironment(env);
  const byUv = await hasUv(clean);
  const before = readRecord(root);
  forgetRecord(root);
  // uv leaves pip out of what it makes, and may be gone by now.
  if (!byUv && before.maker === 'uv') await addPip(root, clean, record);
  const [command, args] = installer(root, byUv, file);
  const { code, output } = await run(command, args, { env: clean, cwd: root });
  record(output);
  if (code !== 0) {
    if (!hadBegun(output)) writeRecord(root, before);
    throw failure(file, output, setupLog(root));
  }
  writeRecord(root, { ...before, installed: { ...before.installed, [file]: hashOf(join(root, file)) } });
}
