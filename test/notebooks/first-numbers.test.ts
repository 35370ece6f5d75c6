// The numbers of notebooks 00, 01 and 03 against values worked out apart from lib: by hand, or by NumPy 2.4.6.
import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { joined } from '../../jupyter/notebooks/notebook.ts';
import { course, readCourse, shown } from './course.ts';

function textOf(language: string, notebook: string, cell: string): string {
  const found = readCourse().find(other => other.language === language && other.name === notebook);
  return joined(found?.notebook.cells.find(({ id }) => id === cell)?.source ?? '');
}

test('01: squared errors 1, 4, 9; losses 14 (a - 2)^2; slope 28 a - 56', () => {
  assert.is(shown('01-training-loop', 'parts'), '[ 1, 4, 9 ]');
  assert.is(shown('01-training-loop', 'loss-at'), '[ 14, 3.5, 0, 14 ]');
  assert.is(shown('01-training-loop', 'optimizer'), "'-28.0000'");
});

test('01: step n of the loop is at a = 2 - 0.72^n, with loss 14 * 0.72^(2n)', () => {
  const lines = shown('01-training-loop', 'run').match(/step .*\d/g) ?? [];
  assert.is(lines.length, 6);
  for (const line of lines) {
    const [step, a, loss] = (line.match(/\d+(\.\d+)?/g) ?? []).map(Number);
    // Printed to four digits, and the slope is measured.
    assert.ok(Math.abs(a - (2 - 0.72 ** step)) < 6e-5, line);
    assert.ok(Math.abs(loss - 14 * 0.72 ** (2 * step)) < 6e-5, line);
  }
});

test('01: the loop of the library gives the same numbers, and finds y = 2x + 1', () => {
  assert.is(shown('01-training-loop', 'lib-run'), 'true');
  assert.is(shown('01-training-loop', 'two'), "[ '2.0000', '1.0000' ]");
});

test('01: the loop that the text quotes is the one in lib/train.ts, line by line', () => {
  const source = readFileSync(new URL('../../lib/train.ts', import.meta.url), 'utf8');
  const code = source.slice(source.indexOf('export function* train')).split('\n');
  const quoted = textOf('en', '01-training-loop', 'train-text').match(/```ts\n([\s\S]*?)```/)?.[1] ?? '';
  let place = 0;
  for (const line of quoted.trim().split('\n')) {
    const found = code.findIndex((other, i) => i >= place && other.trim() === line.trim());
    assert.ok(found >= 0, line);
    place = found + 1;
  }
});

test('01: sentences by hand: 0.75 * 0.5, 0.75 * 0.5, 0.25 * 0.25, 0.25 * 0.75; together 1', () => {
  const [warm, sunny, cold, rainy] = (shown('01-training-loop', 'all').match(/0\.\d+/g) ?? []).map(Number);
  assert.equal([warm, sunny, cold, rainy], [0.375, 0.375, 0.0625, 0.1875]);
  assert.is(shown('01-training-loop', 'sentence'), '0.375');
  assert.is(shown('01-training-loop', 'all-sum'), '1');
});

test('03: the expansion, by hand: (2 - a)^2 + (4 - 2a)^2 + (6 - 3a)^2', () => {
  assert.is(
    shown('03-loss-is-a-parabola', 'rationalize'),
    "[\n  'a ^ 2 - 4 * a + 4',\n  '4 * a ^ 2 - 16 * a + 16',\n  '9 * a ^ 2 - 36 * a + 36'\n]",
  );
  assert.is(shown('03-loss-is-a-parabola', 'sum'), "[ '14 * a ^ 2 - 56 * a + 56', [ 56, -56, 14 ] ]");
  assert.is(shown('03-loss-is-a-parabola', 'coefficients'), '[ 14, -56, 56 ]');
  assert.is(shown('03-loss-is-a-parabola', 'coefficients-lib'), '{ A: 14, B: -56, C: 56 }');
  assert.is(shown('03-loss-is-a-parabola', 'vertex-lib'), '{ a: 2, loss: 0 }');
});

test('03: the misprint, by hand at a = 3: 56 + 3 * 14 - 6 * 28 = -70 in place of 56 + 9 * 14 - 6 * 28 = 14', () => {
  assert.is(
    shown('03-loss-is-a-parabola', 'slip'),
    "[ 'a = 1: meant 14, as printed 14', 'a = 3: meant 14, as printed -70' ]",
  );
});

test('03: with noise, as numpy.linalg.lstsq fits the same points: 1.866564 (12.965520), 1.733128', () => {
  // NumPy also gives ((y - 1.9 * x)**2).sum() = 13.071225 and x @ x = 94.55.
  assert.is(shown('03-loss-is-a-parabola', 'noise'), "[ 'a = 1.900: loss 13.07', 'a = 1.867: loss 12.97' ]");
  assert.equal(shown('03-loss-is-a-parabola', 'noise-numbers').match(/\d\.\d{3}/g), [
    ...['4.550', '2.000', '4.550', '1.867', '4.550', '1.733'],
  ]);
});

test('every claim at the end of a notebook holds', () => {
  for (const { language, name, notebook } of readCourse()) {
    for (const { id, outputs } of notebook.cells.filter(({ id }) => id === 'claims')) {
      const text = joined(outputs?.[0]?.data?.['text/plain'] as string[] | undefined);
      assert.match(text, /: true/, `${language}/${name}, ${id}`);
      assert.not.match(text, /: false/, `${language}/${name}, ${id}`);
    }
  }
});

test('00: the map shows every notebook of the course as a link', () => {
  for (const language of ['en', 'zh']) {
    const map = textOf(language, '00-start-here', 'map-text');
    for (const name of course.slice(1))
      assert.match(map, new RegExp(`\\[${name.slice(0, 2)} [^\\]]+\\]\\(${name}\\.ipynb\\)`));
  }
});

test.run();
