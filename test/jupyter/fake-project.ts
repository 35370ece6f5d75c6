import { type ChildProcess, spawn } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { projectRoot } from './project-root.ts';

/**
 * A copy of the project's set-up in a folder of its own, with an npm, a Python and a kernel build that only
 * write down what they were asked to do in `calls`. The Python of its .venv is a copy of the fake one.
 */
export interface FakeProject {
  root: string;
  env: NodeJS.ProcessEnv;
}

const npm = `
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
appendFileSync('calls', 'npm ci\\n');
const behaviour = process.env.FAKE_NPM;
if (behaviour === 'offline') { console.log('npm error code EAI_AGAIN'); process.exit(1); }
if (behaviour === 'full') console.log('npm warn tar TAR_ENTRY_ERROR ENOSPC: no space left on device, write');
mkdirSync('node_modules/one', { recursive: true });
if (behaviour === 'hang') { writeFileSync('npm-pid', String(process.pid)); setInterval(() => {}, 1000); }
else {
  if (behaviour === 'slow') await new Promise(resolve => setTimeout(resolve, 700));
  writeFileSync('node_modules/one/package.json', '{}');
  writeFileSync('node_modules/.package-lock.json', '{"packages":{"node_modules/one":{"version":"1.0.0"}}}');
}
`;

const python = `#!/bin/sh
case "$*" in
*ensurepip*) echo "python 3.11.7 venv" ;;
*"-m venv"*) echo "venv" >> calls; mkdir -p "$3/bin"; cp "$0" "$3/bin/python" ;;
*"-m pip"*)
  echo "pip" >> calls
  if [ "$FAKE_PIP" = offline ]; then echo "NewConnectionError"; exit 1; fi
  echo "Installing collected packages: x"
  if [ "$FAKE_PIP" = broken ]; then echo "ERROR: half of it"; exit 1; fi ;;
esac
`;

const kernelBuild = `
import { appendFileSync, existsSync, mkdirSync } from 'node:fs';
export const nodeFlags = [];
export async function buildKernel() {
  const built = !existsSync('kernel/dist');
  if (built) appendFileSync('calls', 'kernel\\n');
  mkdirSync('kernel/dist', { recursive: true });
  return { built };
}
`;

function copyFromProject(root: string) {
  for (const name of ['setup', 'lab', 'kernelspec', 'setup.mjs', 'requirements.txt']) {
    const source = fileURLToPath(new URL(`jupyter/${name}`, projectRoot));
    cpSync(source, join(root, 'jupyter', name), { recursive: true });
  }
}

export function makeFakeProject(): FakeProject {
  const root = mkdtempSync(join(tmpdir(), 'set-up-'));
  copyFromProject(root);
  const tools = join(root, 'tools');
  mkdirSync(tools);
  mkdirSync(join(root, 'kernel'));
  writeFileSync(join(root, 'package.json'), '{"type":"module"}');
  const lock = {
    packages: { '': { dependencies: { one: '1.0.0' } }, 'node_modules/one': { version: '1.0.0' } },
  };
  writeFileSync(join(root, 'package-lock.json'), JSON.stringify(lock));
  writeFileSync(join(root, 'kernel', 'build.mjs'), kernelBuild);
  writeFileSync(join(tools, 'npm-cli.js'), npm);
  writeFileSync(join(tools, 'python3'), python);
  chmodSync(join(tools, 'python3'), 0o755);
  const env = {
    PATH: `${tools}:/usr/bin:/bin`,
    PYTHON: join(tools, 'python3'),
    npm_execpath: join(tools, 'npm-cli.js'),
  };
  return { root, env };
}

export function remove(project: FakeProject) {
  rmSync(project.root, { recursive: true, force: true });
}

export function callsOf({ root }: FakeProject) {
  const path = join(root, 'calls');
  return existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n') : [];
}

export interface Outcome {
  code: number | null;
  out: string;
  err: string;
}

/** Starts set-up; `ended` gives its exit code and what it printed. */
export function startSetUp({ root, env }: FakeProject, extra: NodeJS.ProcessEnv = {}, options = {}) {
  const child: ChildProcess = spawn(process.execPath, ['jupyter/setup.mjs'], {
    cwd: root,
    env: { ...env, ...extra },
    ...options,
  });
  const outcome: Outcome = { code: null, out: '', err: '' };
  child.stdout?.on('data', data => {
    outcome.out += data;
  });
  child.stderr?.on('data', data => {
    outcome.err += data;
  });
  const ended = new Promise<Outcome>(resolve => {
    child.on('close', code => resolve({ ...outcome, code }));
  });
  return { child, ended };
}

export function setUp(project: FakeProject, extra: NodeJS.ProcessEnv = {}, options = {}) {
  return startSetUp(project, extra, options).ended;
}
