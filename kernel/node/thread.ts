import { getHeapStatistics } from 'node:v8';
import { MessageChannel, MessagePort, Worker } from 'node:worker_threads';
import type { ThreadData } from './messages.ts';

/** The protocol's thread as the main thread holds it. */
export interface Protocol {
  thread: Worker;
  data: ThreadData;
  /** Where the answers to questions arrive. */
  answers: MessagePort;
}

/** Only this thread may load what signals.ts needs, and says nothing of it. */
const threadFlags = ['--expose-internals', '--disable-warning=internal/test/binding'];

/** Starts the thread that answers the front end: first of all, for the front end is waiting. */
export function startProtocolThread(distribution: string): Protocol {
  const input = new MessageChannel();
  const data: ThreadData = {
    connectionFile: connectionFile(),
    directory: process.cwd(),
    distribution,
    memoryLimit: getHeapStatistics().heap_size_limit,
    answered: new SharedArrayBuffer(4),
    tearing: new SharedArrayBuffer(4),
    hooked: new SharedArrayBuffer(4),
    unsent: new SharedArrayBuffer(4),
    inputPort: input.port2,
  };
  const thread = new Worker(`${distribution}/protocol.cjs`, {
    workerData: data,
    transferList: [input.port2],
    execArgv: threadFlags,
  });
  // A cell may replace the methods that all emitters and all threads share.
  Object.assign(thread, { emit: thread.emit, postMessage: thread.postMessage });
  for (const key of Reflect.ownKeys(thread)) {
    const port = Reflect.get(thread, key);
    if (port instanceof MessagePort) Object.assign(port, { postMessage: port.postMessage });
  }
  return { thread, data, answers: input.port1 };
}

function connectionFile(): string {
  const file = process.argv.find(a => a.startsWith('--connection-file='))?.slice(18) ?? process.argv[2];
  if (file) return file;
  process.stderr.write(
    'Usage: node main.cjs --connection-file=FILE (front ends such as JupyterLab start the kernel)\n',
  );
  process.exit(1);
}
