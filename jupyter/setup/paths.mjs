import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const projectRoot = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

export function venvFolder(root) {
  return join(root, '.venv');
}

export function venvPython(root, platform = process.platform) {
  return platform === 'win32'
    ? join(venvFolder(root), 'Scripts', 'python.exe')
    : join(venvFolder(root), 'bin', 'python');
}

export function kernelspecFolder(root) {
  return join(venvFolder(root), 'share', 'jupyter', 'kernels', 'tslab');
}

export function setupLog(root) {
  return join(venvFolder(root), 'setup.log');
}
