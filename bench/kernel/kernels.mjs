import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { buildKernel, nodeFlags } from '../../kernel/build.mjs';
import { bench, benchPython, project } from '../peers.mjs';
import { cells } from './cells.mjs';

/** How to start each kernel, ours first; what is not there is named in `missing`. */
export async function kernels() {
  await buildKernel();
  const missing = [];
  const found = [
    {
      name: 'downhill',
      argv: [
        process.execPath,
        ...nodeFlags,
        join(project, 'kernel/dist/main.cjs'),
        '--connection-file={connection_file}',
      ],
      cells: cells.downhill,
    },
    {
      name: 'ipykernel',
      argv: [benchPython, '-m', 'ipykernel_launcher', '-f', '{connection_file}'],
      cells: cells.python,
    },
  ];
  const deno = denoProgram();
  if (deno)
    found.push({
      name: 'deno',
      argv: [deno, 'jupyter', '--kernel', '--conn', '{connection_file}'],
      cells: cells.deno,
    });
  else missing.push('Deno: its npm package has no program for this machine');
  const tslab = join(project, 'node_modules/tslab/bin/tslab');
  if (existsSync(tslab))
    found.push({
      name: 'tslab',
      argv: [process.execPath, tslab, 'kernel', '--config-path={connection_file}'],
      cells: cells.tslab,
    });
  else missing.push('stock tslab: run `npm install` first');
  return { found, missing };
}

/** The program lies in a package for each platform; the package `deno` itself would copy it when first run. */
function denoProgram() {
  const libc = process.platform === 'linux' ? '-glibc' : '';
  const name = process.platform === 'win32' ? 'deno.exe' : 'deno';
  const path = join(bench, 'node_modules/@deno', `${process.platform}-${process.arch}${libc}`, name);
  return existsSync(path) ? path : undefined;
}
