import { test } from 'uvu';
import * as assert from 'uvu/assert';
import {
  crossEntropy,
  entropy,
  inBits,
  klDivergence,
  oneHot,
  perplexity,
  softmaxCrossEntropy,
  surprise,
} from '../../lib/cross-entropy.ts';
import { allNear, near } from './near.ts';

const scores = [1.5, -0.3, 2.2, 0, -4.1, 0.7];
const p = [0.1, 0.2, 0.4, 0.05, 0.15, 0.1];
const q = [
  0.2593893373849444, 0.0428767690862653, 0.5223459804479047, 0.0578775843914977, 0.0009591864191583,
  0.1165511422702296,
];

// Figures from NumPy 2.4.6 and SciPy 1.17.1: q = scipy.special.softmax(scores), -(p * np.log(q)).sum(),
// scipy.stats.entropy(p), entropy(p, base=2), scipy.special.rel_entr(p, q).sum(), rel_entr(q, p).sum(), q - p.
test('two irregular distributions over six outcomes', () => {
  near(crossEntropy(p, q), 2.424425112860027);
  near(entropy(p), 1.5832755052458727);
  near(inBits(entropy(p)), 2.2841837197791888);
  near(klDivergence(p, q), 0.8411496076141539);
  near(klDivergence(q, p), 0.3420788167027689);
  const { loss, gradient } = softmaxCrossEntropy(scores, p);
  near(loss, 2.424425112860027);
  allNear(
    gradient,
    [
      0.1593893373849443, -0.1571232309137347, 0.1223459804479047, 0.0078775843914977, -0.1490408135808416,
      0.0165511422702296,
    ],
  );
});

test('worked out by hand: -ln 0.25 = 2 ln 2 = 1.386294..., and the six tokens of the lesson', () => {
  near(surprise(0.25), 1.386294361119891);
  near(crossEntropy([0, 0, 1, 0], [0.25, 0.25, 0.25, 0.25]), 1.386294361119891);
  assert.is(inBits(surprise(1 / 8)), 3);
  near(entropy(new Array(6).fill(1 / 6)), 1.791759469228055);
  near(perplexity(entropy(new Array(6).fill(1 / 6))), 6);
  // Two of seven questions have two answers, equally likely: the floor of the lesson's sentence.
  const floor = (2 * entropy([0.5, 0.5])) / 7;
  near(floor, 0.198, 5e-4);
  near(perplexity(floor), 1.219, 5e-4);
});

test('p = 1/2, 1/4, 1/4 against q = 1/4, 1/4, 1/2: 1.75 bits one way, entropy 1.5', () => {
  // By hand: halves cost 1 bit, quarters 2: E = 1/2 2 + 1/4 2 + 1/4 1 = 1.75, H = 1/2 1 + 1/4 2 + 1/4 2 = 1.5.
  near(inBits(crossEntropy([0.5, 0.25, 0.25], [0.25, 0.25, 0.5])), 1.75);
  near(inBits(entropy([0.5, 0.25, 0.25])), 1.5);
  near(inBits(klDivergence([0.5, 0.25, 0.25], [0.25, 0.25, 0.5])), 0.25);
});

test('surprise is 0 (not -0) for the certain and Infinity for the impossible; 0 ln 0 counts as 0', () => {
  assert.ok(Object.is(surprise(1), 0));
  assert.is(surprise(0), Infinity);
  assert.is(crossEntropy([1, 0], [1, 0]), 0);
  assert.is(crossEntropy([0.5, 0.5], [1, 0]), Infinity);
  assert.is(klDivergence([0.5, 0.5], [1, 0]), Infinity);
});

test('crossEntropy = entropy + klDivergence; the two orders differ', () => {
  near(crossEntropy(p, q), entropy(p) + klDivergence(p, q));
  assert.ok(Math.abs(crossEntropy(p, q) - crossEntropy(q, p)) > 0.1);
});

test('softmaxCrossEntropy: the gradient agrees with central differences, for a label and for a distribution', () => {
  const h = 1e-5;
  for (const target of [3, p]) {
    const { gradient } = softmaxCrossEntropy(scores, target);
    const moved = (i: number, by: number) => scores.map((score, j) => (i === j ? score + by : score));
    scores.forEach((_, i) => {
      const up = softmaxCrossEntropy(moved(i, h), target).loss;
      const down = softmaxCrossEntropy(moved(i, -h), target).loss;
      near((up - down) / (2 * h), gradient[i], 1e-9);
    });
    near(
      Array.from(gradient).reduce((sum, part) => sum + part, 0),
      0,
    );
  }
});

test('softmaxCrossEntropy: finite where the probability itself would round to 0', () => {
  assert.is(softmaxCrossEntropy([1000, 0], 1).loss, 1000);
  assert.equal(softmaxCrossEntropy([1000, 0], 1).gradient, Float64Array.of(1, -1));
});

test('what is no distribution, no label or no perplexity is refused in words', () => {
  const half = [0.5, 0.5];
  assert.throws(
    () => crossEntropy([0.5, 0.4], half),
    /crossEntropy: expected p to sum to 1, got a sum of 0\.9/,
  );
  assert.throws(
    () => crossEntropy(half, [2, -1]),
    /crossEntropy: expected q to hold numbers from 0 to 1, got 2/,
  );
  assert.throws(
    () => klDivergence(half, [1]),
    /klDivergence: expected p and q over the same outcomes, got 2 and 1/,
  );
  assert.throws(() => entropy([]), /entropy: expected p to have at least one probability, got none/);
  assert.throws(() => entropy([Number.NaN, 1]), /got NaN/);
  assert.throws(() => oneHot(6, 6), /oneHot: expected a label from 0 to 5 for 6 outcomes, got 6/);
  assert.throws(() => softmaxCrossEntropy([1, 2], -1), /softmaxCrossEntropy: expected a label from 0 to 1/);
  assert.throws(() => softmaxCrossEntropy([1, 2], 0.5), /got 0\.5/);
  assert.throws(() => softmaxCrossEntropy([1, 2], [1, 1]), /softmaxCrossEntropy: expected p to sum to 1/);
  assert.throws(() => surprise(1.5), /surprise: expected a probability from 0 to 1, got 1\.5/);
  assert.throws(() => perplexity(-1), /perplexity: expected a cross-entropy of 0 or more, got -1/);
});

test.run();
