import type { Write } from './streams.ts';

/** Node writes its warnings where the front end was started; they belong below the cell that caused them. */
export function showWarnings(write: Write): void {
  process.removeAllListeners('warning');
  process.on('warning', (warning: Error & { code?: string }) => {
    const { name, message, code } = warning;
    if (name !== 'ExperimentalWarning') write('stderr', `${code ? `[${code}] ` : ''}${name}: ${message}\n`);
  });
}
