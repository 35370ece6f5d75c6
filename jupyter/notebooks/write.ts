import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

const remedies: Record<string, string> = {
  EACCES: 'give yourself the right to write there',
  EPERM: 'give yourself the right to write there',
  EROFS: 'the folder is read-only: put the project where it can be written',
  ENOSPC: 'the disk is full: free some space',
};

/**
 * Replaces a file whole: readers see the old text or the new one, never a half.
 *
 * @throws when the file cannot be written, with what to do; the old text is still there then
 */
export function writeWhole(path: string, text: string): void {
  const draft = join(dirname(path), `.${basename(path)}.${process.pid}.new`);
  try {
    writeFileSync(draft, text);
    renameSync(draft, path);
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    try {
      rmSync(draft, { force: true });
    } catch {
      // Where nothing may be written, there is no draft to remove either.
    }
    throw new Error(`cannot be written (${code || message}): ${remedies[code] ?? 'look at the folder'}`);
  }
}
