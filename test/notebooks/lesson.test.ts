// Every idea and every formula of the lesson is said by a text and shown by code, in both languages.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type Cell, joined } from '../../jupyter/notebooks/notebook.ts';
import { type CourseNotebook, languages, readCourse } from './course.ts';
import { formulas, ideas, sections, summary, terms } from './lesson.ts';

const notebooks = readCourse();

function find(language: string, name: string): CourseNotebook {
  const notebook = notebooks.find(one => one.language === language && one.name === name);
  assert.ok(notebook, `there is no ${language}/${name}`);
  return notebook as CourseNotebook;
}

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
    test(`${language}/${name}: ${section}: ${idea}`, () => {
      const notebook = find(language, name);
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
    test(`${language}/${name}: ${section}: ${formula}`, () => {
      const content = contentOf(cellOf(find(language, name), cell));
      for (const part of stands) assert.ok(content.includes(withoutSpace(part)), `${cell}: ${part}`);
    });
  }

  for (const [i, { words, said, shown }] of summary.entries()) {
    test(`${language}/12-summary: 小结: ${words}`, () => {
      const notebook = find(language, '12-summary');
      const text = joined(cellOf(notebook, said).source);
      assert.match(text, new RegExp(`^## ${i + 1} .*\n\n> `));
      if (language === 'zh') assert.ok(text.includes(words), said);
      assert.ok((cellOf(notebook, shown).outputs ?? []).length > 0, `${shown} shows nothing`);
      const claims = ['claims', 'claims-language'].map(id => contentOf(cellOf(notebook, id))).join('');
      assert.match(claims, new RegExp(`'${i + 1}:[^']+':true`));
      assert.not.match(claims, /':false/);
    });
  }

  test(`${language}/12-summary: the glossary has every term of the lesson, each in a notebook that uses it`, () => {
    const rows = glossaryOf(find(language, '12-summary'));
    const chinese = rows.flatMap(({ chinese }) => chinese);
    for (const term of terms.split(' ')) assert.ok(chinese.includes(term), `${term} is missing`);
    assert.is(new Set(rows.map(row => row.chinese[0])).size, rows.length, 'a term stands there twice');
    for (const { chinese, english, notebook: name } of rows) {
      const text = find(language, name)
        .notebook.cells.map(cell => joined(cell.source))
        .join('\n')
        .toLowerCase();
      const names = language === 'zh' ? chinese : english;
      assert.ok(
        names.some(one => text.includes(one.toLowerCase())),
        `${names.join(', ')}: not in ${name}`,
      );
    }
  });
}

test('every section of the lesson has its ideas, and no idea a section that is not there', () => {
  assert.equal([...new Set(ideas.map(({ section }) => section))], sections);
  for (const { section } of formulas) assert.ok(sections.includes(section), section);
});

test.run();

interface Term {
  readonly chinese: string[];
  readonly english: string[];
  readonly notebook: string;
}

/** The rows of the glossary's tables; in the English notebook the Chinese terms stand second, set as code. */
function glossaryOf({ language, notebook }: CourseNotebook): Term[] {
  const cells = notebook.cells.filter(({ id }) => id?.startsWith('glossary-'));
  const lines = cells.flatMap(({ source }) => joined(source).split('\n'));
  return lines
    .filter(line => /\]\([\w-]+\.ipynb\) \|$/.test(line))
    .map(line => {
      const [first, second, , place] = line.slice(2, -2).split(' | ');
      const [chinese, english] = language === 'zh' ? [first, second] : [second, first];
      const names = (cell: string) => cell.split(/、|, /).map(name => name.replaceAll('`', ''));
      return {
        chinese: names(chinese),
        english: names(english),
        notebook: place.match(/\(([\w-]+)\.ipynb\)/)?.[1] ?? '',
      };
    });
}
