import { run } from '../session/run.ts';
import { Session } from '../session/session.ts';
import { browserHost, evaluation, type Files } from './browser-host.ts';

/** Runs the shared list in a worker of a browser and posts what came of it. */
interface WorkerScope {
  onmessage: (event: { data: Files }) => void;
  postMessage(message: unknown): void;
}

const scope = globalThis as unknown as WorkerScope;

scope.onmessage = async ({ data }) => {
  try {
    scope.postMessage({ report: await run(() => new Session(browserHost(data), evaluation)) });
  } catch (error) {
    scope.postMessage({ failed: String((error as Error).stack) });
  }
};
