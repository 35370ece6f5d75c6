import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const leash = fileURLToPath(new URL('./leash.mjs', import.meta.url));

/** Starts a command that ends with this process, however this process ends. */
export function spawnLeashed(command, args, { graceMs = 0, ...options } = {}) {
  return spawn(process.execPath, [leash, String(graceMs), command, ...args], {
    ...options,
    stdio: ['pipe', ...(options.stdio ?? ['pipe', 'pipe'])],
  });
}

/** Runs a command to its end and gives its exit code and all that it printed. */
export function run(command, args, { timeoutMs, ...options } = {}) {
  return new Promise(resolve => {
    const child = spawnLeashed(command, args, options);
    let output = '';
    const collect = text => {
      output += text;
    };
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', collect);
    let timedOut = false;
    const letGo = () => {
      timedOut = true;
      child.stdin.end();
    };
    const timer = timeoutMs ? setTimeout(letGo, timeoutMs) : undefined;
    child.on('error', error => resolve({ code: 127, output: error.message, timedOut }));
    child.on('close', code => {
      clearTimeout(timer);
      resolve({ code: code ?? 1, output, timedOut });
    });
  });
}
