import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { load } from './load.ts';

const { labArguments, namedPort } = await load('jupyter/lab/arguments.mjs');
const { jupyterHome, labEnvironment, makeRuntimeFolder } = await load('jupyter/lab/environment.mjs');

const call = {
  root: '/p',
  firstPage: 'notebooks/en/00.ipynb',
  args: [],
  env: { DISPLAY: ':0' },
  platform: 'linux',
};

test('the port that was asked for, in every way that JupyterLab takes it', () => {
  assert.is(namedPort(['--no-browser', '--port=9999']), 9999);
  assert.is(namedPort(['--port', '9999']), 9999);
  assert.is(namedPort(['--ServerApp.port=9999']), 9999);
  assert.is(namedPort(['--port-retries=3']), undefined);
  assert.is(namedPort([]), undefined);
});

test('JupyterLab opens the first page in the project, unless the person names another', () => {
  assert.equal(labArguments({ ...call, args: ['--port=9999'] }), [
    '-m',
    'jupyterlab',
    '--ServerApp.root_dir=/p',
    '--LabApp.default_url=/lab/tree/notebooks/en/00.ipynb',
    '--port=9999',
  ]);
  const own = ['--notebook-dir=/q', '--LabApp.default_url=/lab'];
  assert.equal(labArguments({ ...call, args: own }), ['-m', 'jupyterlab', ...own]);
});

test('no browser where there is no display, root only where it is root', () => {
  assert.ok(labArguments({ ...call, env: {} }).includes('--no-browser'));
  assert.not.ok(labArguments({ ...call, env: { WAYLAND_DISPLAY: 'wayland-0' } }).includes('--no-browser'));
  assert.not.ok(labArguments({ ...call, env: {}, platform: 'darwin' }).includes('--no-browser'));
  assert.not.ok(labArguments(call).includes('--allow-root'));
  assert.ok(labArguments({ ...call, isRoot: true }).includes('--allow-root'));
});

test("JupyterLab's environment is its own", () => {
  const person = {
    HOME: '/h',
    JUPYTER_PATH: '/x',
    JUPYTER_CONFIG_DIR: '/h/.jupyter',
    PYTHONHOME: '/y',
    npm_command: 'a',
  };
  const env = labEnvironment('/p', '/p/run', person);
  assert.is(env.HOME, '/h');
  assert.is(env.JUPYTER_PREFER_ENV_PATH, '1');
  assert.is(env.JUPYTER_CONFIG_DIR, join(jupyterHome('/p'), 'config'));
  assert.is(env.JUPYTER_RUNTIME_DIR, '/p/run');
  for (const name of ['JUPYTER_PATH', 'PYTHONHOME', 'npm_command']) assert.is(env[name], undefined);
  assert.match(env.JUPYTER_TOKEN, /^[0-9a-f]{48}$/);
  assert.is.not(env.JUPYTER_TOKEN, labEnvironment('/p', '/p/run', person).JUPYTER_TOKEN);
});

test('settings of the person stay where they say so', () => {
  const env = labEnvironment('/p', '/p/run', { JUPYTERLAB_SETTINGS_DIR: '/mine', JUPYTER_TOKEN: 't' });
  assert.is(env.JUPYTERLAB_SETTINGS_DIR, '/mine');
  assert.is(env.JUPYTER_TOKEN, 't');
});

test('a start sweeps the runtime folders of starts that were killed, and of no others', () => {
  const root = mkdtempSync(join(tmpdir(), 'runtime-'));
  const dead = join(jupyterHome(root), `run-${2 ** 30}`);
  const alive = join(jupyterHome(root), `run-${process.ppid}`);
  for (const folder of [dead, alive]) mkdirSync(folder, { recursive: true });
  const own = makeRuntimeFolder(root);
  assert.ok(existsSync(own));
  assert.ok(existsSync(alive));
  assert.not.ok(existsSync(dead));
  rmSync(root, { recursive: true });
});

test.run();
