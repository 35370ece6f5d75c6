import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { load } from './load.ts';

const { atLeast, nodeTooOld, parseVersion } = await load('jupyter/setup/node-version.mjs');

test('parseVersion reads what programs print', () => {
  assert.equal(parseVersion('v20.12.1'), [20, 12, 1]);
  assert.equal(parseVersion('Python 3.10.4'), [3, 10, 4]);
  assert.equal(parseVersion('3.13'), [3, 13, 0]);
  assert.equal(parseVersion('3.14.0rc2'), [3, 14, 0]);
  assert.is(parseVersion('no version'), undefined);
});

test('atLeast compares numbers, not text', () => {
  assert.ok(atLeast([3, 10, 0], [3, 10]));
  assert.ok(atLeast([4, 0, 0], [3, 10]));
  assert.not.ok(atLeast([3, 9, 18], [3, 10]));
  assert.ok(atLeast([20, 100, 0], [20, 12]));
});

test('nodeTooOld says what is needed and is silent when all is well', () => {
  assert.is(nodeTooOld('20.12.0'), undefined);
  assert.is(nodeTooOld('24.1.0'), undefined);
  assert.match(nodeTooOld('18.20.4'), /^Node 18\.20\.4 is too old: 20\.12 or newer is needed/);
  assert.match(nodeTooOld('20.11.1'), /too old/);
});

test.run();
