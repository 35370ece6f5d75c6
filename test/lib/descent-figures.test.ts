// Figures of notebooks 04 and 05: down the parabola 14 (a - 2)^2, whose derivative is 28 a - 56.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { evenlySpaced } from '../../lib/dataset.ts';
import { ballRace } from '../../lib/figure/ball.ts';
import { compass } from '../../lib/figure/compass.ts';
import { differenceErrors } from '../../lib/figure/difference-errors.ts';
import { learningRates } from '../../lib/figure/learning-rates.ts';
import { searchPath } from '../../lib/figure/search-path.ts';
import { secantToTangent } from '../../lib/figure/secant-to-tangent.ts';
import { stepsNeeded } from '../../lib/figure/steps-needed.ts';
import { shownBy, testFigures } from './figures.ts';

const loss = (a: number) => 14 * (a - 2) ** 2;
const derivative = (a: number) => 28 * a - 56;
const slopes = evenlySpaced(0, 4, 9);
const tries = [1, 0.5, 1.5, 1.2, 2].map((a, i) => ({ a, kept: i % 2 === 0 }));
const distances = [1.5, 1, 0.5, 0.1, -0.1, -0.5];
const secants = { loss, derivative: -28, at: 1, distances, span: [-0.2, 4.2] } as const;
/** By hand: each step multiplies the distance to 2 by 1 - 28 eta. */
const descent = (learningRate: number) => ({
  learningRate,
  path: Array.from({ length: 11 }, (_, step) => 2 - (1 - 28 * learningRate) ** step),
});
const descents = [0.01, 1 / 28, 0.05, 1 / 14, 0.08].map(descent);
const parabola = { loss, sumXX: 14, span: [-0.4, 4.4] } as const;
const rolls = [
  { name: 'ball', path: [1, 1.5, 2.2, 2.4, 2.1] },
  { name: 'descent', path: [1, 2.4, 1.84, 2.064, 1.9744] },
];

testFigures({
  searchPath: searchPath(loss, tries, [0, 4]),
  'searchPath, two kept': searchPath(loss, tries, [0, 4], 2),
  secantToTangent: secantToTangent(secants),
  'secantToTangent, from 0.5': secantToTangent({ ...secants, start: 0.5 }),
  compass: compass(loss, derivative, slopes, 1),
  'compass, bottom': compass(loss, derivative, slopes, 2),
  differenceErrors: differenceErrors([1, 0.1], { secant: [14, 1.4], 'central difference': [1e-14, 0] }),
  learningRates: learningRates(parabola, descents, 2),
  ballRace: ballRace(loss, rolls, [0, 4], 2),
  stepsNeeded: stepsNeeded([0.01, 0.03, 0.07], [26, 5, 90], [{ at: 1 / 28, name: '1/28' }]),
});

test('searchPath: a frame for each kept value; the price is how many were tried', () => {
  const { frames, data } = shownBy(searchPath(loss, tries, [0, 4]));
  assert.is(frames.length, 3);
  const price = frames[2].data[3] as unknown as { x: number[]; y: number[] };
  assert.equal(price, { x: [1, 3, 5], y: [14, 3.5, 0] });
  const thrownAway = frames[0].data[0] as unknown as { x: number[]; y: number[] };
  assert.equal(thrownAway, { x: [0.5], y: [31.5] });
  assert.is(data[1].name, 'tried next, thrown away');
});

test('secantToTangent: the slopes are -28 + 14 h', () => {
  const { frames } = shownBy(secantToTangent(secants));
  const last = frames[frames.length - 1].data[2] as unknown as { x: number[]; y: number[] };
  assert.equal(last.x, distances);
  distances.forEach((h, i) => {
    assert.ok(Math.abs(last.y[i] - (-28 + 14 * h)) < 1e-3);
  });
});

test('compass: the arrow points to the right below 2, to the left above it', () => {
  const { frames } = shownBy(compass(loss, derivative, slopes, 1));
  for (const { name, data } of frames) {
    const [from, to] = data[2].x as unknown as [number, number];
    assert.is(Math.sign(to - from), Math.sign(2 - Number(name)));
  }
});

test('differenceErrors: an error of 0 is a gap, not a point', () => {
  assert.equal(shownBy(differenceErrors([1, 0.1], { exact: [0.5, 0] })).data[0].y, [0.5, null] as never);
});

test('learningRates: five learning rates, five regimes', () => {
  const { frames } = shownBy(learningRates(parabola, descents, 0));
  assert.equal(
    frames.map(({ name }) => name),
    ['0.01', '1/28', '0.05', '1/14', '0.08'],
  );
  const words = frames.map(({ data }) => (data[2].text as unknown as string[])[0]);
  assert.equal(words, [
    'slides down, × 0.72',
    'arrives in one step, × 0.00',
    'bounces and settles, × -0.40',
    'bounces for ever, × -1.00',
    'diverges, × -1.24',
  ]);
  const { x, y } = frames[3].data[0] as unknown as { x: number[]; y: number[] };
  assert.equal(x.slice(0, 4), [1, 3, 1, 3]);
  assert.equal(y.slice(0, 4), [14, 14, 14, 14]);
});

test('ballRace: Play and Pause move the frames that the slider names', () => {
  const { layout, frames } = shownBy(ballRace(loss, rolls, [0, 4]));
  const [{ buttons }] = layout.updatemenus as unknown as [{ buttons: { label: string; args: unknown[] }[] }];
  assert.equal(
    buttons.map(({ label, args }) => [label, args[0]]),
    [
      ['Play', null],
      ['Pause', [null]],
    ],
  );
  assert.equal(
    frames.map(({ name }) => name),
    ['0', '1', '2', '3', '4'],
  );
});

test.run();
