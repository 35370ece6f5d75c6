import { multiplyAdd } from './lanes';

/**
 * e^x in each lane, within 2 ulp for x from -87 to 88; e^-87 (1.6e-38) below, e^88 (1.7e38) above.
 *
 * e^x = 2^n e^rest, with n the whole number next to x / ln 2: 2^n goes into the exponent bits, a polynomial
 * of degree 7 gives e^rest. NaN stays NaN.
 *
 * Source of the coefficients: S. L. Moshier, Cephes, expf.
 */
// @ts-ignore: decorator
@inline
export function exponential(x: v128): v128 {
  // In this order of arguments both give x where x is NaN.
  const within = f32x4.pmin(f32x4.pmax(x, f32x4.splat(-87)), f32x4.splat(88));
  // So large a number has no bits for fractions: adding it rounds, and n lies in the last bits.
  const rounder = f32x4.splat(12582912);
  const shifted = multiplyAdd(within, f32x4.splat(1.44269504), rounder);
  const n = f32x4.sub(shifted, rounder);
  // ln 2 in two parts: the first has so few bits that n times it is exact.
  let rest = f32x4.sub(within, f32x4.mul(n, f32x4.splat(0.693359375)));
  rest = multiplyAdd(n, f32x4.splat(2.12194440e-4), rest);
  let series = f32x4.splat(1.9875691500e-4);
  series = multiplyAdd(series, rest, f32x4.splat(1.3981999507e-3));
  series = multiplyAdd(series, rest, f32x4.splat(8.3334519073e-3));
  series = multiplyAdd(series, rest, f32x4.splat(4.1665795894e-2));
  series = multiplyAdd(series, rest, f32x4.splat(1.6666665459e-1));
  series = multiplyAdd(series, rest, f32x4.splat(0.5));
  series = f32x4.add(multiplyAdd(series, f32x4.mul(rest, rest), rest), f32x4.splat(1));
  const power = i32x4.shl(i32x4.add(shifted, i32x4.splat(127)), 23);
  return f32x4.mul(series, power);
}

// @ts-ignore: decorator
@inline
export function exponentialOf(x: f32): f32 {
  return f32x4.extract_lane(exponential(f32x4.splat(x)), 0);
}
