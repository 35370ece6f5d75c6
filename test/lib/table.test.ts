import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { jupyterDisplay } from '../../lib/figure/figure.ts';
import { table } from '../../lib/table.ts';

const bundle = table(
  ['x', 'count'],
  [
    ['今天', 3],
    ['BEGIN', 12],
  ],
)[jupyterDisplay]();

test('as text: columns line up, a Chinese character counting as two letters, numbers to the right', () => {
  assert.is(bundle['text/plain'], ['x      count', '今天       3', 'BEGIN     12'].join('\n'));
});

test('as HTML: a head and a body, no colours, texts left and numbers right', () => {
  const html = String(bundle['text/html']);
  assert.match(
    html,
    /<thead><tr><th style="text-align: left">x<\/th><th style="text-align: right">count<\/th>/,
  );
  assert.match(html, '<td style="text-align: left">BEGIN</td><td style="text-align: right">12</td>');
  assert.not.match(html, /color|#[0-9a-f]{3}/);
});

test('a rounded number is a number, too; a column with another text is not one of numbers', () => {
  const { 'text/html': html, 'text/plain': text } = table(
    ['q', 'x'],
    [
      ['0.50', '1'],
      ['12.25', 'one'],
    ],
  )[jupyterDisplay]();
  assert.is(text, ['    q  x', ' 0.50  1', '12.25  one'].join('\n'));
  assert.match(String(html), '<td style="text-align: right">0.50</td><td style="text-align: left">1</td>');
});

test('what looks like HTML stays text', () => {
  const html = String(table(['a'], [['<b>&']])[jupyterDisplay]()['text/html']);
  assert.match(html, '&lt;b&gt;&amp;');
});

test('a row with a cell too many is refused in words', () => {
  assert.throws(() => table(['a'], [['1'], ['1', '2']]), /table: expected 1 cells in row 1, got 2/);
});

test.run();
