// The figures of notebooks 07, 08 and 09.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { evenlySpaced } from '../../lib/dataset.ts';
import { causalAndMasked } from '../../lib/figure/causal-and-masked.ts';
import { crossEntropyFloor } from '../../lib/figure/cross-entropy-floor.ts';
import { dyingGradient } from '../../lib/figure/dying-gradient.ts';
import type { Figure } from '../../lib/figure/figure.ts';
import { growingContext } from '../../lib/figure/growing-context.ts';
import { outputAndExpectation } from '../../lib/figure/output-and-expectation.ts';
import { oneScoreSlider, temperatureSlider } from '../../lib/figure/scores-and-probabilities.ts';
import { surpriseOfAnswer } from '../../lib/figure/surprise-of-answer.ts';
import { twoModels } from '../../lib/figure/two-models.ts';
import { shownBy, testFigures } from './figures.ts';

const tokens = ['今', '天', '气', '很', '好', 'END'];
const scores = [0.3, 1.6, 0.2, -0.4, 0.9, -1];

const figures: Record<string, Figure> = {
  growingContext: growingContext('今天天气很好', 5),
  'growingContext, first': growingContext('今天天气很好', 0),
  causalAndMasked: causalAndMasked('今天天气很好'),
  twoModels: twoModels('08'),
  oneScoreSlider: oneScoreSlider(tokens, scores, '好', evenlySpaced(-3, 5, 17)),
  temperatureSlider: temperatureSlider(tokens, scores, [0.1, 0.5, 1, 2, 10]),
  outputAndExpectation: outputAndExpectation(tokens, [0.1, 0.4, 0.1, 0.1, 0.25, 0.05], [0, 0, 0, 0, 1, 0]),
  surpriseOfAnswer: surpriseOfAnswer(tokens, scores, '好', evenlySpaced(-3, 5, 17)),
  crossEntropyFloor: crossEntropyFloor(evenlySpaced(0.1, 0.9, 9), 0.3),
  dyingGradient: dyingGradient(6),
};

testFigures(figures);

interface Drawn {
  readonly x: number[];
  readonly y: number[];
  readonly text: string[];
}

test('growingContext: question d_i shows i + 1 tokens and asks the next', () => {
  const { frames } = shownBy(growingContext('今天天气很好', 0));
  assert.equal(
    frames.map(({ name }) => name),
    ['d0', 'd1', 'd2', 'd3', 'd4', 'd5', 'd6'],
  );
  frames.forEach(({ data }, last) => {
    const [seen, asked, hidden] = data as unknown as Drawn[];
    // 1 + 2 + ... + (last + 1) tokens are seen in all rows so far; each row asks one.
    assert.is(seen.text.length, ((last + 1) * (last + 2)) / 2);
    assert.is(asked.text.join(''), '今天天气很好END'.slice(0, last === 6 ? undefined : last + 1));
    assert.is(seen.text.length + asked.text.length + hidden.text.length, 8 * (last + 1));
  });
});

test('causalAndMasked: on the left nothing to the right of a question is seen, on the right all but the hole', () => {
  const { data } = shownBy(causalAndMasked('今天天气很好'));
  const [seen, asked, , seenRight, askedRight] = data as unknown as Drawn[];
  const question = new Map(asked.y.map((row, i) => [row, asked.x[i]]));
  seen.x.forEach((column, i) => {
    assert.ok(column < (question.get(seen.y[i]) as number));
  });
  assert.is(askedRight.text.join(''), '今天天气很好');
  assert.is(seenRight.text.length, 6 * 7);
});

test('oneScoreSlider: the bars of every frame add up to 1, and the moved one grows with its score', () => {
  const { frames } = shownBy(oneScoreSlider(tokens, scores, '好', [-2, 0, 2, 4]));
  const bars = frames.map(({ data }) => (data[1] as unknown as Drawn).y);
  for (const bar of bars) assert.ok(Math.abs(bar.reduce((sum, share) => sum + share) - 1) < 1e-4);
  assert.ok(bars.every((bar, i) => i === 0 || bar[4] > bars[i - 1][4]));
  assert.throws(() => oneScoreSlider(tokens, scores, '雨', [0]), /expected one of 今.*got 雨/);
});

test('surpriseOfAnswer: the point lies on -ln q', () => {
  const { frames } = shownBy(surpriseOfAnswer(tokens, scores, '好', [-2, 0, 2, 4]));
  for (const { data } of frames) {
    const [q, point] = data as unknown as Drawn[];
    assert.is(point.x[0], q.y[4]);
    assert.ok(Math.abs(point.y[0] + Math.log(q.y[4])) < 1e-3);
  }
});

test('crossEntropyFloor: no point of the curve lies below the entropy, and the lowest is at q = p', () => {
  const { frames } = shownBy(crossEntropyFloor([0.2, 0.5, 0.7], 0.5));
  for (const { name, data } of frames) {
    const [curve, floor] = data as unknown as Drawn[];
    const lowest = Math.min(...curve.y);
    assert.ok(Math.abs(lowest - floor.y[0]) < 1e-4);
    assert.is([...curve.y].indexOf(lowest), Math.round(100 * Number(name)) - 1);
  }
});

test('dyingGradient: -1 against 0 where the model is confidently wrong', () => {
  const { data } = shownBy(dyingGradient(6));
  const [, cross, , squared] = data as unknown as Drawn[];
  // By hand: q = e^-10 / (5 + e^-10) = 9.1e-6.
  assert.ok(Math.abs(cross.y[0] + 1) < 1e-4);
  assert.ok(Math.abs(squared.y[0]) < 3e-5);
});

test.run();
