// The figures of notebook 11.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { attentionMap } from '../../lib/figure/attention-map.ts';
import type { Figure } from '../../lib/figure/figure.ts';
import { lossSoFar } from '../../lib/figure/loss-so-far.ts';
import { shownBy, testFigures } from './figures.ts';

const tokens = Array.from('今天天气很好');
const even = tokens.map((_, place) => new Float64Array(place + 1).fill(1 / (place + 1)));
const first = tokens.map(() => [1, 0, 0, 0, 0, 0]);
const known = [
  { loss: Math.log(22), name: 'start, ln 22' },
  { loss: 0.84, name: 'bigram' },
  { loss: 0.441, name: 'entropy' },
];

const figures: Record<string, Figure> = {
  attentionMap: attentionMap(tokens, [{ name: 'even', weights: even }]),
  attentionMapOfHeads: attentionMap(
    tokens,
    [
      { name: 'layer 1, head 1', weights: even },
      { name: 'layer 1, head 2', weights: first },
    ],
    1,
  ),
  lossSoFar: lossSoFar([3.09, 2.4, 1.7], { steps: 800, known, words: 'step 2 of 800, about 9 s left' }),
};

testFigures(figures);

test('attentionMap: no token looks ahead, and where it could, nothing is written', () => {
  const [map, texts] = shownBy(figures.attentionMap).data as unknown as [
    { z: (number | null)[][] },
    { text: string[] },
  ];
  assert.equal(map.z[0], [1, null, null, null, null, null]);
  assert.equal(map.z[1], [0.5, 0.5, null, null, null, null]);
  assert.equal(texts.text.slice(6, 12), ['0.50', '0.50', '', '', '', '']);
});

test('attentionMap: full rows are cut at the diagonal, and weights of 0 have no text', () => {
  const [, texts] = shownBy(figures.attentionMapOfHeads).data as unknown as [unknown, { text: string[] }];
  assert.equal(texts.text.slice(30), ['1.00', '', '', '', '', '']);
  assert.is(
    figures.attentionMapOfHeads.takeaway,
    'Layer 1, head 2: each token looks at itself and those before it; the last one, 好, looks most at 今 (1.00); the slider goes through 2 heads.',
  );
});

test('attentionMap: no slider for a single head', () => {
  assert.is(shownBy(figures.attentionMap).layout.sliders, undefined);
});

test('attentionMap: heads that are not there and weights of another text are refused in words', () => {
  const head = { name: 'by hand', weights: even };
  assert.throws(
    () => attentionMap(tokens, [head], 1),
    /attentionMap: expected start to be a whole number, 0 to 0, got 1/,
  );
  assert.throws(() => attentionMap(tokens, []), /attentionMap: expected number of heads to be .*, got 0/);
  assert.throws(
    () => attentionMap(['今', '天'], [{ ...head, weights: [[1]] }]),
    /attentionMap: expected weights for 2 tokens, got 1 rows of by hand: 1 numbers/,
  );
});

test('lossSoFar: a loss that grows beyond its start stays in sight', () => {
  const { layout } = shownBy(lossSoFar([3, 27], { steps: 800, known, words: 'step 1 of 800' }));
  assert.ok((layout.yaxis as unknown as { range: number[] }).range[1] > 27);
});

test('lossSoFar: the axis is as long as the whole run, the curve as the run so far', () => {
  const { data, layout } = shownBy(figures.lossSoFar);
  assert.equal((layout.xaxis as unknown as { range: number[] }).range, [-8, 816]);
  assert.equal((data[0] as unknown as { x: number[] }).x, [0, 1, 2]);
});

test.run();
