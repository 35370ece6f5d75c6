/** Something the person at the keyboard can mend. The message says how, in one line. */
export class Trouble extends Error {}

const remedies = {
  ENOSPC: 'the disk is full: free about 1 GB, then run this again',
  EDQUOT: 'the disk quota is used up: free about 1 GB, then run this again',
  EROFS: 'this folder is read-only: put the project into a folder that can be written, then run this again',
  EACCES: 'no permission: give yourself the right to write here, or clone the project elsewhere',
  EPERM: 'no permission: give yourself the right to write here, or clone the project elsewhere',
  EMFILE: 'too many open files: raise the limit (ulimit -n 4096), then run this again',
};

/** One line for any error, with what to do where that is known. */
export function inWords(error) {
  if (error instanceof Trouble) return error.message;
  const remedy = remedies[error?.code];
  if (remedy)
    return error.path ? `${error.path}: ${remedy}.` : `${remedy[0].toUpperCase()}${remedy.slice(1)}.`;
  const [line] = String(error?.message ?? error).split('\n');
  return line || 'Something failed without a message.';
}

/** Runs a program's main function. Failure is one line on stderr and exit code 1, never a stack. */
export async function runProgram(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    console.error(inWords(error));
    process.exitCode = 1;
  }
}
