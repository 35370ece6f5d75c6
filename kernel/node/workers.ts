import { syncBuiltinESMExports } from 'node:module';
import threads, { type WorkerOptions } from 'node:worker_threads';
import { followEvents, type WriteFor } from './children.ts';
import { currentRun } from './runs.ts';

/** What worker threads print and tell reaches the cell that started them. Each loads `preload` (worker.ts) first. */
export function forwardWorkers(preload: string, write: WriteFor): void {
  threads.Worker = class Worker extends threads.Worker {
    constructor(file: string | URL, options?: WorkerOptions) {
      const execArgv = [...(options?.execArgv ?? []), '--require', preload];
      super(file, { ...options, execArgv, stdout: true, stderr: true });
      followEvents(this);
      const cell = currentRun()?.id;
      for (const name of ['stdout', 'stderr'] as const) {
        if (options?.[name]) continue;
        this[name].setEncoding('utf8').on('data', (text: string) => write(name, text, cell));
      }
    }
  };
  syncBuiltinESMExports();
}
