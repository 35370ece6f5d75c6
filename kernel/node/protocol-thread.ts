import { writeSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { readConnectionFile } from '../jupyter/connection.ts';
import { historyPlace } from '../jupyter/historyFile.ts';
import { startProtocol } from '../jupyter/protocol.ts';
import { NodeEngine } from './engine.ts';
import type { ThreadData, ToMain } from './messages.ts';
import { endGroup } from './process-tree.ts';
import { onInterruptSignal } from './signals.ts';

declare const VERSIONS: { kernel: string; typescript: string };

/** How long the main thread may take to leave, in milliseconds. */
const patience = 500;

/** The thread that speaks with front ends: it answers while a cell spins. */
const data = workerData as ThreadData;

async function main(): Promise<void> {
  const connection = readConnectionFile(data.connectionFile);
  const info = {
    implementation: 'tslab',
    implementationVersion: VERSIONS.kernel,
    languageVersion: VERSIONS.typescript,
    banner: `TypeScript ${VERSIONS.typescript} on Node.js ${process.versions.node}`,
  };
  const history = historyPlace(data.connectionFile, process.env.JPY_SESSION_NAME);
  const protocol = await startProtocol(connection, frontEnd => new NodeEngine(frontEnd, data), {
    info,
    history,
  });
  endWithParent();
  onInterruptSignal(() => void protocol.interrupt());
  await protocol.closed;
  const message: ToMain = { type: 'shutdown' };
  parentPort?.postMessage(JSON.stringify(message));
  // A main thread that spins does not read it.
  setTimeout(endNow, patience);
}

/** A front end that was killed leaves nobody to shut the kernel down. Jupyter names the process it started it from. */
function endWithParent(): void {
  const parent = Number(process.env.JPY_PARENT_PID);
  if (!(parent > 1)) return;
  const before = process.ppid;
  setInterval(() => {
    // It may have ended before this process looked.
    if (process.ppid !== before || process.ppid === 1) endNow();
  }, 1000).unref();
}

function endNow(): void {
  endGroup(process.pid);
  process.kill(process.pid, 'SIGKILL');
}

/** A mistake in here costs one message, not the kernel. */
process.on('uncaughtException', error => {
  writeSync(2, `The kernel's protocol: ${error instanceof Error ? error.stack : error}\n`);
});

main().catch(error => {
  process.stderr.write(`The kernel does not start: ${error instanceof Error ? error.message : error}\n`);
  process.exit(1);
});
