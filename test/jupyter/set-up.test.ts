import { chmodSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { callsOf, type FakeProject, makeFakeProject, remove, setUp, startSetUp } from './fake-project.ts';

const test = suite('set-up', { project: {} as FakeProject });
const everything = ['npm ci', 'venv', 'pip', 'kernel'];

test.before.each(context => {
  context.project = makeFakeProject();
});

test.after.each(context => {
  remove(context.project);
});

/** One line on stderr, exit code 1, no stack. */
function assertOneLine({ code, err }: { code: number | null; err: string }, pattern: RegExp) {
  assert.match(err, pattern);
  assert.is(err.trim().split('\n').length, 1, err);
  assert.is(code, 1);
}

async function until(condition: () => boolean) {
  while (!condition()) await new Promise(resolve => setTimeout(resolve, 20));
}

function isRunning(pid: number) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test('from nothing, each step in a line; the second time silent', async ({ project }) => {
  const first = await setUp(project);
  assert.is(first.err, '');
  assert.is(first.code, 0);
  assert.match(first.out, /^npm packages \.\.\. \d+\.\d s$/m);
  assert.match(first.out, /^kernel built \.\.\. \d+\.\d s$/m);
  assert.match(first.out, /^Everything is in place/m);
  assert.equal(callsOf(project), everything);
  assert.equal(await setUp(project), { code: 0, out: '', err: '' });
  assert.equal(callsOf(project), everything);
});

test('the kernelspec names Node and the kernel by path, and follows a moved project', async ({ project }) => {
  await setUp(project);
  const file = '.venv/share/jupyter/kernels/tslab/kernel.json';
  const spec = JSON.parse(readFileSync(join(project.root, file), 'utf8'));
  assert.is(spec.argv[0], process.execPath);
  assert.is(spec.argv.at(-2), join(project.root, 'kernel', 'dist', 'main.cjs'));
  assert.is(spec.interrupt_mode, 'message');
  const moved = { ...project, root: `${project.root}-moved` };
  renameSync(project.root, moved.root);
  const env = Object.entries(project.env).map(([k, v]) => [k, v?.replaceAll(project.root, moved.root)]);
  await setUp({ ...moved, env: Object.fromEntries(env) });
  const again = JSON.parse(readFileSync(join(moved.root, file), 'utf8'));
  assert.is(again.argv.at(-2), join(moved.root, 'kernel', 'dist', 'main.cjs'));
  renameSync(moved.root, project.root);
});

test('killed in the middle of npm: npm ends with it, the next one mends it', async ({ project }) => {
  const { child, ended } = startSetUp(project, { FAKE_NPM: 'hang' });
  const pidFile = join(project.root, 'npm-pid');
  await until(() => existsSync(pidFile) && readFileSync(pidFile, 'utf8') !== '');
  child.kill('SIGKILL');
  await ended;
  await until(() => !isRunning(Number(readFileSync(pidFile, 'utf8'))));
  assert.ok(existsSync(join(project.root, '.venv', 'setup.lock')));
  assert.is((await setUp(project)).code, 0);
  assert.equal(callsOf(project), ['npm ci', ...everything]);
});

test('pip cut short: the environment is made again', async ({ project }) => {
  assertOneLine(
    await setUp(project, { FAKE_PIP: 'broken' }),
    /^jupyter\/requirements\.txt: ERROR: half of it/,
  );
  assert.is((await setUp(project)).code, 0);
  assert.equal(callsOf(project), ['npm ci', 'venv', 'pip', 'venv', 'pip', 'kernel']);
});

test('no network: nothing is made twice once it is back', async ({ project }) => {
  assertOneLine(await setUp(project, { FAKE_NPM: 'offline' }), /^npm packages: .*check the network/);
  assertOneLine(await setUp(project, { FAKE_PIP: 'offline' }), /requirements\.txt: .*check the network/);
  assert.is((await setUp(project)).code, 0);
  assert.equal(callsOf(project), ['npm ci', 'npm ci', 'venv', 'pip', 'pip', 'kernel']);
});

test('a full disk, of which npm only warns: not taken for installed', async ({ project }) => {
  for (let time = 1; time <= 2; time++) {
    assertOneLine(await setUp(project, { FAKE_NPM: 'full' }), /^npm packages: the disk is full/);
    assert.equal(callsOf(project).length, time);
  }
});

test('a damaged record, or a Python that is gone: made again', async ({ project }) => {
  await setUp(project);
  writeFileSync(join(project.root, '.venv', 'downhill.json'), '{"interpreter": "/usr');
  assert.is((await setUp(project)).code, 0);
  assert.equal(callsOf(project).slice(4), ['venv', 'pip']);
  rmSync(join(project.root, '.venv', 'bin', 'python'));
  assert.is((await setUp(project)).code, 0);
  assert.equal(callsOf(project).slice(6), ['venv', 'pip']);
});

test('another list of packages: from nothing, so that nothing of the old one stays', async ({ project }) => {
  await setUp(project);
  writeFileSync(join(project.root, 'jupyter', 'requirements.txt'), 'other==1.0\n');
  writeFileSync(join(project.root, '.venv', 'old-package'), '');
  assert.is((await setUp(project)).code, 0);
  assert.equal(callsOf(project).slice(4), ['venv', 'pip']);
  assert.not.ok(existsSync(join(project.root, '.venv', 'old-package')));
});

test('two at once: the second waits, says so, and has nothing left to do', async ({ project }) => {
  const first = setUp(project, { FAKE_NPM: 'slow' });
  await until(() => existsSync(join(project.root, '.venv', 'setup.lock')));
  const second = await setUp(project);
  assert.is((await first).code, 0);
  assert.is(second.code, 0);
  assert.match(second.out, /^Another set-up is at work here; waiting for it/);
  assert.equal(callsOf(project), everything);
});

test('no Python: one line', async ({ project }) => {
  const env = { PATH: join(project.root, 'nothing'), PYTHON: '' };
  assertOneLine(await setUp(project, env), /^No Python found: install Python 3\.10 or newer/);
});

test('a folder that cannot be written: one line; when all is in place it does not matter', async ({
  project,
}) => {
  // For root every folder can be written, so that another user tries.
  const user = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
  chmodSync(project.root, 0o555);
  assertOneLine(await setUp(project, {}, user), /no permission/);
  chmodSync(project.root, 0o755);
  assert.is((await setUp(project)).code, 0);
  for (const folder of ['', '.venv']) chmodSync(join(project.root, folder), 0o555);
  assert.equal(await setUp(project, {}, user), { code: 0, out: '', err: '' });
  for (const folder of ['', '.venv']) chmodSync(join(project.root, folder), 0o755);
});

if (process.platform !== 'win32') test.run();
