import {
  appendFileSync,
  cpSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('../../', import.meta.url));

interface Cell {
  cell_type: string;
  outputs?: unknown[];
  execution_count?: number | null;
}

/** Without outputs, so that whatever is seen later was made by this run. */
function clearOutputs(notebook: string) {
  const content = JSON.parse(readFileSync(notebook, 'utf8'));
  const codeCells = content.cells.filter((cell: Cell) => cell.cell_type === 'code');
  for (const cell of codeCells) Object.assign(cell, { outputs: [], execution_count: null });
  writeFileSync(notebook, JSON.stringify(content));
}

/** A folder with copies of the notebooks and of lib, free to be changed. */
export class LessonCopy {
  readonly folder = mkdtempSync(join(tmpdir(), 'lesson-'));
  readonly #editedFile = join(this.folder, 'lib', 'model.ts');
  readonly #original: string;

  constructor(notebook: string) {
    for (const name of ['lib', 'notebooks', 'package.json', 'tsconfig.json']) {
      cpSync(join(project, name), join(this.folder, name), { recursive: true });
    }
    symlinkSync(join(project, 'node_modules'), join(this.folder, 'node_modules'), 'junction');
    clearOutputs(join(this.folder, notebook));
    this.#original = readFileSync(this.#editedFile, 'utf8');
    this.editLib('before');
  }

  /** Makes lib/model.ts export `edited` with this value. */
  editLib(value: string) {
    writeFileSync(this.#editedFile, this.#original);
    appendFileSync(this.#editedFile, `\nexport const edited: string = '${value}';\n`);
  }

  remove() {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
