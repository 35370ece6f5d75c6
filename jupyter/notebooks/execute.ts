import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Notebook, nameOf } from './notebook.ts';

const script = fileURLToPath(new URL('./execute.py', import.meta.url));

/** Where notebooks are executed. */
export interface Place {
  /** The Python that has nbclient. */
  readonly python: string;
  /** The folder that relative imports and files start from: the notebook's own. */
  readonly folder: string;
}

/**
 * Runs all cells of a notebook in a fresh kernel and gives the notebook with its outputs.
 *
 * @throws when a cell fails; the message names the cell
 */
export async function execute(notebook: Notebook, { python, folder }: Place): Promise<Notebook> {
  const answer = await ask(python, JSON.stringify({ notebook, folder }));
  if (answer.notebook) return answer.notebook;
  const cell = notebook.cells[answer.cell ?? -1];
  if (!cell) throw new Error(`cannot be executed: ${answer.error}; \`npm run doctor\` tells what is missing`);
  throw new Error(
    `${nameOf(notebook, cell)} failed: ${answer.error}; run this cell in JupyterLab to see the place, mend it, then try again`,
  );
}

interface Answer {
  notebook?: Notebook;
  cell?: number | null;
  error?: string;
}

function ask(python: string, request: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const child = spawn(python, [script], { stdio: ['pipe', 'pipe', 'pipe'] });
    let answer = '';
    let complaint = '';
    child.stdout.setEncoding('utf8').on('data', text => (answer += text));
    child.stderr.setEncoding('utf8').on('data', text => (complaint += text));
    child.on('error', ({ message }) => {
      reject(new Error(`cannot be executed: Python does not start (${message}); run \`npm run setup\``));
    });
    child.on('close', () => {
      try {
        resolve(JSON.parse(answer));
      } catch {
        const last = complaint.trim().split('\n').at(-1) ?? 'no answer';
        resolve({ error: `${last} (from ${python})` });
      }
    });
    // A Python that ends early closes its input; what it said is told above.
    child.stdin.on('error', () => undefined);
    child.stdin.end(request);
  });
}
