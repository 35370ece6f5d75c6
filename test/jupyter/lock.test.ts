import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { load } from './load.ts';

const { holderIsGone, withLock } = await load('jupyter/setup/lock.mjs');
const test = suite('lock', { path: '' });

/** Beyond any process number that a system gives. */
const nobody = 2 ** 30;
const held = (pid: number, host = hostname()) => JSON.stringify({ pid, host });

test.before.each(context => {
  context.path = join(mkdtempSync(join(tmpdir(), 'lock-')), 'setup.lock');
});

test.after.each(context => {
  rmSync(join(context.path, '..'), { recursive: true });
});

test('is there while the work runs and gone after it, also when it throws', async ({ path }) => {
  const seen = await withLock(path, () => JSON.parse(readFileSync(path, 'utf8')).pid);
  assert.is(seen, process.pid);
  assert.not.ok(existsSync(path));
  const failing = () => {
    throw new Error('no');
  };
  await withLock(path, failing).then(
    () => assert.unreachable(),
    (error: Error) => assert.is(error.message, 'no'),
  );
  assert.not.ok(existsSync(path));
});

test('one at a time, and the waiting one says so once', async ({ path }) => {
  // The first holder has another process number: one's own would be a leftover.
  writeFileSync(path, held(process.ppid));
  let waits = 0;
  let done = false;
  const second = withLock(
    path,
    () => {
      done = true;
    },
    () => {
      waits++;
    },
  );
  await new Promise(resolve => setTimeout(resolve, 500));
  assert.not.ok(done);
  rmSync(path);
  await second;
  assert.ok(done);
  assert.is(waits, 1);
});

test('a lock whose holder was killed is taken at once', async ({ path }) => {
  writeFileSync(path, held(nobody));
  assert.ok(holderIsGone(held(nobody)));
  assert.is(await withLock(path, () => 'mine'), 'mine');
});

test('a holder on another machine may well be alive', () => {
  assert.not.ok(holderIsGone(held(nobody, `not-${hostname()}`)));
  assert.not.ok(holderIsGone('{"pid":'));
});

test('an empty lock, its holder killed while writing it, is taken after a moment', async ({ path }) => {
  writeFileSync(path, '');
  utimesSync(path, 0, 0);
  assert.is(await withLock(path, () => 'mine'), 'mine');
});

test.run();
