import { parentPort, workerData } from 'node:worker_threads';
import { readConnectionFile } from '../jupyter/connection.ts';
import { historyPlace } from '../jupyter/historyFile.ts';
import { startProtocol } from '../jupyter/protocol.ts';
import { NodeEngine } from './engine.ts';
import type { ThreadData, ToMain } from './messages.ts';

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
  await protocol.closed;
  const message: ToMain = { type: 'shutdown' };
  parentPort?.postMessage(message);
  // A main thread that spins does not read it.
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), patience);
}

/** A front end that was killed leaves nobody to shut the kernel down. Jupyter names the process it started it from. */
function endWithParent(): void {
  const parent = Number(process.env.JPY_PARENT_PID);
  if (!(parent > 1)) return;
  const before = process.ppid;
  setInterval(() => {
    if (process.ppid !== before) process.kill(process.pid, 'SIGKILL');
  }, 1000).unref();
}

main().catch(error => {
  process.stderr.write(`The kernel does not start: ${error instanceof Error ? error.message : error}\n`);
  process.exit(1);
});
