import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { load } from './load.ts';

const { countPlain, countPytest, countUvu, judge } = await load('test/runner/counts.mjs');
const { plan } = await load('test/runner/program.mjs');

test('counts are read from what uvu, pytest and npm run notebooks print', () => {
  const uvu = ' loss  • • ✘\n\n  Total:     3\n  Passed:    2\n  Skipped:   1\n  Duration:  1.2ms\n';
  assert.equal(countUvu(uvu), { passed: 2, failed: 1, skipped: 1 });
  assert.equal(countPytest('...\n3 failed, 20 passed, 1 skipped, 1 error in 9.40s\n'), {
    passed: 20,
    failed: 4,
    skipped: 1,
  });
  assert.equal(countPytest('==== 5 passed in 61.20s (0:01:01) ===='), { passed: 5, failed: 0, skipped: 0 });
  assert.equal(countPlain('one: ok\n2 passed, 1 failed\n'), { passed: 2, failed: 1, skipped: 0 });
});

test('a crash, a run without tests and one that took too long have failed', () => {
  const none = { passed: 0, failed: 0, skipped: 0 };
  assert.is(judge({ ...none, passed: 3 }, { code: 1, output: '' }).failed, 1);
  assert.is(judge(none, { code: 0, output: '' }).failed, 1);
  assert.is(judge({ ...none, passed: 3 }, { code: 0, output: '', timedOut: true }).failed, 1);
  assert.is(judge({ ...none, passed: 3 }, { code: 0, output: '' }).failed, 0);
  assert.is(judge({ ...none, failed: 2 }, { code: 1, output: '' }).failed, 2);
});

const names = (args: string[]) => plan(args).map((each: { stage: { name: string } }) => each.stage.name);

test('npm test runs every stage, or the stages and files that are named', () => {
  assert.equal(names([]), ['check', 'unit', 'clients', 'notebooks', 'browser']);
  assert.equal(names(['browser', 'unit']), ['unit', 'browser']);
  assert.equal(names(['test/browser/lab.test.ts']), ['browser']);
  const [unit, clients] = plan(['test/lib/loss.test.ts', 'test/clients/test_x.py::test_y']);
  assert.equal(unit.files, ['test/lib/loss.test.ts']);
  assert.equal(clients.files, ['test/clients/test_x.py::test_y']);
  assert.throws(() => plan(['nonsense']), /expected a stage .* or a test file, got nonsense/);
});

test.run();
