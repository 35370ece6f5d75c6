import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { check } from '../../lib/exercise.ts';
import { jupyterDisplay } from '../../lib/figure/figure.ts';

const cases = [
  { given: [1, 2], expected: 3 },
  { given: [0.1, 0.2], expected: 0.3 },
];

test('check: a right answer, to rounding', () => {
  const verdict = check(function add(a: number, b: number) {
    return a + b;
  }, cases);
  assert.ok(verdict.correct);
  assert.is(verdict.words, 'Correct (正确): 2 of 2 calls.');
  assert.equal(verdict[jupyterDisplay](), { 'text/plain': verdict.words });
});

test('check: a wrong answer names the call, what it gave and what was expected', () => {
  const multiply = (a: number, b: number) => a * b;
  assert.is(check(multiply, cases).words, 'Not yet (还没对): multiply(1, 2) gave 2, expected 3.');
});

test('check: answers that are missing, throw or have another type become words', () => {
  const nothing = () => undefined;
  const fails = () => {
    throw new TypeError('no idea');
  };
  const text = () => '3';
  const late = async () => 3;
  assert.match(check(nothing, cases).words, 'nothing(1, 2) gave undefined, expected 3');
  assert.match(check(fails, cases).words, 'fails(1, 2) threw TypeError: no idea, expected 3');
  assert.match(check(text, cases).words, "text(1, 2) gave '3', expected 3");
  assert.match(check(late, cases).words, 'late(1, 2) gave a promise, expected 3');
  assert.match(check(() => Number.NaN, cases).words, 'the function(1, 2) gave NaN, expected 3');
});

test('check: a function that throws something odd, or gives a value that cannot be printed', () => {
  const circle: { self?: unknown } = {};
  circle.self = circle;
  const round = () => circle;
  const odd = () => {
    throw null;
  };
  assert.match(check(round, cases).words, 'round(1, 2) gave an object');
  assert.match(check(odd, cases).words, 'odd(1, 2) threw null');
});

test('check: lists are compared number by number, typed or not', () => {
  const twice = (x: number[]) => Float64Array.from(x, value => 2 * value);
  assert.ok(check(twice, [{ given: [[1, 2]], expected: [2, 4] }]).correct);
  assert.match(
    check(twice, [{ given: [[1, 2]], expected: [2] }]).words,
    'twice([1, 2]) gave [2, 4], expected [2]',
  );
});

test('check: an infinite or missing number is not close to anything', () => {
  const endless = () => Infinity;
  assert.not(check(endless, [{ given: [], expected: 5 }]).correct);
  assert.ok(check(endless, [{ given: [], expected: Infinity }]).correct);
});

test.run();
