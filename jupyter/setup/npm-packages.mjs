import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './command.mjs';
import { failure } from './failure.mjs';
import { readJson } from './files.mjs';
import { setupLog } from './paths.mjs';
import { Trouble } from './trouble.mjs';

function isMadeFor(list, value) {
  if (!list) return false;
  return list.some(item => item.startsWith('!')) ? !list.includes(`!${value}`) : list.includes(value);
}

/** Optional packages are mostly builds for other systems; the one for this system has to be there. */
function mayBeMissing(entry) {
  if (!entry.optional) return false;
  // With a libc there are two for each system and npm takes one of them.
  return (
    Boolean(entry.libc) || !(isMadeFor(entry.os, process.platform) && isMadeFor(entry.cpu, process.arch))
  );
}

/** What only tests and the writing of notebooks need is more than half of the bytes; learners do without. */
function isWanted(entry, development) {
  return development || !entry.dev;
}

/**
 * Whether node_modules holds what the lock file asks for. npm writes node_modules/.package-lock.json last, so an
 * install that was cut short has none; comparing contents also accepts what `npm install` did by itself.
 */
export function packagesAreCurrent(root, { development = false } = {}) {
  const wanted = readJson(join(root, 'package-lock.json'))?.packages;
  const installed = readJson(join(root, 'node_modules', '.package-lock.json'))?.packages;
  if (!wanted || !installed) return false;
  for (const [place, entry] of Object.entries(wanted)) {
    if (place === '' || !isWanted(entry, development)) continue;
    const found = installed[place];
    if (found && found.version !== entry.version) return false;
    if (!found && !mayBeMissing(entry)) return false;
  }
  const { dependencies, devDependencies } = wanted[''] ?? {};
  const direct = Object.keys({ ...dependencies, ...(development ? devDependencies : {}) });
  return direct.every(name => existsSync(join(root, 'node_modules', name, 'package.json')));
}

/** npm's own program where npm runs us; else the npm on the PATH. */
function npmCommand(env, platform) {
  const program = env.npm_execpath;
  if (program && /npm-cli\.c?js$/.test(program)) return [process.execPath, program];
  return platform === 'win32' ? ['cmd', '/d', '/s', '/c', 'npm'] : ['npm'];
}

const options = [
  // Every package here ships what it needs, and none gets to run code of its own.
  '--ignore-scripts',
  '--no-audit',
  '--no-fund',
  // Without a network, what is in npm's cache will do; the rest is given up in seconds, not minutes.
  '--prefer-offline',
  '--fetch-retry-mintimeout=1000',
  '--fetch-retry-maxtimeout=5000',
  // The npm that runs us may be silent, but what this one says is read.
  '--loglevel=warn',
];

export async function installPackages(
  root,
  { development = false, env = process.env, record = () => {} } = {},
) {
  if (!existsSync(join(root, 'package-lock.json'))) {
    throw new Trouble(
      'package-lock.json is missing: clone the project again, or run git checkout package-lock.json',
    );
  }
  const [command, ...first] = npmCommand(env, process.platform);
  const kinds = development ? '--include=dev' : '--omit=dev';
  const { code, output } = await run(command, [...first, 'ci', kinds, ...options], { cwd: root, env });
  record(output);
  if (code === 127)
    throw new Trouble('npm is not on the PATH: it comes with Node, install Node 20.12 or newer.');
  // On a full disk npm warns of each file that it could not write, and reports success.
  const isHalf = /TAR_ENTRY_ERROR/.test(output);
  if (isHalf) rmSync(join(root, 'node_modules', '.package-lock.json'), { force: true });
  if (code !== 0 || isHalf) throw failure('npm packages', output, setupLog(root));
}
