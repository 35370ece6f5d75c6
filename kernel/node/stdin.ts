import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import { currentRun, KeyboardInterrupt } from './runs.ts';

/** Asks the person and waits; `ask` hands the question to the protocol's thread. */
export function createPrompt(
  ask: (cell: string, prompt: string) => void,
  answered: SharedArrayBuffer,
  port: MessagePort,
): (prompt: string) => string {
  const signal = new Int32Array(answered);
  return prompt => {
    const run = currentRun();
    if (!run?.allowStdin) throw new Error('prompt: this front end does not support input');
    while (receiveMessageOnPort(port)) {
      // An answer that came after its question had been given up.
    }
    Atomics.store(signal, 0, 0);
    ask(run.id, prompt);
    Atomics.wait(signal, 0, 0);
    const { value, error, interrupted } = receiveMessageOnPort(port)?.message ?? { error: 'no answer' };
    if (interrupted) throw new KeyboardInterrupt();
    if (error !== undefined) throw new Error(`prompt: ${error}`);
    return value;
  };
}
