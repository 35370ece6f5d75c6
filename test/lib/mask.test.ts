import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { maskOne, maskRandomly, maskSpans } from '../../lib/mask.ts';
import { seededRandom } from '../../lib/random.ts';
import { MASK } from '../../lib/vocabulary.ts';

const sentence = '今天天气很好';

test('maskOne: one hole a place, the rest to be seen on both sides', () => {
  assert.equal(maskOne(sentence, 0), { x: 'MASK天天气很好', y: '今' });
  assert.equal(maskOne(sentence, 5), { x: '今天天气很MASK', y: '好' });
});

test('maskSpans: numbered marks in x, the holes behind their marks in y', () => {
  assert.equal(
    maskSpans(sentence, [
      { from: 0, to: 2 },
      { from: 3, to: 4 },
    ]),
    { x: 'MASK1天MASK2很好', y: 'MASK1今天MASK2气END' },
  );
  assert.equal(maskSpans(sentence, [{ from: 0, to: 6 }]), { x: 'MASK1', y: 'MASK1今天天气很好END' });
});

test('maskSpans: putting the holes back gives the sentence', () => {
  const { x, y } = maskSpans(sentence, [
    { from: 1, to: 2 },
    { from: 3, to: 6 },
  ]);
  const holes = y
    .replace('END', '')
    .split(/MASK\d/)
    .slice(1);
  assert.is(
    x.replace(/MASK(\d)/g, (_, number) => holes[Number(number) - 1]),
    sentence,
  );
});

test('maskRandomly: 15 in 100 asked; of these 80 masked, 10 replaced, 10 as they were', () => {
  const length = 20_000;
  const { inputs, targets } = maskRandomly('好'.repeat(length), ['雨'], seededRandom(1));
  const asked = targets.flatMap((target, place) => (target === undefined ? [] : [place]));
  assert.is(asked.length, 3000);
  const share = (token: string) => asked.filter(place => inputs[place] === token).length / asked.length;
  // Four standard deviations of 3,000 draws are 0.029 at 0.8 and 0.022 at 0.1.
  assert.ok(Math.abs(share(MASK) - 0.8) < 0.03, `${share(MASK)}`);
  assert.ok(Math.abs(share('雨') - 0.1) < 0.022, `${share('雨')}`);
  assert.ok(Math.abs(share('好') - 0.1) < 0.022, `${share('好')}`);
  inputs.forEach((token, place) => {
    if (targets[place] === undefined) assert.is(token, '好');
  });
});

test('maskRandomly: a short sentence has one hole, and the same seed the same', () => {
  const once = maskRandomly(sentence, [...sentence], seededRandom(3));
  assert.equal(once, maskRandomly(sentence, [...sentence], seededRandom(3)));
  assert.is(once.targets.filter(target => target !== undefined).length, 1);
});

test('holes outside the text, empty, touching or out of order are refused in words', () => {
  assert.throws(() => maskOne(sentence, 6), /maskOne: expected place to be a whole number, 0 to 5, got 6/);
  assert.throws(() => maskSpans(sentence, []), /maskSpans: expected at least one span, got none/);
  assert.throws(() => maskSpans(sentence, [{ from: 2, to: 2 }]), /the end of span 1 to be .* 3 to 6, got 2/);
  const touching = [
    { from: 0, to: 2 },
    { from: 2, to: 3 },
  ];
  assert.throws(() => maskSpans(sentence, touching), /the start of span 2 to be .* 3 to 5, got 2/);
  assert.throws(() => maskRandomly('', ['a'], Math.random), /expected at least one character, got none/);
  assert.throws(() => maskRandomly('a', [], Math.random), /expected replacements, got none/);
  assert.throws(() => maskRandomly('a', ['a'], Math.random, 1), /expected part from 0 to below 1, got 1/);
});

test.run();
