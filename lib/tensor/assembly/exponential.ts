import { multiplyAdd } from './lanes';

// Constants lie in memory, four of each: V8 builds one that stands in the code anew in every turn of a loop.
const CONSTANTS: usize = memory.data<f32>([
  1.44269504, 1.44269504, 1.44269504, 1.44269504, // 1 / ln 2
  12583039, 12583039, 12583039, 12583039, // 1.5 2^23 + 127
  0.693359375, 0.693359375, 0.693359375, 0.693359375, // ln 2, so short that a whole number times it is exact
  2.12194440e-4, 2.12194440e-4, 2.12194440e-4, 2.12194440e-4, // the rest of ln 2, negative
  0.49999994, 0.49999994, 0.49999994, 0.49999994, // about 1/2!
  0.16666521, 0.16666521, 0.16666521, 0.16666521, // about 1/3!
  0.041668389, 0.041668389, 0.041668389, 0.041668389, // about 1/4!
  0.0083687454, 0.0083687454, 0.0083687454, 0.0083687454, // about 1/5!
  0.00138145406, 0.00138145406, 0.00138145406, 0.00138145406, // about 1/6!
  1, 1, 1, 1,
], 16);

// @ts-ignore: decorator
@inline
function constant(place: usize): v128 {
  return v128.load(CONSTANTS + (place << 4));
}

/**
 * e^x in each lane, within 1 ulp, for x from -87 to 88; NaN stays NaN.
 *
 * e^x = 2^n e^rest, with n the whole number next to x / ln 2: 2^n goes into the exponent bits. A polynomial of
 * degree 6 gives e^rest; among those that begin with 1 + rest its largest relative error on [-ln 2 / 2, ln 2 / 2]
 * is the least, 4e-9. Its terms are added in pairs: a processor does not wait for one to begin the next.
 */
// @ts-ignore: decorator
@inline
export function exponential(x: v128): v128 {
  // So large a number has no bits for fractions: adding it rounds. The last bits of the sum are n + 127, which is
  // the exponent of 2^n as floats store it.
  const shifted = multiplyAdd(x, constant(0), constant(1));
  const n = f32x4.sub(shifted, constant(1));
  const rest = multiplyAdd(n, constant(3), f32x4.sub(x, f32x4.mul(n, constant(2))));
  const square = f32x4.mul(rest, rest);
  const low = multiplyAdd(constant(5), rest, constant(4));
  const high = multiplyAdd(constant(7), rest, constant(6));
  const series = multiplyAdd(multiplyAdd(constant(8), square, high), square, low);
  const power = f32x4.add(multiplyAdd(series, square, rest), constant(9));
  return f32x4.mul(power, i32x4.shl(shifted, 23));
}
