import * as assert from 'uvu/assert';

/** Fails unless the numbers are equal up to a tolerance. */
export function near(got: number, expected: number, tolerance = 1e-12): void {
  assert.ok(Math.abs(got - expected) <= tolerance, `${got} is not ${expected} within ${tolerance}`);
}

/** Fails unless two lists are equally long and equal up to a tolerance. */
export function allNear(got: ArrayLike<number>, expected: readonly number[], tolerance = 1e-12): void {
  assert.is(got.length, expected.length);
  expected.forEach((number, i) => {
    near(got[i], number, tolerance);
  });
}
