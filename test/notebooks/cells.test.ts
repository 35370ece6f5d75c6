// How a notebook is built: the storyboard's rules that a machine can hold.
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { canonicalText } from '../../jupyter/notebooks/canonical.ts';
import { joined, tagged } from '../../jupyter/notebooks/notebook.ts';
import { pictureLimit } from '../../jupyter/notebooks/pictures.ts';
import { solved, wrongVerdicts } from '../../jupyter/notebooks/solutions.ts';
import { readFont } from '../../jupyter/pictures/font.ts';
import { course, proseOf, readCourse } from './course.ts';

const font = readFont(
  readFileSync(new URL('../../jupyter/pictures/font/NotoSansSC-subset.ttf', import.meta.url)),
);
const mimeType = 'application/vnd.plotly.v1+json';

for (const { language, name, text, notebook } of readCourse()) {
  const title = `${language}/${name}`;
  const code = notebook.cells.filter(cell => cell.cell_type === 'code');
  const prose = notebook.cells.filter(cell => cell.cell_type === 'markdown');
  const outputs = code.flatMap(cell => (cell.outputs ?? []).map(output => ({ id: cell.id, output })));

  test(`${title}: the file is as the command writes it, at most 500 KB`, () => {
    assert.ok(text === canonicalText(notebook), 'run `npm run notebooks`');
    assert.ok(Buffer.byteLength(text) <= 500_000);
  });

  test(`${title}: kernel and language are named, ids are unique and speak`, () => {
    assert.is(notebook.metadata.kernelspec?.name, 'tslab');
    assert.is(notebook.metadata.language_info?.name, 'typescript');
    const ids = notebook.cells.map(cell => cell.id);
    assert.is(new Set(ids).size, ids.length);
    for (const id of ids) assert.match(id, /^[a-z][a-z0-9-]*$/);
  });

  test(`${title}: opens with its number, question, needs, aim and time`, () => {
    const opening = joined(prose[0].source);
    assert.match(opening, new RegExp(`^# ${name.slice(0, 2)} `));
    assert.match(opening, language === 'en' ? /\*\*Question\.\*\*/ : /\*\*问题。\*\*/);
    assert.match(opening, language === 'en' ? /\*\*Time:\*\* \d+ minutes/ : /\*\*时间：\*\* \d+ 分钟/);
  });

  test(`${title}: code cells have at most 12 lines, none too wide for the page`, () => {
    for (const cell of code) {
      const lines = joined(cell.source).split('\n');
      assert.ok(lines.length <= 12, `${cell.id}: ${lines.length} lines`);
      for (const line of lines) assert.ok(line.length <= 100, `${cell.id}: ${line}`);
    }
  });

  test(`${title}: comments are English, since both twins share them`, () => {
    for (const cell of code) assert.not.match(joined(cell.source).replace(/'[^']*'/g, ''), /\p{Script=Han}/u);
  });

  test(`${title}: no exclamation marks and no emoji`, () => {
    for (const cell of prose)
      assert.not.match(proseOf(cell.source), /[!！]|\p{Extended_Pictographic}/u, cell.id);
  });

  test(`${title}: executed from top to bottom without error`, () => {
    assert.equal(
      code.map(cell => cell.execution_count),
      code.map((_, i) => i + 1),
    );
    for (const { id, output } of outputs) assert.is.not(output.output_type, 'error', id);
    const warnings = outputs.filter(({ output }) => (output as { name?: string }).name === 'stderr');
    assert.equal(
      warnings.map(({ id, output }) => `${id}: ${joined(output.text)}`),
      [],
    );
  });

  test(`${title}: every figure has a small picture and a takeaway, and the font for its texts`, () => {
    for (const { id, output } of outputs.filter(({ output }) => output.data?.[mimeType])) {
      const png = Buffer.from(String(output.data?.['image/png'] ?? ''), 'base64');
      assert.ok(png.length > 0 && png.length <= pictureLimit, `${id}: ${png.length} bytes`);
      assert.match(joined(output.data?.['text/plain'] as string[]), /\.$/, id);
      assert.not.ok(output.data?.['text/html'], id);
      for (const character of new Set(JSON.stringify(output.data?.[mimeType]))) {
        assert.ok(
          font.advance(character.codePointAt(0) ?? 0) !== undefined,
          `${id}: no glyph for ${character}`,
        );
      }
    }
  });

  test(`${title}: exercises, checks and folded solutions come in equal numbers; checks say "Not yet"`, () => {
    solved(notebook);
    assert.equal(wrongVerdicts(notebook, 'Not yet'), []);
    for (const cell of tagged(notebook, 'solution')) {
      assert.match(joined(cell.source), /^<details><summary>[\s\S]*<\/details>$/, cell.id);
    }
  });

  test(`${title}: links lead to files that are there`, () => {
    for (const cell of prose) {
      for (const [, target] of joined(cell.source).matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)) {
        if (/^https?:/.test(target)) continue;
        const file = new URL(`../../notebooks/${language}/${target}`, import.meta.url);
        assert.ok(existsSync(file), `${cell.id}: ${target}`);
      }
    }
  });

  test(`${title}: leads to the previous and the next notebook and to its twin`, () => {
    const links = prose.map(cell => joined(cell.source)).join('\n');
    const place = course.indexOf(name);
    for (const neighbour of [course[place - 1], course[place + 1]]) {
      if (neighbour) assert.ok(links.includes(`](${neighbour}.ipynb)`), neighbour);
    }
    assert.ok(links.includes(`](../${language === 'en' ? 'zh' : 'en'}/${name}.ipynb)`));
  });

  test(`${title}: every decimal number in the prose is one the notebook computes`, () => {
    const decimal = /(?<![\w.])\d+\.\d+(?!\w|\.\d)/g;
    const computed = outputs.map(
      ({ output }) => joined(output.text) + joined(output.data?.['text/plain'] as string[] | undefined),
    );
    const sources = code.map(cell => joined(cell.source));
    const known = new Set([...computed, ...sources].join('\n').match(decimal));
    for (const cell of prose) {
      for (const number of proseOf(cell.source).match(decimal) ?? []) {
        assert.ok(known.has(number), `${cell.id}: ${number} is printed nowhere`);
      }
    }
  });
}

test.run();
