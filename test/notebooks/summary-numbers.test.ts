// The numbers of notebook 12 against values worked out apart from lib, by hand.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { shown } from './course.ts';

const notebook = '12-summary';

function numbersIn(text: string): number[] {
  return (text.match(/-?\d+(\.\d+)?/g) ?? []).map(Number);
}

test('12: training ends at 2, where the loss 14 (a - 2)^2 is smallest', () => {
  assert.is(shown(notebook, 'training'), "'2.000000'");
  assert.equal(numbersIn(shown(notebook, 'lowest')), [1, 14, 1.9, 0.14, 2, 0, 2.1, 0.14]);
  assert.equal(numbersIn(shown(notebook, 'dataset')), [2, -1, 0.5]);
});

test('12: after n steps a = 2 - factor^n, factor = 1 - 28 rate', () => {
  const rows = shown(notebook, 'rates').split('\n').slice(-5).map(numbersIn);
  [0.01, 1 / 28, 0.05, 1 / 14, 0.08].forEach((rate, i) => {
    const factor = 1 - 28 * rate;
    [rate, factor, 2 - factor, 2 - factor ** 20].forEach((expected, column) => {
      const tolerance = column === 0 ? 5.1e-5 : 5.1e-3;
      assert.ok(Math.abs(rows[i][column] - expected) < tolerance, `${rows[i]}, expected ${expected}`);
    });
  });
});

test('12: the run begins at ln 6 and (1/6)^7; loss and product agree at the end', () => {
  const [, start, , , , end] = numbersIn(shown(notebook, 'pretraining'));
  assert.is(start, Number(Math.log(6).toFixed(4)));
  const [before, after] = numbersIn(shown(notebook, 'chain'));
  assert.is(before, Number((6 ** -7).toFixed(6)));
  assert.ok(Math.abs(-Math.log(after) / 7 - end) < 5.1e-5);
});

test('12: cross-entropy is -ln q of the right answer: ln 4, ln 6, near 0, 0', () => {
  const rows = shown(notebook, 'cross-entropy').split('\n').slice(1);
  const pairs = rows.map(row => numbersIn(row).slice(-2));
  assert.equal(pairs[0], [0.25, 1.3863]);
  assert.equal(pairs[1], [0.1667, 1.7918]);
  assert.ok(Math.abs(-Math.log(pairs[2][0]) - pairs[2][1]) < 1.1e-4);
  assert.equal(pairs[3], [1, 0]);
});

test('12: as shipped no question is answered', () => {
  assert.is(shown(notebook, 'score'), "'0 of 12 correct'");
});

test.run();
