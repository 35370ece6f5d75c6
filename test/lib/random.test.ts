import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { integerBelow, normal, permutation, seededRandom, stateFrom } from '../../lib/random.ts';

const draw = <Drawn>(count: number, next: () => Drawn) => Array.from({ length: count }, next);

/** Pearson's correlation of two lists. */
function correlation(left: number[], right: number[]): number {
  const mean = (numbers: number[]) => numbers.reduce((sum, number) => sum + number) / numbers.length;
  const [leftMean, rightMean] = [mean(left), mean(right)];
  const product = mean(left.map((number, index) => (number - leftMean) * (right[index] - rightMean)));
  const [leftVariance, rightVariance] = [
    mean(left.map(number => (number - leftMean) ** 2)),
    mean(right.map(number => (number - rightMean) ** 2)),
  ];
  return product / Math.sqrt(leftVariance * rightVariance);
}

test('seededRandom: the same seed gives the same numbers, another seed others', () => {
  const first = draw(100, seededRandom(42));
  assert.equal(first, draw(100, seededRandom(42)));
  assert.not.equal(first, draw(100, seededRandom(43)));
});

test('seededRandom: two generators do not disturb each other', () => {
  const alone = draw(10, seededRandom(1));
  const left = seededRandom(1);
  const right = seededRandom(2);
  const together = draw(10, () => {
    right();
    return left();
  });
  assert.equal(together, alone);
});

test('seededRandom: numbers lie in [0, 1) with mean 1/2 and variance 1/12', () => {
  const numbers = draw(100_000, seededRandom(3));
  assert.ok(numbers.every(number => number >= 0 && number < 1));
  const mean = numbers.reduce((sum, number) => sum + number) / numbers.length;
  const variance = numbers.reduce((sum, number) => sum + (number - mean) ** 2, 0) / numbers.length;
  // Four standard errors: sqrt(1/12/100000) = 0.00091 for the mean, sqrt(1/180/100000) = 0.00024 for the variance.
  assert.ok(Math.abs(mean - 1 / 2) < 0.0037, `mean ${mean}`);
  assert.ok(Math.abs(variance - 1 / 12) < 0.001, `variance ${variance}`);
});

/** The `place`-th number that each of the seeds `from` to `from` + 999 gives, counted from 0. */
const acrossSeeds = (from: number, place: number) =>
  Array.from({ length: 1000 }, (_, index) => draw(place + 1, seededRandom(from + index))[place]);

for (const from of [0, -500, 20_250_000, 2 ** 32 - 500, Number.MAX_SAFE_INTEGER - 999]) {
  for (const [place, name] of ['first', 'second', 'third'].entries()) {
    test(`seededRandom: the ${name} numbers of the thousand seeds from ${from} are evenly spread`, () => {
      const numbers = acrossSeeds(from, place);
      const mean = numbers.reduce((sum, number) => sum + number) / 1000;
      // Four standard errors: sqrt(1/12/1000) = 0.00913.
      assert.ok(Math.abs(mean - 1 / 2) < 0.037, `mean ${mean}`);
      const counts = new Array(10).fill(0);
      for (const number of numbers) counts[Math.floor(10 * number)]++;
      // Chi-squared with 9 degrees of freedom exceeds 27.9 once in a thousand (tables).
      const chiSquared = counts.reduce((sum, count) => sum + (count - 100) ** 2 / 100, 0);
      assert.ok(chiSquared < 27.9, `chi-squared ${chiSquared}`);
    });

    test(`seededRandom: the ${name} numbers of the thousand seeds from ${from} do not follow the seed`, () => {
      const numbers = acrossSeeds(from, place);
      const order = numbers.map((_, index) => index);
      // Without correlation its standard error is 1/sqrt(1000) = 0.0316; the bound is four of them.
      const withSeed = correlation(order, numbers);
      assert.ok(Math.abs(withSeed) < 0.127, `correlation with the seed ${withSeed}`);
      const withNeighbour = correlation(numbers.slice(1), numbers.slice(0, -1));
      assert.ok(Math.abs(withNeighbour) < 0.127, `correlation with the seed before ${withNeighbour}`);
    });
  }
}

test('seededRandom: first and second number of a thousand seeds are not correlated', () => {
  const both = correlation(acrossSeeds(0, 0), acrossSeeds(0, 1));
  assert.ok(Math.abs(both) < 0.127, `correlation ${both}`);
});

test('seededRandom: seeds that agree in their last 32 bits give different numbers', () => {
  assert.not.equal(draw(4, seededRandom(1)), draw(4, seededRandom(2 ** 32 + 1)));
  assert.not.equal(draw(4, seededRandom(-1)), draw(4, seededRandom(2 ** 32 - 1)));
});

test('seededRandom: a seed that is not a whole number is refused in words', () => {
  assert.throws(() => seededRandom(1.5), /seededRandom: expected seed to be a whole number.*got 1\.5/);
  assert.throws(() => seededRandom(Number.NaN), /got NaN/);
});

test('stateFrom: the outputs of SplitMix64, worked out apart in Python with whole numbers of any size', () => {
  const state = (seed: number) => {
    const [first, second, third, fourth] = stateFrom(seed).map(word => BigInt(word >>> 0));
    return [(first << 32n) | second, (third << 32n) | fourth];
  };
  assert.equal(state(1234567), [6457827717110365317n, 3203168211198807973n]);
  assert.equal(state(0), [16294208416658607535n, 7960286522194355700n]);
  assert.equal(state(-1), [16490336266968443936n, 16834447057089888969n]);
});

test('normal: the polar method by hand', () => {
  // u = 2 * 0.75 - 1 = 0.5, v = 0, s = 0.25: 0.5 * sqrt(-2 ln(0.25) / 0.25) = 0.5 * sqrt(11.0903549) = 1.6651092.
  const numbers = [0.75, 0.5];
  assert.ok(Math.abs(normal(() => numbers.shift() ?? 0) - 1.6651092223) < 1e-9);
});

test('normal: points outside the unit disc and at its centre are drawn again', () => {
  const numbers = [0, 0, 0.5, 0.5, 0.75, 0.5];
  assert.ok(Math.abs(normal(() => numbers.shift() ?? 0) - 1.6651092223) < 1e-9);
  assert.is(numbers.length, 0);
});

test('normal: moments of the standard normal distribution', () => {
  const random = seededRandom(11);
  const numbers = draw(100_000, () => normal(random));
  const moment = (power: number) => numbers.reduce((sum, x) => sum + x ** power, 0) / numbers.length;
  // Closed form: 0, 1, 0, 3; the bounds are four standard errors (variances 1, 2, 15, 96 over n).
  assert.ok(Math.abs(moment(1)) < 0.013, `mean ${moment(1)}`);
  assert.ok(Math.abs(moment(2) - 1) < 0.018, `second moment ${moment(2)}`);
  assert.ok(Math.abs(moment(3)) < 0.05, `third moment ${moment(3)}`);
  assert.ok(Math.abs(moment(4) - 3) < 0.125, `fourth moment ${moment(4)}`);
});

test('integerBelow: all faces of a die come up equally often', () => {
  const random = seededRandom(5);
  const counts = new Array(6).fill(0);
  for (let throws = 0; throws < 60_000; throws++) counts[integerBelow(random, 6)]++;
  // Chi-squared with 5 degrees of freedom exceeds 20.5 once in a thousand (tables).
  const chiSquared = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
  assert.ok(chiSquared < 20.5, `chi-squared ${chiSquared}`);
  assert.throws(() => integerBelow(random, 0), /integerBelow: expected size/);
});

test('permutation: all six orders of three come up equally often, each number once', () => {
  const random = seededRandom(9);
  const counts = new Map<string, number>();
  for (let times = 0; times < 6000; times++) {
    const order = permutation(random, 3).join('');
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  assert.equal([...counts.keys()].sort(), ['012', '021', '102', '120', '201', '210']);
  const chiSquared = [...counts.values()].reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
  assert.ok(chiSquared < 20.5, `chi-squared ${chiSquared}`);
  assert.is(permutation(random, 0).length, 0);
});

test.run();
