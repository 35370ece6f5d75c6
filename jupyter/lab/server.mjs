import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { spawnLeashed } from '../setup/command.mjs';
import { readJson } from '../setup/files.mjs';

/** JupyterLab shuts its kernels down before it ends; one that is busy gets five seconds. */
const graceMs = 12_000;

function serverInfo(runtimeFolder) {
  const name = readdirSync(runtimeFolder).find(file => /^jpserver-\d+\.json$/.test(file));
  // Unreadable for a moment while the server writes it.
  return name && readJson(join(runtimeFolder, name));
}

async function askToStop({ url, token }) {
  const headers = { Authorization: `token ${token}` };
  await fetch(`${url}api/shutdown`, { method: 'POST', headers }).catch(() => {});
}

/** A running JupyterLab: `up` gives its address once it answers, `ended` its exit code, `stop` ends it. */
export function startLab(python, args, { cwd, env, runtimeFolder }) {
  const child = spawnLeashed(python, args, { cwd, env, graceMs });
  let stopping = false;
  let hasEnded = false;
  const relay = (from, to) => from.on('data', data => stopping || to.write(data));
  relay(child.stdout, process.stdout);
  relay(child.stderr, process.stderr);
  const ended = new Promise(resolve => {
    child.on('close', code => {
      hasEnded = true;
      resolve(code ?? 1);
    });
  });
  const up = (async () => {
    for (; !hasEnded; await sleep(30)) {
      const info = serverInfo(runtimeFolder);
      if (info) return info;
    }
    return undefined;
  })();
  async function stop() {
    if (stopping) return;
    stopping = true;
    const info = serverInfo(runtimeFolder);
    // Windows has no signal that lets the server say goodbye to its kernels.
    if (process.platform === 'win32' && info) await askToStop(info);
    child.stdin.end();
  }
  return { up, ended, stop };
}
