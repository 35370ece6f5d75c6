import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { kernelspecIsCurrent, writeKernelspec } from './kernelspec.mjs';
import { labSettingsAreCurrent, writeLabSettings } from './lab-settings.mjs';
import { withLock } from './lock.mjs';
import { installPackages, packagesAreCurrent } from './npm-packages.mjs';
import { projectRoot, setupLog, venvFolder } from './paths.mjs';
import { aListHasChanged, installRequirements, requirementsAreCurrent } from './python-packages.mjs';
import { makeVenv, venvIsSound } from './venv.mjs';

export const labRequirements = 'jupyter/requirements.txt';
export const testRequirements = 'test/requirements.txt';

async function buildKernel(root) {
  const { buildKernel: build } = await import(pathToFileURL(join(root, 'kernel', 'build.mjs')).href);
  const { built } = await build({});
  return built;
}

/** In order: each step may need what the ones before it made. `make` gives false where nothing was to be done. */
function steps(root, requirements, options) {
  const files = requirements.map(file => ({
    name: `Python packages (${file})`,
    isCurrent: () => requirementsAreCurrent(root, file),
    make: () => installRequirements(root, file, options),
  }));
  return [
    {
      name: 'npm packages',
      isCurrent: () => packagesAreCurrent(root, options),
      make: () => installPackages(root, options),
    },
    {
      name: 'Python environment (.venv)',
      isCurrent: () => venvIsSound(root) && !aListHasChanged(root),
      make: () => makeVenv(root, options),
    },
    ...files,
    // Only its own build knows whether it is current.
    { name: 'kernel', isCurrent: () => false, make: () => buildKernel(root), isQuiet: true },
    {
      name: 'TypeScript kernel registered in .venv',
      isCurrent: () => kernelspecIsCurrent(root),
      make: () => writeKernelspec(root),
    },
    {
      name: 'JupyterLab settings in .venv',
      isCurrent: () => labSettingsAreCurrent(root),
      make: () => writeLabSettings(root),
    },
  ];
}

async function take(step, print) {
  if (step.isCurrent()) return false;
  const start = performance.now();
  if (!step.isQuiet) print(`${step.name} ... `);
  try {
    const made = (await step.make()) !== false;
    const time = `${((performance.now() - start) / 1000).toFixed(1)} s\n`;
    if (made) print(step.isQuiet ? `${step.name} built ... ${time}` : time);
    return made;
  } catch (error) {
    if (!step.isQuiet) print('failed\n');
    throw error;
  }
}

/** Two set-ups at once would undo each other. In a folder that cannot be written there is nothing but to look. */
async function alone(root, work, print) {
  const lock = join(venvFolder(root), 'setup.lock');
  const tell = () =>
    print(`Another set-up is at work here; waiting for it. (If there is none: delete ${lock})\n`);
  let begun = false;
  const once = () => {
    begun = true;
    return work();
  };
  try {
    return await withLock(lock, once, tell);
  } catch (error) {
    if (begun || !['EROFS', 'EACCES', 'EPERM'].includes(error.code)) throw error;
    return await work(error);
  }
}

/**
 * Brings the project from a fresh clone, or from whatever an earlier attempt left, to where notebooks run. Says
 * nothing when all is current. With `development` there is also what tests and the writing of notebooks need.
 * Gives whether anything had to be done.
 */
export async function setUp({
  root = projectRoot,
  requirements = [labRequirements],
  development = false,
  env = process.env,
} = {}) {
  const print = text => process.stdout.write(text);
  const record = text => appendFileSync(setupLog(root), text);
  const work = async cannotWrite => {
    let made = false;
    for (const step of steps(root, requirements, { development, env, record })) {
      if (cannotWrite && !step.isQuiet && !step.isCurrent()) throw cannotWrite;
      made = (await take(step, print)) || made;
    }
    return made;
  };
  return await alone(root, work, print);
}
