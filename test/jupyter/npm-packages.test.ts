import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { load } from './load.ts';

const { packagesAreCurrent } = await load('jupyter/setup/npm-packages.mjs');
const test = suite('npm packages', { root: '' });

const here = { os: [process.platform], cpu: [process.arch] };
const locked = {
  '': { dependencies: { one: '1.0.0' } },
  'node_modules/one': { version: '1.0.0' },
  'node_modules/one-elsewhere': { version: '1.0.0', optional: true, os: ['plan9'], cpu: ['pdp11'] },
  'node_modules/one-here': { version: '1.0.0', optional: true, ...here },
  'node_modules/one-musl': { version: '1.0.0', optional: true, ...here, libc: ['musl'] },
};
const installed = {
  'node_modules/one': { version: '1.0.0' },
  'node_modules/one-here': { version: '1.0.0' },
};

function write(root: string, lock: object | string, hidden?: object | string) {
  const text = (value: object | string) =>
    typeof value === 'string' ? value : JSON.stringify({ packages: value });
  mkdirSync(join(root, 'node_modules', 'one'), { recursive: true });
  writeFileSync(join(root, 'node_modules', 'one', 'package.json'), '{}');
  writeFileSync(join(root, 'package-lock.json'), text(lock));
  if (hidden) writeFileSync(join(root, 'node_modules', '.package-lock.json'), text(hidden));
}

test.before.each(context => {
  context.root = mkdtempSync(join(tmpdir(), 'npm-packages-'));
});

test.after.each(context => {
  rmSync(context.root, { recursive: true });
});

test('current, also when npm installed them by itself and left out other systems', ({ root }) => {
  write(root, locked, installed);
  assert.ok(packagesAreCurrent(root));
});

test('not current: never installed, or cut short', ({ root }) => {
  write(root, locked);
  assert.not.ok(packagesAreCurrent(root));
});

test('not current: a stamp that is not JSON', ({ root }) => {
  write(root, locked, '{"packages": {');
  assert.not.ok(packagesAreCurrent(root));
});

test('not current: another version, one missing, the one for this system missing', ({ root }) => {
  write(root, { ...locked, 'node_modules/one': { version: '1.0.1' } }, installed);
  assert.not.ok(packagesAreCurrent(root));
  write(root, { ...locked, 'node_modules/two': { version: '1.0.0' } }, installed);
  assert.not.ok(packagesAreCurrent(root));
  write(root, locked, { 'node_modules/one': { version: '1.0.0' } });
  assert.not.ok(packagesAreCurrent(root));
});

test('what only development needs may be missing, unless it is asked for', ({ root }) => {
  const withTests = {
    ...locked,
    '': { dependencies: { one: '1.0.0' }, devDependencies: { tester: '1.0.0' } },
    'node_modules/tester': { version: '1.0.0', dev: true },
  };
  write(root, withTests, installed);
  assert.ok(packagesAreCurrent(root));
  assert.not.ok(packagesAreCurrent(root, { development: true }));
});

test('not current: a package deleted by hand', ({ root }) => {
  write(root, locked, installed);
  rmSync(join(root, 'node_modules', 'one'), { recursive: true });
  assert.not.ok(packagesAreCurrent(root));
});

test.run();
