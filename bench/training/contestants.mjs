import { join } from 'node:path';
import { bundled, torchModes } from '../contestants.mjs';
import { bench, benchPython } from '../peers.mjs';

const here = join(bench, 'training');

/**
 * How to start each contestant, ours first, given the file of tasks and the name of one; what is not there is named
 * in `missing`.
 */
export async function contestants(folder) {
  const own = await bundled(join(here, 'downhill.mjs'), folder);
  const node =
    (script, ...more) =>
    (...task) => [process.execPath, script, ...task, ...more];
  const python =
    (script, ...more) =>
    (...task) => [benchPython, join(here, script), ...task, ...more];
  const torch = torchModes();
  const found = [
    node(own, 'wasm'),
    node(own, 'plain'),
    ...torch.modes.map(mode => python('torch_training.py', mode, '1')),
    python('jax_training.py'),
    node(join(here, 'jax-js.mjs')),
    node(join(here, 'tfjs.mjs')),
  ];
  if (torch.modes.includes('compiled')) found.push(python('torch_training.py', 'compiled', '2'));
  return { found, missing: torch.missing };
}
