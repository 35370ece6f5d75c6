import { rmSync } from 'node:fs';
import { projectRoot, venvPython } from '../setup/paths.mjs';
import { setUp } from '../setup/set-up.mjs';
import { runProgram, Trouble } from '../setup/trouble.mjs';
import { labArguments, namedPort } from './arguments.mjs';
import { labEnvironment, makeRuntimeFolder } from './environment.mjs';
import { courseFirstPage, courseLanguage } from './first-page.mjs';
import { startLab } from './server.mjs';

/** Calls back when this process should end: Ctrl-C, a signal, a closed terminal, or the npm above it gone. */
function onEnd(callback) {
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, callback);
  // A closed terminal must not end this process half-way.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && callback(), 1000).unref();
}

function tellWhere(info, asked) {
  if (asked && asked !== info.port)
    console.log(`Port ${asked} is busy: JupyterLab took ${info.port} instead.`);
  console.log(`JupyterLab: ${info.address}\nCtrl-C stops it.`);
}

function addressOf(info, firstPage) {
  const url = new URL(info.url);
  // Also when it listens on every interface, this machine reaches it here.
  if (url.hostname === 'localhost') url.hostname = '127.0.0.1';
  return `${url.href}lab${firstPage ? `/tree/${firstPage}` : ''}?token=${info.token}`;
}

async function serve(args, runtimeFolder) {
  const env = labEnvironment(projectRoot, runtimeFolder);
  const firstPage = courseFirstPage(projectRoot, courseLanguage());
  const isRoot = process.getuid?.() === 0;
  const call = { root: projectRoot, firstPage, args, env, platform: process.platform, isRoot };
  const lab = startLab(venvPython(projectRoot), labArguments(call), { cwd: projectRoot, env, runtimeFolder });
  let stopped = false;
  onEnd(() => {
    stopped = true;
    lab.stop();
  });
  const info = await lab.up;
  if (info && !stopped) tellWhere({ ...info, address: addressOf(info, firstPage) }, namedPort(args));
  const code = await lab.ended;
  if (stopped || code === 0) return 0;
  const when = info ? 'ended by itself' : 'did not start';
  throw new Trouble(`JupyterLab ${when} (exit code ${code}): npm run doctor looks at each part.`);
}

export function main() {
  return runProgram(async () => {
    await setUp();
    const runtimeFolder = makeRuntimeFolder(projectRoot);
    try {
      return await serve(process.argv.slice(2), runtimeFolder);
    } finally {
      rmSync(runtimeFolder, { recursive: true, force: true });
    }
  });
}
