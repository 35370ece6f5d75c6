import { existsSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './command.mjs';
import { failure } from './failure.mjs';
import { readJson, writeWhole } from './files.mjs';
import { setupLog, venvFolder, venvPython } from './paths.mjs';
import { findPython } from './python.mjs';

/*
 * .venv/downhill.json records how far the environment has come:
 *   { interpreter, maker: 'uv' | 'venv', installed: { requirements file: hash } }
 * It is taken away before anything is changed and written again when the change is whole. An environment without
 * it was cut short and is made again.
 */
const kept = new Set(['setup.lock', 'setup.log', 'jupyter-home']);

function recordPath(root) {
  return join(venvFolder(root), 'downhill.json');
}

export function readRecord(root) {
  const record = readJson(recordPath(root));
  return record?.interpreter && record.installed ? record : undefined;
}

export function writeRecord(root, record) {
  writeWhole(recordPath(root), `${JSON.stringify(record, null, 2)}\n`);
}

export function forgetRecord(root) {
  rmSync(recordPath(root), { force: true });
}

/** The interpreter behind .venv; undefined where there is none, or its Python was removed. */
function interpreterOf(root) {
  try {
    return realpathSync(venvPython(root));
  } catch {
    return undefined;
  }
}

export function venvIsSound(root) {
  const record = readRecord(root);
  // A Python upgraded in place has another real path, and none of the old packages.
  return record !== undefined && record.interpreter === interpreterOf(root);
}

export async function hasUv(env = process.env) {
  const { code } = await run('uv', ['--version'], { env, timeoutMs: 10_000 });
  return code === 0;
}

function clear(root) {
  const folder = venvFolder(root);
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    if (!kept.has(name)) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

/** For Python's own tools inside .venv: settings of the person's that would lead them out of it. */
export function cleanEnvironment(env) {
  const { PYTHONHOME, PYTHONPATH, VIRTUAL_ENV, __PYVENV_LAUNCHER__, ...rest } = env;
  return { ...rest, PYTHONNOUSERSITE: '1' };
}

async function makeWithUv(root, env, record) {
  const args = ['venv', '--allow-existing', '--python', '>=3.10', venvFolder(root)];
  const { code, output } = await run('uv', args, { env, cwd: root });
  record(output);
  return code === 0;
}

async function makeWithPython(root, python, env, record) {
  const [program, ...args] = python.command;
  const { code, output } = await run(program, [...args, '-m', 'venv', venvFolder(root)], { env, cwd: root });
  record(output);
  if (code !== 0) throw failure(`Python ${python.version}, .venv`, output, setupLog(root));
}

/** Makes .venv from nothing. What is there already is a piece of an earlier attempt and goes. */
export async function makeVenv(root, { env = process.env, record = () => {} } = {}) {
  const clean = cleanEnvironment(env);
  const uv = await hasUv(clean);
  // Looked for first: without one, what is there stays as it is.
  let python = uv ? undefined : await findPython({ env: clean });
  forgetRecord(root);
  clear(root);
  const byUv = uv && (await makeWithUv(root, clean, record));
  if (!byUv) {
    python ??= await findPython({ env: clean });
    await makeWithPython(root, python, clean, record);
  }
  writeRecord(root, { interpreter: interpreterOf(root), maker: byUv ? 'uv' : 'venv', installed: {} });
}
