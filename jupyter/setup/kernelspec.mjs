import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodeFlags } from '../../kernel/build.mjs';
import { readIfThere, writeWhole } from './files.mjs';
import { kernelspecFolder } from './paths.mjs';

/** The name stays `tslab`, so that notebooks written for tslab find a kernel. */
export function kernelspec(root, node = process.execPath) {
  return {
    argv: [
      node,
      ...nodeFlags,
      join(root, 'kernel', 'dist', 'main.cjs'),
      '--connection-file={connection_file}',
    ],
    display_name: 'TypeScript',
    language: 'typescript',
    interrupt_mode: 'message',
    metadata: { debugger: false },
  };
}

function wantedFiles(root) {
  const folder = kernelspecFolder(root);
  const logo = join(root, 'jupyter', 'kernelspec', 'logo-svg.svg');
  return [
    [join(folder, 'logo-svg.svg'), readFileSync(logo, 'utf8')],
    [join(folder, 'kernel.json'), `${JSON.stringify(kernelspec(root), null, 2)}\n`],
  ];
}

/** Not current after the project has moved, or when another Node runs it: both are named by path. */
export function kernelspecIsCurrent(root) {
  return wantedFiles(root).every(([path, text]) => readIfThere(path) === text);
}

export function writeKernelspec(root) {
  for (const [path, text] of wantedFiles(root)) writeWhole(path, text);
}
