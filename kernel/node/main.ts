import { dirname, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { clearAsyncStackWhenTorn } from './async-stack.ts';
import { Backlog, sizeOf } from './backlog.ts';
import { followCallbacks } from './callbacks.ts';
import { CellRunner } from './cell-runner.ts';
import { endChildrenAtExit, forwardChildren, type WriteFor } from './children.ts';
import { installStackTraces } from './errors.ts';
import { hearStrayErrors, hideHandles, refuseExit } from './guards.ts';
import type { ToMain, ToProtocol } from './messages.ts';
import { currentRun, watchTearing } from './runs.ts';
import { createPrompt } from './stdin.ts';
import { redirectOutput, type Write } from './streams.ts';
import type { Protocol } from './thread.ts';
import { createTslab } from './tslab.ts';
import { showWarnings } from './warnings.ts';
import { forwardWorkers } from './workers.ts';

declare const VERSIONS: { tslab: string; typescript: string };

/** Started by realm.ts. */
declare const protocol: Protocol;

/** The main thread of the kernel: the learner's code, and nothing else, runs here. */
const { thread, data, answers } = protocol;
const { directory, answered, tearing, hooked } = data;
const backlog = new Backlog(data.unsent);
const post = (message: ToProtocol) => {
  thread.postMessage(message);
  if (message.type === 'output') backlog.posted(sizeOf(message.output));
};
const output = (o: Extract<ToProtocol, { type: 'output' }>['output']) => post({ type: 'output', output: o });

const ask = createPrompt(
  (cell, prompt) => post({ type: 'input', cell, prompt, password: false }),
  answered,
  answers,
);
const tslab = createTslab(
  (bundle, options) => output({ type: 'display', cell: currentRun()?.id, bundle, ...options }),
  wait => output({ type: 'clear', cell: currentRun()?.id, wait }),
  VERSIONS,
);
const runner = new CellRunner(post, directory, { tslab });
const exit = refuseExit();
thread.on('message', (text: string) => {
  const message: ToMain = JSON.parse(text);
  if (message.type === 'shutdown') exit(0);
  else runner.receive(message);
});
thread.on('exit', code => exit(code));

const installAgain = installStackTraces(runner.sources, dirname(__dirname), titleOf);
const writeFor: WriteFor = (name, text, cell) => output({ type: 'stream', cell, name, text });
forwardChildren(post, writeFor);
endChildrenAtExit();
forwardWorkers(`${__dirname}/worker.cjs`, writeFor);
const write: Write = (name, text) => output({ type: 'stream', cell: currentRun()?.id, name, text });
redirectOutput(write);
showWarnings(write);
const torn = new Int32Array(tearing);
watchTearing(torn);
const clearStack = clearAsyncStackWhenTorn(torn, new Int32Array(hooked));
runner.onTorn = () => {
  clearStack();
  installAgain();
};
followCallbacks();
Object.assign(globalThis, {
  display: tslab.display,
  prompt: (message = '', initial = '') => ask(String(message)) || initial,
  confirm: (message = '') => /^\s*(y|yes|ok|true|是|好)\s*$/i.test(ask(`${message} [y/N] `)),
});
hideHandles();
hearStrayErrors((thrown, isRejection) => runner.reportStray(thrown, isRejection));
// The protocol's thread hears it too, and ends what runs. Unheard here, it would end the kernel.
process.on('SIGINT', () => {});
// A terminal that closes is not the front end: that ends its kernels itself, and they end when it does.
if (process.env.JPY_PARENT_PID) process.on('SIGHUP', () => {});

/** Files are named as an import in the notebook names them. */
function titleOf(path: string): string {
  const plain = path.startsWith('file:') ? fileURLToPath(path) : path;
  return relative(directory, plain).replaceAll('\\', '/') || plain;
}
