import { exponential } from './exponential';
import { loadFew, multiplyAdd, put, putFew, storeFew } from './lanes';

// x/2 (1 + tanh u) = x / (1 + e^-2u), which keeps its digits where tanh u is nearly -1.
// 2u = x (SLOPE + CURVE x^2), SLOPE = 2 sqrt(2/pi), CURVE = 0.044715 SLOPE.
const SLOPE: f32 = 1.5957691216057308;
const CURVE: f32 = 0.07135481627260025;

/** Beyond 10 the gate is 0 or 1 to float32, and x^3 would not stay finite for ever. NaN stays NaN. */
// @ts-ignore: decorator
@inline
function within(x: v128): v128 {
  return f32x4.pmin(f32x4.pmax(x, f32x4.splat(-10)), f32x4.splat(10));
}

/** e^-2u */
// @ts-ignore: decorator
@inline
function closedness(x: v128, square: v128): v128 {
  return exponential(f32x4.mul(x, multiplyAdd(f32x4.splat(-CURVE), square, f32x4.splat(-SLOPE))));
}

// @ts-ignore: decorator
@inline
function gated(x: v128): v128 {
  const bounded = within(x), closed = closedness(bounded, f32x4.mul(bounded, bounded));
  return f32x4.div(x, f32x4.add(f32x4.splat(1), closed));
}

export function gelu(x: usize, out: usize, count: i32): void {
  for (; count >= 4; count -= 4, x += 16, out += 16) v128.store(out, gated(v128.load(x)));
  if (count > 0) storeFew(out, gated(loadFew(x, count)), count);
}

/** The derivative of x gate is gate + x gate (1 - gate) (2u)', with 1 - gate = gate e^-2u. */
// @ts-ignore: decorator
@inline
function geluShare(x: v128, dOut: v128): v128 {
  const bounded = within(x), square = f32x4.mul(bounded, bounded);
  const closed = closedness(bounded, square);
  const gate = f32x4.div(f32x4.splat(1), f32x4.add(f32x4.splat(1), closed));
  const slope = multiplyAdd(f32x4.splat(3 * CURVE), square, f32x4.splat(SLOPE));
  const change = f32x4.mul(f32x4.mul(bounded, slope), f32x4.mul(gate, closed));
  return f32x4.mul(dOut, multiplyAdd(gate, change, gate));
}

export function geluBack(x: usize, dOut: usize, dX: usize, count: i32, adds: bool): void {
  for (; count >= 4; count -= 4, x += 16, dOut += 16, dX += 16) {
    put(dX, geluShare(v128.load(x), v128.load(dOut)), adds);
  }
  if (count > 0) putFew(dX, geluShare(loadFew(x, count), loadFew(dOut, count)), count, adds);
}
