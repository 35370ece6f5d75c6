import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { canonicalText } from '../../jupyter/notebooks/canonical.ts';
import { differences } from '../../jupyter/notebooks/compare.ts';
import { type Cell, type Notebook, parseNotebook } from '../../jupyter/notebooks/notebook.ts';
import { addPictures } from '../../jupyter/notebooks/pictures.ts';
import { run } from '../../jupyter/notebooks/program.ts';
import { solved, wrongVerdicts } from '../../jupyter/notebooks/solutions.ts';
import { writeWhole } from '../../jupyter/notebooks/write.ts';

const figureType = 'application/vnd.plotly.v1+json';

function codeCell(id: string, source: string, data?: Record<string, unknown>, tags: string[] = []): Cell {
  const outputs = data ? [{ output_type: 'execute_result' as const, data, metadata: {} }] : [];
  return {
    id,
    cell_type: 'code',
    metadata: tags.length ? { tags } : {},
    source,
    outputs,
    execution_count: 1,
  };
}

function notebookOf(...cells: Cell[]): Notebook {
  return {
    cells,
    metadata: { kernelspec: { name: 'tslab' }, language_info: {} },
    nbformat: 4,
    nbformat_minor: 5,
  };
}

const test = suite<{ folder: string }>('npm run notebooks');

test.before.each(context => {
  context.folder = mkdtempSync(join(tmpdir(), 'downhill-test-'));
});
test.after.each(({ folder }) => rmSync(folder, { recursive: true, force: true }));

test('parseNotebook: what is not a notebook is refused in words', () => {
  assert.throws(() => parseNotebook('{"cells": ['), /is not JSON .*restore it/);
  assert.throws(() => parseNotebook('[]'), /is not a notebook of format 4\.5/);
  assert.throws(() => parseNotebook('{"cells": [], "nbformat": 3, "nbformat_minor": 0}'), /format 4\.5/);
  const nameless = { ...notebookOf(), cells: [{ cell_type: 'code', source: '' }] };
  assert.throws(() => parseNotebook(JSON.stringify(nameless)), /cell 1 has no id/);
});

test('canonicalText: the same content gives the same bytes, whatever the order and the moment', () => {
  const data = { 'text/plain': 'a\nb', [figureType]: { data: [{ y: [1, 2] }] } };
  const first = notebookOf(codeCell('one', 'let a = 1;\na', data));
  const second = structuredClone(first);
  second.cells[0].metadata.execution = { 'iopub.status.busy': '2026-01-01' };
  second.cells[0].source = ['let a = 1;\n', 'a'];
  Object.assign(second.metadata, { widgets: {} });
  assert.is(canonicalText(second), canonicalText(first));
  assert.is(canonicalText(parseNotebook(canonicalText(first))), canonicalText(first));
  assert.match(canonicalText(first), `"${figureType}": {"data":[{"y":[1,2]}]}`);
  assert.match(canonicalText(first), '"let a = 1;\\n"');
});

test('differences: named by cell, with both texts', () => {
  const before = notebookOf(codeCell('one', '1', { 'text/plain': ['1'] }), codeCell('two', '2'));
  const after = notebookOf(codeCell('one', '1', { 'text/plain': ['7'] }), codeCell('two', '2'));
  assert.equal(differences(before, before), []);
  assert.equal(differences(before, after), ['cell 1 (one): committed "1", now "7"']);
  const silent = notebookOf(codeCell('one', '1'), codeCell('two', '2'));
  assert.equal(differences(before, silent), ['cell 1 (one): 1 outputs committed, 0 now']);
});

test('solved: the folded code takes the place of the stub', () => {
  const solution: Cell = {
    id: 'answer',
    cell_type: 'markdown',
    metadata: { tags: ['solution'] },
    source: '<details><summary>Solution</summary>\n\n```ts\nconst a = 2;\n```\n\n</details>',
  };
  const stub = codeCell('stub', 'const a = NaN;', undefined, ['exercise']);
  const verdict = codeCell('verdict', 'a', { 'text/plain': 'Not yet (还没对): ...' }, ['check']);
  const notebook = notebookOf(stub, verdict, solution);
  assert.is(solved(notebook).cells[0].source, 'const a = 2;');
  assert.is(notebook.cells[0].source, 'const a = NaN;');
  assert.equal(wrongVerdicts(notebook, 'Not yet'), []);
  assert.match(
    wrongVerdicts(notebook, 'Correct')[0],
    'cell 2 (verdict): expected a verdict "Correct", got Not yet',
  );
  assert.throws(() => solved(notebookOf(stub, verdict)), /1 exercises, 1 checks, 0 solutions/);
});

test('addPictures: PNG and alternative text beside the figure, other outputs as they were', async () => {
  const figure = { data: [{ type: 'scatter', x: [1, 2], y: [1, 2] }], layout: {} };
  const before = notebookOf(
    codeCell('plot', 'plot', { [figureType]: figure, 'text/plain': 'A line.' }),
    codeCell('value', '1', { 'text/plain': '1' }),
  );
  const { notebook, pictures } = await addPictures(before);
  assert.is(pictures, 1);
  const [output] = notebook.cells[0].outputs ?? [];
  assert.match(String(output.data?.['image/png']), /^iVBORw0KGgo/);
  assert.equal(output.metadata?.['image/png'], { alt: 'A line.', width: 760, height: 420 });
  assert.equal(notebook.cells[1], before.cells[1]);
});

test('addPictures: a figure that cannot be drawn is named by its cell', async () => {
  const bad = notebookOf(codeCell('ball', 'ball', { [figureType]: { data: [{ type: 'surface' }] } }));
  const words = await addPictures(bad).catch((error: Error) => error.message);
  assert.match(words as string, 'the figure of cell 1 (ball) cannot be drawn: a trace of type surface');
});

test('writeWhole: where it fails, the old file stays and no draft is left', ({ folder }) => {
  const path = join(folder, 'taken');
  mkdirSync(join(path, 'inside'), { recursive: true });
  assert.throws(() => writeWhole(path, 'text'), /cannot be written/);
  assert.throws(() => writeWhole(join(folder, 'nowhere', 'a'), 'text'), /cannot be written \(ENOENT\)/);
  assert.equal(readdirSync(folder), ['taken']);
});

async function quietly(action: () => Promise<number>): Promise<{ code: number; words: string }> {
  const { log, error } = console;
  let words = '';
  console.log = console.error = (line: string) => {
    words += `${line}\n`;
  };
  try {
    return { code: await action(), words };
  } finally {
    Object.assign(console, { log, error });
  }
}

test('run: a file that is not JSON stays as it is, the message names it', async ({ folder }) => {
  const path = join(folder, 'torn.ipynb');
  writeFileSync(path, '{"cells": [');
  const start = { root: folder, python: 'python3', arguments: [path] };
  const { code, words } = await quietly(() => run(start));
  assert.is(code, 1);
  assert.match(words, /^torn\.ipynb: is not JSON .* The file is as it was\.\n$/);
  assert.is(readFileSync(path, 'utf8'), '{"cells": [');
  const checked = await quietly(() => run({ ...start, arguments: ['--check', path] }));
  assert.is(checked.code, 1);
  assert.match(checked.words, /\n0 passed, 2 failed\n$/);
});

test('run: a notebook that cannot be executed stays as it is', async ({ folder }) => {
  const path = join(folder, 'fine.ipynb');
  const text = canonicalText(notebookOf(codeCell('one', '1')));
  writeFileSync(path, text);
  const start = { root: folder, python: join(folder, 'no-python'), arguments: [path] };
  const { code, words } = await quietly(() => run(start));
  assert.is(code, 1);
  assert.match(words, /fine\.ipynb: cannot be executed: Python does not start .*no-python.*npm run setup/);
  assert.is(readFileSync(path, 'utf8'), text);
});

test('run: unknown options and missing files are refused', async ({ folder }) => {
  const start = (...args: string[]) => run({ root: folder, python: 'python3', arguments: args });
  const words = (promise: Promise<number>) => promise.catch((error: Error) => error.message);
  assert.match((await words(start('--fast'))) as string, '--fast: unknown');
  assert.match((await words(start('none.ipynb'))) as string, 'none.ipynb: no such notebook');
});

test.run();
