import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readIfThere, writeWhole } from './files.mjs';
import { venvFolder } from './paths.mjs';

/**
 * JupyterLab brings JavaScript of its own for Node, which is CommonJS; without a package.json between it and ours
 * it would be taken for ES modules and fail.
 */
const packageJson = '{ "type": "commonjs" }\n';

function wantedFiles(root) {
  const own = name => readFileSync(join(root, 'jupyter', 'lab', name), 'utf8');
  const venv = venvFolder(root);
  return [
    [join(venv, 'share', 'jupyter', 'lab', 'settings', 'overrides.json'), own('overrides.json')],
    [join(venv, 'etc', 'jupyter', 'jupyter_server_config.json'), own('server.json')],
    [join(venv, 'package.json'), packageJson],
  ];
}

export function labSettingsAreCurrent(root) {
  return wantedFiles(root).every(([path, text]) => readIfThere(path) === text);
}

/** Inside .venv only, so that no other Jupyter of this person changes. */
export function writeLabSettings(root) {
  for (const [path, text] of wantedFiles(root)) writeWhole(path, text);
}
