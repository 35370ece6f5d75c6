// Figures of notebook 06: lines y = ax + b and the loss over all a and b.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { pointsOnLine } from '../../lib/dataset.ts';
import { lineName } from '../../lib/figure/candidates.ts';
import { descentsOnContour } from '../../lib/figure/descents-on-contour.ts';
import { gradientNoise } from '../../lib/figure/gradient-noise.ts';
import { linesThroughPoint } from '../../lib/figure/lines-through-point.ts';
import { lossContour } from '../../lib/figure/loss-contour.ts';
import { valleyAndBowl } from '../../lib/figure/valley-and-bowl.ts';
import { shownBy, testFigures } from './figures.ts';

const points = pointsOnLine([2, 3, 1, 4], 2);
const lines = [
  { a: 2, b: 0 },
  { a: 3, b: -2 },
  { a: 0.5, b: 3 },
];
const plane = { a: [-1, 5], b: [-6, 6] } as const;
const straight = (count: number) => Array.from({ length: count }, (_, i) => [i / (count - 1), 1]);
const descents = [
  { batchSize: 1, path: straight(9) },
  { batchSize: 4, path: straight(3) },
];

testFigures({
  linesThroughPoint: linesThroughPoint(points, lines),
  valleyAndBowl: valleyAndBowl(points, lines, plane),
  descentsOnContour: descentsOnContour(points, descents, plane, [2, 0], 2),
  gradientNoise: gradientNoise([1, 4, 16], [10, 5.1, 2.6]),
});

test('linesThroughPoint: with one point all losses are 0, then only that of the line that made the points', () => {
  const { frames } = shownBy(linesThroughPoint(points, lines));
  const losses = frames.map(({ data }) => data[4].y);
  // By hand: y = 3x - 2 misses x = 3, 1, 4 by 1, 1, 2; y = 0.5x + 3 misses them by 1.5, 1.5, 3.
  assert.equal(losses, [
    [0, 0, 0],
    [0, 1, 2.25],
    [0, 2, 4.5],
    [0, 6, 13.5],
  ] as never);
});

test('lossContour: with one point a whole line of (a, b) has the lowest height, with two only one place', () => {
  const lowest = (count: number) => {
    const some = pointsOnLine([2, 3].slice(0, count), 2);
    const { z } = lossContour(some, { a: [0, 4], b: [-4, 4] }) as unknown as { z: number[][] };
    return z.flat().filter(height => height === Math.log10(0.1)).length;
  };
  // 41 slopes from 0 to 4, and the line b = 4 - 2a meets the grid of intercepts at each of them.
  assert.is(lowest(1), 41);
  assert.is(lowest(2), 1);
});

test('descentsOnContour: after 4 examples a batch of 1 has made four steps, a batch of 4 one', () => {
  const { frames } = shownBy(descentsOnContour(points, descents, plane, [2, 0], 2));
  const [at4] = frames.filter(({ name }) => name === '4');
  const lengths = [0, 3].map(place => (at4.data[place].x as unknown as number[]).length - 1);
  assert.equal(lengths, [4, 1]);
});

test('lineName: as one writes a line', () => {
  assert.equal([...lines, { a: 0, b: 1 }].map(lineName), [
    'y = 2x',
    'y = 3x - 2',
    'y = 0.5x + 3',
    'y = 0x + 1',
  ]);
});

test.run();
