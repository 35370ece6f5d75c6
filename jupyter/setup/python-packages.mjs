import { join } from 'node:path';
import { run } from './command.mjs';
import { failure } from './failure.mjs';
import { hashOf } from './files.mjs';
import { setupLog, venvPython } from './paths.mjs';
import {
  cleanEnvironment,
  forgetRecord,
  hasUv,
  makeVenv,
  readRecord,
  venvIsSound,
  writeRecord,
} from './venv.mjs';

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

/** Installs a file of exact versions with their hashes into .venv. */
export async function installRequirements(root, file, { env = process.env, record = () => {} } = {}) {
  const clean = cleanEnvironment(env);
  const byUv = await hasUv(clean);
  // uv leaves pip out, so an environment of its making is of no use once uv is gone.
  if (!byUv && readRecord(root)?.maker === 'uv') await makeVenv(root, { env, record });
  const before = readRecord(root);
  forgetRecord(root);
  const [command, args] = installer(root, byUv, file);
  const { code, output } = await run(command, args, { env: clean, cwd: root });
  record(output);
  if (code !== 0) {
    if (!hadBegun(output)) writeRecord(root, before);
    throw failure(file, output, setupLog(root));
  }
  writeRecord(root, { ...before, installed: { ...before.installed, [file]: hashOf(join(root, file)) } });
}
