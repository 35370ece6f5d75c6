import { linkSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeFolder } from './files.mjs';

const beatMs = 1000;
/** A holder that lives but has not beaten for so long is somebody else with the same process number. */
const silenceMs = 30_000;

function claim(path) {
  makeFolder(dirname(path));
  try {
    writeFileSync(path, JSON.stringify({ pid: process.pid, host: hostname() }), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

function look(path) {
  try {
    return { text: readFileSync(path, 'utf8'), beat: statSync(path).mtimeMs };
  } catch {
    return undefined;
  }
}

/** Whether there is a process of that number on this machine. */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** True where the lock's text names a process of this machine that has ended. */
export function holderIsGone(text) {
  try {
    const { pid, host } = JSON.parse(text);
    return host === hostname() && (pid === process.pid || !isAlive(pid));
  } catch {
    // Half written: its owner was killed between making the file and filling it, or is about to fill it.
    return false;
  }
}

function breakLock(path, text) {
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
    // Another waiter may have broken it first and taken it: then give it back.
    if (readFileSync(aside, 'utf8') !== text) linkSync(aside, path);
  } catch {
    // Gone already.
  }
  rmSync(aside, { force: true });
}

async function waitFor(path, onWait) {
  let seen;
  let since = Date.now();
  let told = false;
  while (!claim(path)) {
    const now = look(path) ?? { text: '' };
    if (now.text !== seen?.text || now.beat !== seen?.beat) since = Date.now();
    seen = now;
    const patience = now.text ? silenceMs : 2 * beatMs;
    if (holderIsGone(now.text) || Date.now() - since > patience) {
      breakLock(path, now.text);
      continue;
    }
    if (!told) onWait();
    told = true;
    await sleep(200);
  }
}

/** Runs work while this process alone holds the lock file. */
export async function withLock(path, work, onWait = () => {}) {
  await waitFor(path, onWait);
  const beat = setInterval(() => {
    try {
      utimesSync(path, new Date(), new Date());
    } catch {
      // Deleted by hand: nothing to keep alive.
    }
  }, beatMs);
  beat.unref();
  try {
    return await work();
  } finally {
    clearInterval(beat);
    rmSync(path, { force: true });
  }
}
