import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test } from 'uvu';
import * as assert from 'uvu/assert';

/*
 * The tests of test/clients, through jupyter_client and jupyter_kernel_test, over the fake engine: what
 * fails here is the protocol's fault. Cells that spin need the real kernel, which has them elsewhere.
 */
const root = fileURLToPath(new URL('../../../', import.meta.url));
const python = process.env.DOWNHILL_PYTHON ?? join(root, '.venv', 'bin', 'python');
const hasClients = spawnSync(python, ['-c', 'import jupyter_kernel_test, pytest']).status === 0;

test('the tests of test/clients pass over the fake engine', () => {
  if (!hasClients) {
    console.log(
      `skipped: ${existsSync(python) ? 'jupyter_kernel_test or pytest is missing in' : 'there is no'} ${python}`,
    );
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'fake-kernel-'));
  try {
    const path = [writeKernelspec(folder), process.env.JUPYTER_PATH].filter(Boolean).join(delimiter);
    const files = ['test_protocol.py', 'test_kernel_test.py'].map(file =>
      join(root, 'test', 'clients', file),
    );
    const args = ['-m', 'pytest', '-q', '-p', 'no:cacheprovider', '-k', 'not spin', ...files];
    const env = { ...process.env, JUPYTER_PATH: path, JUPYTER_PREFER_ENV_PATH: '0' };
    const { status, stdout } = spawnSync(python, args, { cwd: root, env, encoding: 'utf8' });
    assert.is(status, 0, stdout);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

function writeKernelspec(folder: string): string {
  const spec = join(folder, 'kernels', 'tslab');
  mkdirSync(spec, { recursive: true });
  const program = fileURLToPath(new URL('fakeKernel.ts', import.meta.url));
  const argv = [process.execPath, '--import', import.meta.resolve('tsx'), program, '{connection_file}'];
  const kernel = { argv, display_name: 'fake', language: 'typescript', interrupt_mode: 'message' };
  writeFileSync(join(spec, 'kernel.json'), JSON.stringify(kernel));
  return folder;
}

test.run();
