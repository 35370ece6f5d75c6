import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { canonicalText } from './canonical.ts';
import { differences } from './compare.ts';
import { execute } from './execute.ts';
import { findNotebooks, shown } from './find.ts';
import { type Notebook, parseNotebook } from './notebook.ts';
import { addPictures } from './pictures.ts';
import { solved, wrongVerdicts } from './solutions.ts';
import { writeWhole } from './write.ts';

/** What the command was started with. */
export interface Start {
  readonly root: string;
  readonly python: string;
  readonly arguments: readonly string[];
}

/**
 * Executes notebooks and writes them with their outputs, or compares with what is there (`--check`).
 *
 * @returns the exit code
 */
export async function run(start: Start): Promise<number> {
  const flags = start.arguments.filter(argument => argument.startsWith('-'));
  const unknown = flags.find(flag => flag !== '--check');
  if (unknown) throw new Error(`${unknown}: unknown; there is only --check, and paths of notebooks`);
  const named = start.arguments.filter(argument => !argument.startsWith('-'));
  const paths = findNotebooks(start.root, named);
  return flags.length > 0 ? checkAll(start, paths) : writeAll(start, paths);
}

async function writeAll(start: Start, paths: readonly string[]): Promise<number> {
  let failed = 0;
  for (const path of paths) {
    const name = shown(start.root, path);
    try {
      const began = performance.now();
      const { notebook, pictures } = await refresh(start, readNotebook(path), path);
      writeWhole(path, canonicalText(notebook));
      const seconds = ((performance.now() - began) / 1000).toFixed(1);
      console.log(`${name}: written, ${notebook.cells.length} cells, ${pictures} pictures, ${seconds} s`);
    } catch (error) {
      failed++;
      console.error(`${name}: ${(error as Error).message}. The file is as it was.`);
    }
  }
  return failed > 0 ? 1 : 0;
}

async function checkAll(start: Start, paths: readonly string[]): Promise<number> {
  const scratch = mkdtempSync(join(tmpdir(), 'downhill-notebooks-'));
  let passed = 0;
  let failed = 0;
  for (const path of paths) {
    for (const [what, check] of Object.entries(checks)) {
      const complaints = await check(start, path, scratch).catch(error => [(error as Error).message]);
      const name = `${shown(start.root, path)}, ${what}`;
      if (complaints.length === 0) passed++;
      else failed++;
      console.log(`${complaints.length === 0 ? 'passed' : 'failed'}  ${name}`);
      for (const complaint of complaints) console.log(`        ${complaint}`);
    }
  }
  if (failed === 0) rmSync(scratch, { recursive: true });
  else console.log(`What was executed just now is in ${scratch}`);
  console.log(`${passed} passed, ${failed} failed`);
  return failed > 0 ? 1 : 0;
}

type Check = (start: Start, path: string, scratch: string) => Promise<string[]>;

const checks: Record<string, Check> = {
  async 'as shipped'(start, path, scratch) {
    const committed = readNotebook(path);
    const { notebook } = await refresh(start, committed, path);
    const text = canonicalText(notebook);
    const folder = join(scratch, basename(dirname(path)));
    mkdirSync(folder, { recursive: true });
    writeWhole(join(folder, basename(path)), text);
    const changed = differences(committed, parseNotebook(text));
    const advice = '`npm run notebooks` writes it anew; commit it if the change is meant';
    const stale = changed.length > 0 ? [...changed, advice] : [];
    return [...wrongVerdicts(notebook, 'Not yet'), ...stale];
  },
  async 'with its solutions'(start, path) {
    const place = { python: start.python, folder: dirname(path) };
    return wrongVerdicts(await execute(solved(readNotebook(path)), place), 'Correct');
  },
};

async function refresh({ python }: Start, notebook: Notebook, path: string) {
  const executed = await execute(cleared(notebook), { python, folder: dirname(path) });
  return addPictures(executed);
}

function readNotebook(path: string): Notebook {
  return parseNotebook(readFileSync(path, 'utf8'));
}

function cleared(notebook: Notebook): Notebook {
  const cells = notebook.cells.map(cell =>
    cell.cell_type === 'code' ? { ...cell, outputs: [], execution_count: null } : cell,
  );
  return { ...notebook, cells };
}
