import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { seededRandom } from '../../lib/random.ts';
import { argmax, logSoftmax, sampleIndex, softmax } from '../../lib/softmax.ts';
import { allNear } from './near.ts';

const scores = [1.5, -0.3, 2.2, 0, -4.1, 0.7];

// Figures from SciPy 1.17.1: scipy.special.softmax(s), softmax(s / 0.5), softmax(s / 3), log_softmax(s).
test('softmax and logSoftmax: irregular scores, at temperatures 1, 0.5 and 3', () => {
  allNear(
    softmax(scores),
    [
      0.2593893373849444, 0.0428767690862653, 0.5223459804479047, 0.0578775843914977, 0.0009591864191583,
      0.1165511422702296,
    ],
  );
  allNear(
    softmax(scores, 0.5),
    [
      0.18746879992438567, 0.0051223454566609369, 0.76022347123778, 0.0093335219586767968,
      2.5634851263639664e-6, 0.037849297937370185,
    ],
  );
  allNear(
    softmax(scores, 3),
    [
      0.2304831882602362, 0.1264918556412677, 0.2910547102248526, 0.1397951202281522, 0.0356415202403421,
      0.1765336054051492,
    ],
  );
  allNear(
    logSoftmax(scores),
    [
      -1.349425112860027, -3.149425112860027, -0.6494251128600268, -2.849425112860027, -6.949425112860027,
      -2.149425112860027,
    ],
  );
});

test('softmax: worked out by hand: scores ln 1, ln 2, ln 5 have shares 1/8, 2/8, 5/8', () => {
  allNear(softmax([Math.log(1), Math.log(2), Math.log(5)]), [0.125, 0.25, 0.625]);
});

test('softmax: a shift of all scores changes nothing, however large they are', () => {
  allNear(softmax(scores.map(score => score + 700)), Array.from(softmax(scores)));
  assert.equal(softmax([1000, 1000, -1000]), Float64Array.of(0.5, 0.5, 0));
  assert.equal(softmax([-1000, -1000]), Float64Array.of(0.5, 0.5));
  assert.equal(softmax([0, -Infinity]), Float64Array.of(1, 0));
});

test('softmax: hot evens out, cold leaves only the highest; the given scores stay as they are', () => {
  const given = Float64Array.from(scores);
  allNear(softmax(given, 1e9), new Array(6).fill(1 / 6), 1e-8);
  allNear(softmax(given, 0.01), [0, 0, 1, 0, 0, 0]);
  assert.equal(given, Float64Array.from(scores));
});

test('argmax: the first of the largest', () => {
  assert.is(argmax([0.1, 0.4, 0.4]), 1);
  assert.is(argmax([-3]), 0);
});

test('sampleIndex: the number falls into one of the widths laid side by side', () => {
  const at = (number: number) => sampleIndex([0.25, 0, 0.5, 0.25, 0], () => number);
  assert.equal([0, 0.2499, 0.25, 0.7499, 0.75, 0.9999].map(at), [0, 0, 2, 2, 3, 3]);
});

test('sampleIndex: never an outcome of probability 0, even when the sum is a last digit short', () => {
  assert.is(
    sampleIndex([0.5, 0.4999999999, 0], () => 1 - 2 ** -53),
    1,
  );
});

test('sampleIndex: 10,000 draws come within four standard deviations of each probability', () => {
  const random = seededRandom(1);
  const q = [0.1, 0.6, 0.3];
  const counts = [0, 0, 0];
  for (let i = 0; i < 10_000; i++) counts[sampleIndex(q, random)]++;
  counts.forEach((count, i) => {
    assert.ok(Math.abs(count - 10_000 * q[i]) < 4 * Math.sqrt(10_000 * q[i] * (1 - q[i])), `${counts}`);
  });
});

test('what cannot be answered is refused in words', () => {
  assert.throws(() => softmax([]), /softmax: expected at least one score, got an empty array/);
  assert.throws(
    () => softmax([1, Number.NaN]),
    /softmax: expected scores that are finite or -Infinity, got NaN/,
  );
  assert.throws(() => softmax([Infinity]), /got Infinity/);
  assert.throws(() => softmax([-Infinity]), /expected at least one finite score/);
  for (const t of [0, -1, Number.NaN, Infinity]) {
    assert.throws(() => softmax([1], t), /softmax: expected a temperature above 0, got /);
  }
  assert.throws(() => argmax([]), /argmax: expected at least one number/);
  assert.throws(
    () => sampleIndex([0.5, 0.4], Math.random),
    /sampleIndex: expected probabilities to sum to 1/,
  );
});

test.run();
