import { run } from './command.mjs';
import { atLeast, parseVersion } from './node-version.mjs';
import { Trouble } from './trouble.mjs';

export const oldestPython = [3, 10];

// Also Python 2 can run it, to be told apart from no Python at all.
const probe = `
import sys
try:
    import venv, ensurepip
    word = 'venv'
except ImportError:
    word = 'bare'
print('python %d.%d.%d ' % sys.version_info[:3] + word)
`;

function candidates(env, platform) {
  const named = env.PYTHON ? [[env.PYTHON]] : [];
  if (platform === 'win32') return [...named, ['py', '-3'], ['python'], ['python3']];
  const newer = ['3.14', '3.13', '3.12', '3.11', '3.10'].map(version => [`python${version}`]);
  return [...named, ['python3'], ['python'], ...newer];
}

async function look(command, env) {
  const [program, ...args] = command;
  const { code, output } = await run(program, [...args, '-c', probe], { env, timeoutMs: 20_000 });
  const match = /^python (\S+) (venv|bare)$/m.exec(output);
  if (code !== 0 || !match) return undefined;
  return { command, version: match[1], hasVenv: match[2] === 'venv' };
}

function isNewEnough(python) {
  return atLeast(parseVersion(python.version), oldestPython);
}

function whatIsMissing(found) {
  const bare = found.find(isNewEnough);
  if (bare) {
    const [major, minor] = parseVersion(bare.version);
    return `Python ${bare.version} lacks its venv module: install it (Debian, Ubuntu: apt install python${major}.${minor}-venv), then run this again.`;
  }
  const wish = `install Python ${oldestPython.join('.')} or newer (python.org, or your package manager), then run this again.`;
  return found.length
    ? `Python ${found[0].version} is too old: ${wish}`
    : `No Python found: ${wish} (Debian, Ubuntu: apt install python3-venv)`;
}

/** The first Python on this machine that is new enough and can make a virtual environment. */
export async function findPython({ env = process.env, platform = process.platform } = {}) {
  const found = [];
  for (const command of candidates(env, platform)) {
    const python = await look(command, env);
    if (!python) continue;
    if (isNewEnough(python) && python.hasVenv) return python;
    found.push(python);
  }
  throw new Trouble(whatIsMissing(found));
}
