// The numbers of notebooks 04, 05 and 06 against values worked out apart from lib: by hand, or by NumPy 2.4.6.

import { derivative, rationalize } from 'mathjs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { joined } from '../../jupyter/notebooks/notebook.ts';
import { addNoise, evenlySpaced, fullBatches, pointsOnLine, shuffledBatches } from '../../lib/dataset.ts';
import { centralDifference, derivativeByHand, numericalGradient } from '../../lib/derivative.ts';
import { lossOfLineThroughOrigin, lossOfStraightLine, meanOf } from '../../lib/loss.ts';
import { gradientDescent, momentum, type Optimizer } from '../../lib/optimizer.ts';
import { seededRandom } from '../../lib/random.ts';
import { lastStep, train } from '../../lib/train.ts';
import { readCourse } from './course.ts';

const points = pointsOnLine([1, 2, 3], 2);

/** What a cell of the English notebook shows as text. */
function shown(notebook: string, cell: string): string {
  const [found] = readCourse().filter(({ language, name }) => language === 'en' && name === notebook);
  const outputs = found.notebook.cells
    .filter(({ id }) => id === cell)
    .flatMap(({ outputs }) => outputs ?? []);
  return outputs.map(({ data }) => joined(data?.['text/plain'] as string[])).join('\n');
}

function numbersIn(text: string): number[] {
  return (text.match(/-?\d+(\.\d+)?(e[+-]\d+)?/g) ?? []).map(Number);
}

function close(got: number, expected: number, tolerance: number) {
  assert.ok(Math.abs(got - expected) <= tolerance, `${got}, expected ${expected}`);
}

function descend(optimizer: Optimizer, steps: number, start = 1): number[] {
  const run = train({
    parameters: Float64Array.of(start),
    lossAndGradient: lossOfLineThroughOrigin,
    optimizer,
    batches: fullBatches(points),
    steps,
  });
  return Array.from(run, moment => moment.parameters[0]);
}

test('04: the two tries, by hand 14 (a - 2)^2', () => {
  assert.is(
    shown('04-which-way-is-down', 'two-tries'),
    "[ 'a = 0.5: loss 31.5', 'a = 1: loss 14', 'a = 1.5: loss 3.5' ]",
  );
});

test('04: the search is stuck at 1.9, where 1.6 and 2.2 are worse', () => {
  assert.is(shown('04-which-way-is-down', 'stuck'), "'10000 values tried, kept 1.0, 1.3, 1.6, 1.9'");
  const loss = (a: number) => 14 * (a - 2) ** 2;
  assert.ok(loss(1.9) < loss(1.6) && loss(1.9) < loss(2.2));
});

test('04: the prose names as many tries as the search made', () => {
  assert.match(shown('04-which-way-is-down', 'walk'), /^Of 2345 values tried 9 were kept; /);
});

test('04: the slopes of the secants are -28 + 14 h', () => {
  const slopes = numbersIn(shown('04-which-way-is-down', 'secant'));
  assert.equal(slopes, [1, -14, 0.5, -21, 0.1, -26.6, 0.01, -27.86, 0.001, -27.986]);
});

test('by hand, central difference, mathjs and gradient of the loss agree: 28 a - 56', () => {
  const formula = rationalize(derivative('(2 - a)^2 + (4 - 2 a)^2 + (6 - 3 a)^2', 'a'));
  const loss = (a: number) => lossOfLineThroughOrigin([a], points).loss;
  for (const a of [-3, 0, 1, 1.5, 2, 2.5, 4]) {
    const expected = 28 * a - 56;
    close(derivativeByHand(points, a), expected, 1e-12);
    close(centralDifference(loss, a), expected, 1e-9);
    close(formula.evaluate({ a }), expected, 1e-12);
    close(lossOfLineThroughOrigin([a], points).gradient[0], expected, 1e-12);
  }
  assert.is(formula.toString(), '28 * a - 56');
});

test('04: near the bottom of the V the errors have the size that rounding and bending give', () => {
  const [, secantSmall, , , secantLarge, central] = numbersIn(shown('04-which-way-is-down', 'best-h'));
  // Of a^3 at 1, by Taylor: the secant is 3 + 3h + h^2, the central difference 3 + h^2; rounding adds about 1e-16 / h.
  close(secantSmall, 3, 1e-7);
  close(secantLarge, 3 + 3e-5 + 1e-10, 1e-9);
  close(central, 3 + 1e-10, 1e-10);
});

test('05: without a learning rate 1, 29, -727, 19685, by hand', () => {
  assert.is(shown('05-learning-rate', 'too-far'), '[ 1, 29, -727, 19685 ]');
});

test('05: six learning rates, their factors and their first steps (NumPy)', () => {
  const factors = [0.72, 0, -0.4, -0.68, -1, -1.24];
  const printed = shown('05-learning-rate', 'factor').match(/factor -?\d\.\d\d/g) ?? [];
  assert.equal(
    printed.map(words => Number(words.slice(7))),
    factors,
  );
  const paths: [number, number[]][] = [
    [0.01, [1, 1.28, 1.4816, 1.6268, 1.7313, 1.8065]],
    [1 / 28, [1, 2, 2, 2, 2, 2]],
    [0.05, [1, 2.4, 1.84, 2.064, 1.9744, 2.0102]],
    [0.06, [1, 2.68, 1.5376, 2.3144, 1.7862, 2.1454]],
    [1 / 14, [1, 3, 1, 3, 1, 3]],
    [0.08, [1, 3.24, 0.4624, 3.9066, -0.3642, 4.9316]],
  ];
  const lines = shown('05-learning-rate', 'six-paths').split('\n').slice(1, -1);
  paths.forEach(([rate, path], i) => {
    descend(gradientDescent(rate), 5).forEach((a, step) => {
      close(a, path[step], 5.1e-5);
    });
    const words = path.map(a => a.toFixed(2)).join(', ');
    assert.ok(lines[i].includes(`: ${words}'`), `${lines[i]}, expected ${words}`);
  });
});

test('05: steps until the loss is below a millionth: ln(1e-6 / 14) / (2 ln |factor|), rounded up', () => {
  const needed = (factor: number) => Math.ceil(Math.log(1e-6 / 14) / (2 * Math.log(Math.abs(factor))));
  // At 1/28 the factor is 0, and one step is enough.
  assert.equal([needed(0.972), needed(0.44), needed(-0.4), needed(-0.96)], [290, 11, 9, 202]);
  assert.equal(numbersIn(shown('05-learning-rate', 'count')), [290, 11, 1, 9, 202]);
});

test('05: divergence: 1.24^n passes the largest number after 3286 steps or a few more, then NaN', () => {
  const text = shown('05-learning-rate', 'diverge');
  const steps = Number(text.match(/steps: (\d+)/)?.[1]);
  // The product 28 a overflows a little before a itself does: ln 28 / ln 1.24 is 15.5 steps.
  const overflow = Math.log(Number.MAX_VALUE) / Math.log(1.24);
  assert.ok(steps <= Math.ceil(overflow) && steps >= overflow - 17, `${steps}, ${overflow}`);
  assert.match(text, /a: -?Infinity/);
  assert.match(text, /later': NaN/);
});

test('05: the ball, by hand and by NumPy', () => {
  const path = descend(momentum(0.005, 0.9), 60, 0);
  [0.28, 0.7728, 1.388128, 2.02758528].forEach((a, i) => {
    close(path[i + 1], a, 1e-12);
  });
  close(path[60], 2.0432360295743615, 1e-12);
  assert.match(shown('05-learning-rate', 'ball-by-hand'), /v = -127\.89, a = 2\.0276/);
  assert.match(shown('05-learning-rate', 'ball'), /ball at a = 2\.04/);
});

test('06: the gradient of two parameters, by hand and measured', () => {
  const { gradient } = lossOfStraightLine([1, 0], points);
  assert.equal(Array.from(gradient), [-28, -12]);
  const measured = numericalGradient(parameters => lossOfStraightLine(parameters, points).loss, [1, 0]);
  measured.forEach((part, i) => {
    close(part, [-28, -12][i], 1e-8);
  });
});

test('06: from one point a descent goes to the nearest line through it: (1.6, 0.8) and (1, 2), by projection', () => {
  // The gradient points along (x, 1) = (2, 1), so (0, 0) + t (2, 1) with 2a + b = 4 has t = 0.8.
  assert.equal(numbersIn(shown('06-mini-batches', 'two-starts')), [0, 0, 1.6, 0.8, 0, 3, 3, 1, 2, 0]);
});

const measured = addNoise(pointsOnLine(evenlySpaced(-1, 3, 40), 2), 0.8, seededRandom(7));
const meanLoss = meanOf(lossOfStraightLine);

function descendLine(steps: number, learningRate: number) {
  return lastStep(
    train({
      parameters: Float64Array.of(-0.5, 4),
      lossAndGradient: meanLoss,
      optimizer: gradientDescent(learningRate),
      batches: shuffledBatches(measured, 40, seededRandom(1)),
      steps,
    }),
  );
}

test('06: linear regression is what numpy.polyfit gives, and where the descent arrives', () => {
  const [a, b] = [1.896247168370497, 0.01259447500804142];
  assert.equal(numbersIn(shown('06-mini-batches', 'closed-form')), [1.8962, 0.0126]);
  const { parameters, loss } = descendLine(300, 0.25);
  close(parameters[0], a, 1e-9);
  close(parameters[1], b, 1e-9);
  close(loss, 0.6097358404519637, 1e-9);
});

test('06: eight steps with all points, as NumPy makes them', () => {
  close(descendLine(8, 0.06).loss, 4.615396515270457, 1e-9);
  close(descendLine(8, 0.25).loss, 0.7382580576102507, 1e-9);
  assert.match(shown('06-mini-batches', 'paths-numbers'), /batch of 40: 8 steps, loss 4\.62/);
  assert.is(shown('06-mini-batches', 'try-rate'), "'0.74'");
});

test('06: the noise of the gradient is what the standard deviation of all points says (NumPy), within 5 %', () => {
  const numbers = numbersIn(shown('06-mini-batches', 'noise-numbers'));
  const expected = { 1: 10.675, 4: 5.338, 16: 2.669, 64: 1.3344 };
  Object.entries(expected).forEach(([size, noise], i) => {
    assert.is(numbers[2 * i], Number(size));
    close(numbers[2 * i + 1], noise, 0.05 * noise);
  });
});

test('06: with batches of 1 the loss is below 1 within the first epoch, with batches of 4 after about three', () => {
  const examplesUntilBelow1 = (batchSize: number) => {
    const batches = shuffledBatches(measured, batchSize, seededRandom(1));
    const parameters = Float64Array.of(-0.5, 4);
    const optimizer = gradientDescent(0.06);
    const run = train({ parameters, lossAndGradient: meanLoss, optimizer, batches, steps: 320 / batchSize });
    return batchSize * [...run].findIndex(moment => meanLoss(moment.parameters, measured).loss < 1);
  };
  assert.ok(examplesUntilBelow1(1) <= 40, `${examplesUntilBelow1(1)}`);
  close(examplesUntilBelow1(4), 120, 20);
});

test('06: batches are dealt out: each point once an epoch', () => {
  const hands = shown('06-mini-batches', 'deal').match(/'[^']*'/g) ?? [];
  const sorted = hands.map(words => numbersIn(words).sort());
  assert.equal(sorted, [
    [1, 2, 3, 4, 5, 6],
    [1, 2, 3, 4, 5, 6],
  ]);
});

test.run();
