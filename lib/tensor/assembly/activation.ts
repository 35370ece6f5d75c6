import { exponential } from './exponential';
import { loadFew, multiplyAdd, put, putFew, storeFew } from './lanes';

/**
 * tanh x: 1 - 2 / (e^2|x| + 1) with the sign of x; below 0.625, where that loses digits, a polynomial.
 *
 * Source of the coefficients: S. L. Moshier, Cephes, tanhf.
 */
// @ts-ignore: decorator
@inline
function hyperbolicTangent(x: v128): v128 {
  const one = f32x4.splat(1), two = f32x4.splat(2), size = f32x4.abs(x);
  const power = exponential(f32x4.pmin(f32x4.mul(size, two), f32x4.splat(80)));
  const far = f32x4.sub(one, f32x4.div(two, f32x4.add(power, one)));
  const square = f32x4.mul(x, x);
  let series = f32x4.splat(-5.70498872745e-3);
  series = multiplyAdd(series, square, f32x4.splat(2.06390887954e-2));
  series = multiplyAdd(series, square, f32x4.splat(-5.37397155531e-2));
  series = multiplyAdd(series, square, f32x4.splat(1.33314422036e-1));
  series = multiplyAdd(series, square, f32x4.splat(-3.33332819422e-1));
  const near = multiplyAdd(f32x4.mul(series, square), x, x);
  const sign = v128.and(x, i32x4.splat(0x80000000));
  return v128.bitselect(near, v128.or(far, sign), f32x4.lt(size, f32x4.splat(0.625)));
}

export function tanh(x: usize, out: usize, count: i32): void {
  for (; count >= 4; count -= 4, x += 16, out += 16) v128.store(out, hyperbolicTangent(v128.load(x)));
  if (count > 0) storeFew(out, hyperbolicTangent(loadFew(x, count)), count);
}

// @ts-ignore: decorator
@inline
function tanhShare(out: v128, dOut: v128): v128 {
  return f32x4.mul(dOut, f32x4.sub(f32x4.splat(1), f32x4.mul(out, out)));
}

export function tanhBack(out: usize, dOut: usize, dX: usize, count: i32, adds: bool): void {
  for (; count >= 4; count -= 4, out += 16, dOut += 16, dX += 16) {
    put(dX, tanhShare(v128.load(out), v128.load(dOut)), adds);
  }
  if (count > 0) putFew(dX, tanhShare(loadFew(out, count), loadFew(dOut, count)), count, adds);
}
