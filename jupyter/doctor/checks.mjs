import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { labEnvironment, runtimeFolder } from '../lab/environment.mjs';
import { run } from '../setup/command.mjs';
import { readJson } from '../setup/files.mjs';
import { kernelspecIsCurrent } from '../setup/kernelspec.mjs';
import { nodeTooOld } from '../setup/node-version.mjs';
import { packagesAreCurrent } from '../setup/npm-packages.mjs';
import { kernelspecFolder, venvFolder, venvPython } from '../setup/paths.mjs';
import { requirementsAreCurrent } from '../setup/python-packages.mjs';
import { labRequirements } from '../setup/set-up.mjs';
import { readRecord, venvIsSound } from '../setup/venv.mjs';

/*
 * Each check gives { name, found, remedy }: what was found, with its version, and what to do where that is not
 * good enough. No remedy means that it is well.
 */
const setUpAgain = 'npm run setup';
const fromNothing = `delete .venv, then ${setUpAgain}`;
const cellProgram = fileURLToPath(new URL('./run-cell.py', import.meta.url));

export function checkNode() {
  return { name: 'Node', found: process.versions.node, remedy: nodeTooOld(process.versions.node) };
}

export function checkPackages(root) {
  const installed = readJson(join(root, 'node_modules', '.package-lock.json'))?.packages;
  const found = installed ? `${Object.keys(installed).length} packages` : 'not installed';
  return { name: 'npm packages', found, remedy: packagesAreCurrent(root) ? undefined : setUpAgain };
}

async function jupyterRun(root, args) {
  const env = labEnvironment(root, runtimeFolder(root));
  return run(venvPython(root), args, { env, cwd: root, timeoutMs: 90_000 });
}

export async function checkPython(root) {
  const name = 'Python';
  if (!existsSync(venvPython(root))) return { name, found: 'no .venv', remedy: setUpAgain };
  const { code, output } = await jupyterRun(root, [
    '-c',
    'import platform; print(platform.python_version())',
  ]);
  const found = code === 0 ? output.trim() : 'the Python of .venv does not run';
  return { name, found, remedy: code === 0 ? undefined : fromNothing };
}

export async function checkVenv(root) {
  const name = '.venv';
  if (!venvIsSound(root)) {
    const found = readRecord(root) ? 'made for a Python that has changed' : 'not complete';
    return { name, found, remedy: setUpAgain };
  }
  if (!requirementsAreCurrent(root, labRequirements)) {
    return { name, found: `not what ${labRequirements} says`, remedy: setUpAgain };
  }
  const program =
    'import jupyterlab, jupyter_server, jupyter_client, nbconvert; print(jupyterlab.__version__)';
  const { code, output } = await jupyterRun(root, ['-c', program]);
  if (code === 0) return { name, found: `JupyterLab ${output.trim()}` };
  return { name, found: output.trim().split('\n').at(-1), remedy: fromNothing };
}

export function checkKernelspec(root) {
  const spec = readJson(join(kernelspecFolder(root), 'kernel.json'));
  const kernel = spec?.argv?.find(part => part.endsWith('main.cjs'));
  const name = 'kernelspec';
  if (!kernel) return { name, found: 'missing', remedy: setUpAgain };
  if (!kernelspecIsCurrent(root))
    return { name, found: 'for another folder or another Node', remedy: setUpAgain };
  if (!existsSync(kernel)) return { name, found: `${kernel} is missing`, remedy: setUpAgain };
  return { name, found: `${spec.display_name} (tslab)` };
}

export async function checkCell(root) {
  const name = 'a cell';
  if (!existsSync(venvPython(root))) return { name, found: 'not tried, no .venv', remedy: setUpAgain };
  const start = performance.now();
  const { output, timedOut } = await jupyterRun(root, [cellProgram]);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  // The kernel may print before the outcome; that comes last.
  const outcome = parseOutcome(output);
  if (outcome?.result === '42') return { name, found: `6 * 7 gave 42 in ${seconds} s` };
  const remedy = `delete kernel/dist, then ${setUpAgain}`;
  if (timedOut) return { name, found: 'no answer within 90 s', remedy };
  const words =
    outcome?.error ?? (outcome ? `6 * 7 gave ${outcome.result}` : output.trim().split('\n').at(-1));
  return { name, found: words.split('\n')[0], remedy };
}

function parseOutcome(output) {
  try {
    return JSON.parse(output.slice(output.lastIndexOf('{"')));
  } catch {
    return undefined;
  }
}

export function checkPlotly(root) {
  const name = "plotly's extension";
  const folder = join(venvFolder(root), 'share', 'jupyter', 'labextensions', 'jupyterlab-plotly');
  const entry = readJson(join(folder, 'package.json'));
  const script = entry?.jupyterlab?._build?.load;
  if (!script || !existsSync(join(folder, script))) return { name, found: 'missing', remedy: fromNothing };
  return { name, found: entry.version };
}

/** In the order in which a set-up makes them, so that the first bad one is the one to mend. */
export const checks = [
  checkNode,
  checkPackages,
  checkPython,
  checkVenv,
  checkKernelspec,
  checkCell,
  checkPlotly,
];
