import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** Every process below `pid`, but for those in `except` and what is below them. None where that cannot be told. */
export function processesBelow(pid: number, except: ReadonlySet<number>): number[] {
  const parents = parentOfEach();
  const below: number[] = [];
  const walk = (parent: number): void => {
    for (const [child, its] of parents) {
      if (its !== parent || except.has(child)) continue;
      below.push(child);
      walk(child);
    }
  };
  walk(pid);
  return below;
}

/**
 * Processes of a group that started since `uptime`, in seconds after the machine, and whose parents are gone or not of
 * the group: in `sh -c 'server & echo ok'`, the shell has ended and the server holds its output open. Linux only.
 */
export function orphansOf(group: number, uptime: number): number[] {
  if (process.platform !== 'linux') return [];
  const members = new Map(numbersIn('/proc').map(pid => [pid, stateOf(pid)]));
  const isOrphan = (state: string[]) =>
    Number(state[groupField]) === group &&
    Number(state[startField]) >= (uptime - tick) / tick &&
    Number(members.get(Number(state[parentField]))?.[groupField]) !== group;
  return [...members].filter(([pid, state]) => pid !== group && isOrphan(state)).map(([pid]) => pid);
}

export function signalEach(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch {
      // It has ended meanwhile.
    }
  }
}

/**
 * Ends this process and all that it started, in an instant. A kernel leads a group of processes where its front end
 * gave it one, as Jupyter does.
 */
export function endGroup(leader: number): void {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // No group of that number.
  }
}

function parentOfEach(): Map<number, number> {
  const parents = new Map<number, number>();
  try {
    if (process.platform === 'linux')
      for (const pid of numbersIn('/proc')) parents.set(pid, Number(stateOf(pid)[parentField] ?? 0));
    else if (process.platform !== 'win32') {
      const table = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
      for (const [, pid, parent] of table.matchAll(/(\d+)\s+(\d+)/g))
        parents.set(Number(pid), Number(parent));
    }
  } catch {
    // Then nothing is known.
  }
  return parents;
}

function numbersIn(folder: string): number[] {
  return readdirSync(folder)
    .filter(name => /^\d+$/.test(name))
    .map(Number);
}

/** Where the fields of `stateOf` are. */
const [parentField, groupField, startField] = [1, 2, 19];

/** Linux counts the start of a process in these, in seconds. */
const tick = 0.01;

/** What Linux tells of a process, from the third field on; the second, its name in brackets, may hold anything. */
function stateOf(pid: number): string[] {
  try {
    const state = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return state.slice(state.lastIndexOf(')') + 2).split(' ');
  } catch {
    return [];
  }
}
