// The WebAssembly module itself: where it comes from, what it needs, where it may be used.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { bytesOfBase64 } from '../../../lib/tensor/base64.ts';
import { wasmAvailable, wasmKernels, wasmScratchBytes } from '../../../lib/tensor/wasm.ts';
import { wasmBase64 } from '../../../lib/tensor/wasm-bytes.ts';
import { wasmMemory } from '../../../lib/tensor/web-assembly.ts';

const lib = new URL('../../../lib/tensor/', import.meta.url);
const bytes = bytesOfBase64(wasmBase64);

test('what is committed is what npm run build:wasm makes of the source', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wasm-'));
  try {
    const target = join(folder, 'wasm-bytes.ts');
    execFileSync(process.execPath, [fileURLToPath(new URL('assembly/build.mjs', lib)), target]);
    const [built, committed] = [target, new URL('wasm-bytes.ts', lib)].map(file =>
      readFileSync(file, 'utf8'),
    );
    const isSame = committed.replaceAll('\r\n', '\n') === built;
    assert.ok(isSame, 'lib/tensor/wasm-bytes.ts is out of date: npm run build:wasm');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('the module needs a memory and nothing else, and is small', () => {
  const module = new WebAssembly.Module(bytes);
  assert.equal(WebAssembly.Module.imports(module), [{ module: 'env', name: 'memory', kind: 'memory' }]);
  assert.ok(bytes.length < 40_000, `${bytes.length} bytes`);
});

test('the scratch that wasm.ts keeps free is what the source uses', () => {
  const memory = new WebAssembly.Memory({ initial: 17 });
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } });
  assert.is((exports.scratchBytes as WebAssembly.Global).value, wasmScratchBytes);
  assert.is(wasmScratchBytes % 64, 0);
});

test('base64 of every length', () => {
  for (let length = 0; length < 70; length++) {
    const some = Uint8Array.from({ length }, (_, i) => (i * 151 + length * 7) % 256);
    assert.equal(bytesOfBase64(Buffer.from(some).toString('base64')), some);
  }
});

test('one memory has one set of kernels; another has its own', () => {
  assert.ok(wasmAvailable());
  const [memory, other] = [wasmMemory(wasmScratchBytes), wasmMemory(wasmScratchBytes)];
  assert.is(wasmKernels(memory), wasmKernels(memory));
  assert.is.not(wasmKernels(memory), wasmKernels(other));
});

test('an array in another memory is refused in words', () => {
  const kernels = wasmKernels(wasmMemory(wasmScratchBytes + 64));
  const elsewhere = new Float32Array(4);
  assert.throws(
    () => kernels.add(elsewhere, elsewhere, elsewhere),
    'wasmKernels: expected an array in the memory of the kernels, got one elsewhere',
  );
});

test('a memory that grew is found again', () => {
  const memory = new WebAssembly.Memory({ initial: 17 });
  const kernels = wasmKernels(memory);
  memory.grow(1);
  const x = new Float32Array(memory.buffer, wasmScratchBytes, 2).fill(1);
  kernels.add(x, x, x);
  assert.equal(x, Float32Array.of(2, 2));
});

test('a host without so much room says so', () => {
  assert.throws(() => wasmMemory(1e15), /wasmMemory: expected room for 1000000000000000 bytes, got none/);
});

test.run();
