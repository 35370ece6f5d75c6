// The numbers of notebook 11 against values worked out apart from lib, by hand, or published.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { joined } from '../../jupyter/notebooks/notebook.ts';
import { readCourse, shown } from './course.ts';

const notebook = '11-toward-gpt';

function numbersIn(text: string): number[] {
  return (text.match(/-?\d+(\.\d+)?/g) ?? []).map(Number);
}

test('11: attention of 气: products 4, 2, 2, 0, divided by the root of 2', () => {
  const fits = [4, 2, 2, 0].map(product => product / Math.SQRT2);
  const sum = 2 * Math.exp(Math.SQRT2) + Math.exp(2 * Math.SQRT2) + 1;
  const weights = fits.map(fit => Math.exp(fit) / sum);
  const [first, second] = shown(notebook, 'one').split(',');
  assert.equal(
    numbersIn(first),
    fits.map(fit => Number(fit.toFixed(3))),
  );
  assert.equal(
    numbersIn(second),
    weights.map(weight => Number(weight.toFixed(3))),
  );
  // The values are (2, 0), (1, 1), (1, 1), (0, 2).
  const time = 2 * weights[0] + 2 * weights[1];
  assert.equal(numbersIn(shown(notebook, 'mixture')), [
    Number(time.toFixed(3)),
    Number((2 - time).toFixed(3)),
  ]);
});

test('11: 很 asks for nothing and gets the mean of five values; lib gives the same six rows', () => {
  // (2 + 1 + 1 + 0 + 0) / 5 and (0 + 1 + 1 + 2 + 0) / 5.
  assert.match(shown(notebook, 'attend'), /很 {2}0\.800 {2}0\.800/);
  assert.is(shown(notebook, 'engine-attention'), shown(notebook, 'attend'));
});

test('11: the order of what comes before does not matter without positions', () => {
  const [straight, shuffled] = shown(notebook, 'order').split(',').map(numbersIn);
  assert.is(straight.length, 2);
  assert.equal(shuffled, straight);
});

test('11: backpropagation of (w2 w1 x - y)^2 by hand', () => {
  assert.equal(numbersIn(shown(notebook, 'chain-back').replace(/byW\d/g, '')), [-4, -6, -8, -24]);
  assert.equal(numbersIn(shown(notebook, 'chain-check')), [-24, -6]);
  assert.is(shown(notebook, 'tape'), '[ -24, -6 ]');
});

test('11: the tape and central differences agree in each digit shown', () => {
  const rows = shown(notebook, 'gradient-check').split('\n').slice(1);
  assert.is(rows.length, 7);
  for (const row of rows) {
    const [tape, difference] = row.trim().split(/\s+/).slice(-2);
    assert.is(tape, difference, row);
  }
});

test('11: parameters by the shapes of the parts', () => {
  // 22 tokens, 11 places, 32 numbers a token, 2 blocks.
  const [token, place, qkv, taken] = [22 * 32, 11 * 32, 32 * 96 + 96, 32 * 32 + 32];
  const [up, down, norms, head] = [32 * 128 + 128, 128 * 32 + 32, 5 * 64, 32 * 22 + 22];
  const expected = [token, place, 2 * (qkv + taken), 2 * (up + down), norms, head];
  const rows = shown(notebook, 'counts').split('\n').slice(1).map(numbersIn);
  assert.equal(
    rows.map(([byHand]) => byHand),
    expected,
  );
  assert.equal(
    rows.map(([, inModel]) => inModel),
    expected,
  );
  assert.is(
    numbersIn(shown(notebook, 'model'))[0],
    expected.reduce((sum, count) => sum + count, 0),
  );
});

test('11: GPT-2 and GPT-3 have as many parameters as was published', () => {
  const millions = shown(notebook, 'large-table')
    .split('\n')
    .slice(2)
    .map(row => Number(row.match(/\d+\.\d+/)?.[0]));
  [124, 355, 774, 1558, 175_000].forEach((published, i) => {
    assert.ok(Math.abs(millions[i] / published - 1) < 0.005, `${millions[i]}, published ${published}`);
  });
});

test('11: the run starts at ln 22, beats the bigram within 100 steps and comes within 3 % of the entropy', () => {
  // The entropy of the grammar and the bigram's best loss are computed by notebook 10.
  assert.equal(numbersIn(shown(notebook, 'expectations')), [
    22,
    Number(Math.log(22).toFixed(3)),
    0.84,
    0.441,
  ]);
  const rows = shown(notebook, 'exact').split('\n').slice(1).map(numbersIn);
  const lossAt = new Map(rows.map(([step, loss]) => [step, loss]));
  assert.ok(Math.abs((lossAt.get(0) ?? 0) - Math.log(22)) < 0.05);
  assert.ok((lossAt.get(100) ?? 1) < 0.84);
  assert.ok((lossAt.get(800) ?? 1) < 1.03 * 0.441);
  const [heldOut] = numbersIn(shown(notebook, 'held-out'));
  assert.ok(heldOut < 1.03 * 0.441 && heldOut > 0.97 * 0.441);
});

test('11: the prose counts the right sentences and quotes wrong ones as the cell before it does', () => {
  const result = shown(notebook, 'wrong');
  const right = result.match(/right: (\d+)/)?.[1];
  const texts = readCourse().filter(({ name }) => name === notebook);
  assert.is(texts.length, 2);
  for (const { notebook: read } of texts) {
    const after = read.cells.findIndex(({ id }) => id === 'wrong') + 1;
    const prose = joined(read.cells[after].source);
    assert.ok(prose.includes(` ${right} `) || prose.startsWith(`${right} `), `${right}: ${prose}`);
    const quoted = Array.from(prose.matchAll(/`([^`]+)`/g), ([, text]) => text);
    assert.ok(quoted.filter(text => result.includes(`'${text}'`)).length >= 2, quoted.join());
  }
});

test('11: no time stands in what is committed', () => {
  assert.match(shown(notebook, 'train'), /^Step 800 of 800: /);
});

test('11: every claim holds', () => {
  assert.not.match(shown(notebook, 'claims'), /false/);
  assert.match(shown(notebook, 'claims'), /true/);
});

test.run();
