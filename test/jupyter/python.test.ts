import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { load } from './load.ts';

const { findPython } = await load('jupyter/setup/python.mjs');
const test = suite('python', { folder: '' });

test.before.each(context => {
  context.folder = mkdtempSync(join(tmpdir(), 'python-'));
});

test.after.each(context => {
  rmSync(context.folder, { recursive: true });
});

function program(folder: string, name: string, script: string) {
  writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, name), 0o755);
}

const answers = (version: string, module = 'venv') => `echo "python ${version} ${module}"`;

async function messageOf(folder: string, env = {}) {
  try {
    await findPython({ env: { PATH: folder, ...env }, platform: 'linux' });
  } catch (error) {
    return (error as Error).message;
  }
  return 'found';
}

test('no Python at all', async ({ folder }) => {
  assert.match(await messageOf(folder), /^No Python found: install Python 3\.10 or newer/);
});

test('a Python that cannot run counts as none', async ({ folder }) => {
  program(folder, 'python3', 'echo "pyenv: version 3.9 is not installed" >&2; exit 127');
  assert.match(await messageOf(folder), /^No Python found/);
});

test('only an old one', async ({ folder }) => {
  program(folder, 'python3', answers('3.9.2'));
  program(folder, 'python', answers('2.7.18', 'bare'));
  assert.match(await messageOf(folder), /^Python 3\.9\.2 is too old: install Python 3\.10 or newer/);
});

test('one without its venv module, as Debian has it', async ({ folder }) => {
  program(folder, 'python3', answers('3.11.2', 'bare'));
  assert.match(
    await messageOf(folder),
    /^Python 3\.11\.2 lacks its venv module: .*apt install python3\.11-venv/,
  );
});

test('a newer one beside an old python3 is found by its versioned name', async ({ folder }) => {
  program(folder, 'python3', answers('3.8.10'));
  program(folder, 'python3.12', answers('3.12.1'));
  const found = await findPython({ env: { PATH: folder }, platform: 'linux' });
  assert.equal(found.command, ['python3.12']);
  assert.is(found.version, '3.12.1');
});

test('PYTHON names one', async ({ folder }) => {
  program(folder, 'python3', answers('3.11.2'));
  program(folder, 'mine', answers('3.13.0'));
  const env = { PATH: folder, PYTHON: join(folder, 'mine') };
  assert.is((await findPython({ env, platform: 'linux' })).version, '3.13.0');
});

test('Windows asks its launcher first', async ({ folder }) => {
  program(folder, 'py', 'test "$1" = -3 && echo "python 3.12.4 venv"');
  const found = await findPython({ env: { PATH: folder }, platform: 'win32' });
  assert.equal(found.command, ['py', '-3']);
});

if (process.platform !== 'win32') test.run();
