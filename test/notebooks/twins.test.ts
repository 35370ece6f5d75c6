// Both languages hold the same notebook: code to the letter, prose each in its own language.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { joined } from '../../jupyter/notebooks/notebook.ts';
import { course, namesIn, proseOf, readCourse } from './course.ts';

const chinese = /\p{Script=Han}/u;
const notebooks = readCourse();

test('both languages have the same notebooks, named as the storyboard names them', () => {
  assert.equal(namesIn('zh'), namesIn('en'));
  assert.ok(namesIn('en').length > 0);
  for (const name of namesIn('en')) assert.ok(course.includes(name), name);
});

for (const { name, notebook: english } of notebooks.filter(({ language }) => language === 'en')) {
  const twin = notebooks.find(other => other.language === 'zh' && other.name === name)?.notebook;
  if (!twin) continue;

  test(`${name}: same cells, in the same order, with the same tags`, () => {
    const outline = (cells: typeof twin.cells) =>
      cells.map(({ id, cell_type, metadata }) => `${id} ${cell_type} ${metadata.tags ?? []}`);
    assert.equal(outline(twin.cells), outline(english.cells));
  });

  test(`${name}: code and outputs are the same to the letter`, () => {
    twin.cells.forEach((cell, i) => {
      if (cell.cell_type !== 'code') return;
      assert.is(joined(cell.source), joined(english.cells[i].source), cell.id);
      assert.is(JSON.stringify(cell.outputs), JSON.stringify(english.cells[i].outputs), cell.id);
    });
  });

  test(`${name}: code in solutions is the same, too`, () => {
    const fences = (source: string | string[]) => joined(source).match(/```[\s\S]*?```/g) ?? [];
    twin.cells.forEach((cell, i) => {
      if (cell.cell_type === 'markdown') {
        assert.equal(fences(cell.source), fences(english.cells[i].source), cell.id);
      }
    });
  });

  test(`${name}: every text is translated`, () => {
    twin.cells.forEach((cell, i) => {
      if (cell.cell_type !== 'markdown') return;
      const [there, here] = [proseOf(cell.source), proseOf(english.cells[i].source)];
      assert.match(there, chinese, `${cell.id}: no Chinese in the Chinese notebook`);
      // The link to the twin is the one place where English prose speaks Chinese.
      assert.not.match(here.replace('[中文版]', ''), chinese, `${cell.id}: Chinese in the English notebook`);
      const paragraphs = there
        .split(/\n\s*\n/)
        .filter(part => /[a-z]{3,}/i.test(part.replace(/\[English\]/, '')));
      for (const paragraph of paragraphs) assert.match(paragraph, chinese, `${cell.id}: ${paragraph}`);
    });
  });

  test(`${name}: both texts name the same numbers`, () => {
    const numbers = (source: string | string[]) => (proseOf(source).match(/\d+(\.\d+)?/g) ?? []).sort();
    const written = (source: string | string[]) => numbers(source).filter(number => number.includes('.'));
    twin.cells.forEach((cell, i) => {
      if (cell.cell_type === 'markdown') {
        assert.equal(written(cell.source), written(english.cells[i].source), cell.id);
      }
    });
  });
}

test.run();
