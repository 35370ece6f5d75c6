// Every idea and every formula of the lesson is said by a text and shown by code, in both languages.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type Cell, joined } from '../../jupyter/notebooks/notebook.ts';
import { type CourseNotebook, languages, readCourse } from './course.ts';
import { formulas, ideas, summary } from './lesson.ts';

const notebooks = readCourse();
const find = (language: string, name: string): CourseNotebook | undefined =>
  notebooks.find(one => one.language === language && one.name === name);

function cellOf({ language, name, notebook }: CourseNotebook, id: string): Cell {
  const cell = notebook.cells.find(one => one.id === id);
  assert.ok(cell, `${language}/${name} has no cell ${id}: name the one that says or shows this now`);
  return cell as Cell;
}

/** What stands in a cell and in its outputs, without white space. */
function contentOf(cell: Cell): string {
  const outputs = (cell.outputs ?? []).map(
    output => joined(output.text) + joined(output.data?.['text/plain'] as string[] | undefined),
  );
  return withoutSpace([joined(cell.source), ...outputs].join('\n'));
}

function withoutSpace(text: string): string {
  return text.replace(/\s+/g, '');
}

for (const language of languages) {
  for (const { section, idea, notebook: name, said, shown } of ideas) {
    const notebook = find(language, name);
    if (!notebook) continue;
    test(`${language}/${name}: ${section}: ${idea}`, () => {
      assert.ok(said.length > 0 && shown.length > 0);
      for (const id of said) assert.is(cellOf(notebook, id).cell_type, 'markdown', id);
      for (const id of shown) {
        const { cell_type, outputs = [], source } = cellOf(notebook, id);
        assert.is(cell_type, 'code', id);
        assert.ok(outputs.length > 0 || /\b(type|const) /.test(joined(source)), `${id} shows nothing`);
      }
    });
  }

  for (const { section, formula, notebook: name, cell, stands } of formulas) {
    const notebook = find(language, name);
    if (!notebook) continue;
    test(`${language}/${name}: ${section}: ${formula}`, () => {
      const content = contentOf(cellOf(notebook, cell));
      for (const part of stands) assert.ok(content.includes(withoutSpace(part)), `${cell}: ${part}`);
    });
  }

  const last = find(language, '12-summary');
  if (last && language === 'zh') {
    test('zh/12-summary: each of the seven points of 小结 is said', () => {
      const prose = last.notebook.cells.filter(({ cell_type }) => cell_type === 'markdown');
      const text = prose.map(({ source }) => joined(source)).join('\n');
      for (const point of summary) assert.ok(text.includes(point), point);
    });
  }
}

test.run();
