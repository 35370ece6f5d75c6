// node leash.mjs GRACE_MS COMMAND ARGS...
// Runs a command that must not outlive the process that started this one. Its standard input is the leash:
// when that closes, because the owner let go or was killed, the command and its children are ended.
import { execFile, spawn } from 'node:child_process';

const [graceMs, command, ...args] = process.argv.slice(2);
const windows = process.platform === 'win32';
// A group of its own, so that it ends as one, and so that Ctrl-C in a terminal reaches only its owner.
const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'], detached: !windows });
let stopping = false;

function signal(name) {
  if (windows) {
    execFile('taskkill', ['/pid', String(child.pid), '/t', '/f'], () => {});
    return;
  }
  try {
    process.kill(-child.pid, name);
  } catch {
    // Nobody is left in the group.
  }
}

function stop() {
  if (stopping || child.pid === undefined) return;
  stopping = true;
  signal(Number(graceMs) > 0 ? 'SIGTERM' : 'SIGKILL');
  setTimeout(() => signal('SIGKILL'), Number(graceMs)).unref();
}

child.on('error', error => {
  console.error(error.message);
  process.exit(127);
});
child.on('exit', (code, name) => {
  if (stopping) signal('SIGKILL');
  process.exit(code ?? (name === 'SIGTERM' ? 0 : 1));
});
for (const event of ['end', 'close', 'error']) process.stdin.on(event, stop);
process.stdin.resume();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, stop);
// Writing to a terminal that has gone must not end the leash before its command.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
