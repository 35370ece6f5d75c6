import { isMainThread } from 'node:worker_threads';
import { forwardChildren } from './children.ts';
import { redirectDescriptors } from './descriptors.ts';
import { forwardWorkers } from './workers.ts';

/*
 * A learner's worker thread loads this first. `console` and `process.stdout` lead to the kernel by themselves; what
 * goes to the descriptors of the process, or to children and workers that inherit them, is led there.
 */
function leadOutput(): void {
  const write = (name: 'stdout' | 'stderr', text: string) => void process[name].write(text);
  redirectDescriptors(write);
  forwardChildren(() => {}, write);
  forwardWorkers(__filename, write);
}

// A process that a worker forks gets its flags, and has descriptors of its own.
if (!isMainThread) leadOutput();
