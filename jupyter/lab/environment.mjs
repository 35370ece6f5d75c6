import { randomBytes } from 'node:crypto';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../setup/files.mjs';
import { isAlive } from '../setup/lock.mjs';
import { venvFolder } from '../setup/paths.mjs';
import { cleanEnvironment } from '../setup/venv.mjs';

export function jupyterHome(root) {
  return join(venvFolder(root), 'jupyter-home');
}

export function runtimeFolder(root) {
  return join(jupyterHome(root), `run-${process.pid}`);
}

/** A folder of this start's own, so that its server can be told from any other's. Leftovers of killed ones go. */
export function makeRuntimeFolder(root) {
  const home = jupyterHome(root);
  makeFolder(home);
  for (const name of readdirSync(home)) {
    const match = /^run-(\d+)$/.exec(name);
    if (match && !isAlive(Number(match[1]))) rmSync(join(home, name), { recursive: true, force: true });
  }
  const folder = runtimeFolder(root);
  rmSync(folder, { recursive: true, force: true });
  makeFolder(folder, { mode: 0o700 });
  return folder;
}

/** Variables that npm sets for its scripts would show up in every cell's process.env. */
function withoutNpm(env) {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^npm_|^INIT_CWD$/i.test(name)));
}

/**
 * JupyterLab sees .venv and a home of its own inside it: a person's other Jupyter, with its passwords, extensions
 * and kernels, neither breaks this one nor is changed by it. Whoever wants their own Lab settings here sets
 * JUPYTERLAB_SETTINGS_DIR.
 */
export function labEnvironment(root, runtime, env = process.env) {
  const { JUPYTER_PATH, JUPYTER_CONFIG_PATH, JUPYTER_NO_CONFIG, JUPYTER_PLATFORM_DIRS, ...rest } = env;
  const home = jupyterHome(root);
  return {
    ...withoutNpm(cleanEnvironment(rest)),
    JUPYTER_PREFER_ENV_PATH: '1',
    JUPYTER_CONFIG_DIR: join(home, 'config'),
    JUPYTER_DATA_DIR: join(home, 'data'),
    JUPYTER_RUNTIME_DIR: runtime,
    JUPYTERLAB_SETTINGS_DIR: env.JUPYTERLAB_SETTINGS_DIR || join(home, 'settings'),
    JUPYTERLAB_WORKSPACES_DIR: env.JUPYTERLAB_WORKSPACES_DIR || join(home, 'workspaces'),
    JUPYTER_TOKEN: env.JUPYTER_TOKEN || randomBytes(24).toString('hex'),
  };
}
