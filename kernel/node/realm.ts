import { readFileSync } from 'node:fs';
import vm from 'node:vm';
import { startProtocolThread } from './thread.ts';

/** Modules that the kernel changes for the learner too. */
const changed = new Set(['node:child_process', 'node:fs', 'node:timers', 'node:worker_threads']);

/*
 * A cell may replace or break any built-in: `Array.prototype.map`, `Symbol.iterator`, `JSON.parse`. The kernel that
 * shares the thread with it must not notice, so its code runs in a context of its own, with built-ins that no cell
 * can reach. Node's own modules are safe inside; the kernel has copies of what they export. What is the learner's too
 * is handed in as it is now: Node's globals, and Error, so that what the kernel throws is an Error to the learner.
 */
const learner = {
  protocol: startProtocolThread(__dirname),
  require: (id: string) => (changed.has(id) ? require(id) : { ...require(id) }),
  __dirname,
  globalThis,
  process,
  Buffer,
  URL,
  TextDecoder,
  Error,
  TypeError,
  AggregateError,
  setTimeout,
  clearTimeout,
  clearImmediate,
};

function start(): void {
  const filename = `${__dirname}/program.cjs`;
  const program = vm.compileFunction(readFileSync(filename, 'utf8'), ['module', ...Object.keys(learner)], {
    filename,
    parsingContext: vm.createContext(),
  });
  program({ exports: {} }, ...Object.values(learner));
}

// Two threads that make a context at once wait for each other, and the front end waits for the protocol's.
learner.protocol.thread.once('online', start);
