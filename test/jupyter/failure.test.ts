import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { load } from './load.ts';

const { failure } = await load('jupyter/setup/failure.mjs');
const { inWords, Trouble } = await load('jupyter/setup/trouble.mjs');

const said = (output: string) => failure('npm packages', output, '/log').message;

test('what npm, pip and uv say becomes advice', () => {
  assert.match(said('npm error code ENOTFOUND\nnpm error network request to x failed'), /check the network/);
  assert.match(
    said('NewConnectionError: [Errno -3] Temporary failure in name resolution'),
    /check the network/,
  );
  assert.match(said('error: Failed to fetch: dns error'), /check the network/);
  assert.match(said('npm error code ENOSPC\nnpm error nospc'), /the disk is full/);
  assert.match(said('OSError: [Errno 28] No space left on device'), /the disk is full/);
  assert.match(said('npm error code EACCES\nnpm error syscall mkdir'), /no permission/);
  assert.match(said('OSError: [Errno 30] Read-only file system'), /read-only/);
  assert.match(said('THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE'), /not the content/);
  assert.match(said('ERROR: No matching distribution found for pyzmq==27.3.0'), /64-bit Python/);
  assert.match(said('npm error code UNABLE_TO_VERIFY_LEAF_SIGNATURE CERTIFICATE'), /certificate/);
});

test('anything else is its last telling line and where the rest is', () => {
  assert.is(
    said('step one\nError: strange thing\n    at somewhere\n'),
    'npm packages: Error: strange thing (everything it said: /log)',
  );
});

test('errors of the system become advice too', () => {
  const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
  assert.is(inWords(full), 'The disk is full: free about 1 GB, then run this again.');
  const readOnly = Object.assign(new Error('EROFS'), { code: 'EROFS', path: '/p/.venv' });
  assert.match(inWords(readOnly), /^\/p\/\.venv: this folder is read-only/);
  assert.is(inWords(new Trouble('do this')), 'do this');
  assert.is(inWords(new Error('one\ntwo')), 'one');
  assert.is(inWords(null), 'null');
});

test.run();
