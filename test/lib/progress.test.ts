import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { progress } from '../../lib/progress.ts';

test('the rest takes as long a step as what was made', () => {
  // By hand: 10 s for 200 steps are 0.05 s a step, and 600 are left.
  assert.is(progress(200, 800, 10), 'step 200 of 800, about 30 s left');
});

test('seconds are rounded up: never 0 before the end', () => {
  assert.is(progress(799, 800, 8), 'step 799 of 800, about 1 s left');
});

test('no time before the first step and after the last', () => {
  assert.is(progress(0, 800, 0.3), 'step 0 of 800');
  assert.is(progress(800, 800, 31), 'step 800 of 800');
  assert.is(progress(0, 0, 0), 'step 0 of 0');
});

test('a step beyond the last is refused', () => {
  assert.throws(() => progress(9, 8, 1), /^progress: expected step to be a whole number, 0 to 8, got 9$/);
});

test.run();
