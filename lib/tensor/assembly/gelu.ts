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

/** e^-2u, which is 1 / gate - 1. */
// @ts-ignore: decorator
@inline
function closedness(x: v128, square: v128): v128 {
  return exponential(f32x4.mul(x, multiplyAdd(f32x4.splat(-CURVE), square, f32x4.splat(-SLOPE))));
}

/** The derivative of x gate is gate + x gate (1 - gate) (2u)', with 1 - gate = gate e^-2u. */
// @ts-ignore: decorator
@inline
function slopeOf(x: v128, square: v128, closed: v128): v128 {
  const gate = f32x4.div(f32x4.splat(1), f32x4.add(f32x4.splat(1), closed));
  const steepness = multiplyAdd(f32x4.splat(3 * CURVE), square, f32x4.splat(SLOPE));
  const change = f32x4.mul(f32x4.mul(x, steepness), f32x4.mul(gate, closed));
  return multiplyAdd(gate, change, gate);
}

/** Four numbers, or the first `count` of them. */
// @ts-ignore: decorator
@inline
function geluOf(x: v128, out: usize, slope: usize, count: i32): void {
  const bounded = within(x), square = f32x4.mul(bounded, bounded), closed = closedness(bounded, square);
  const gated = f32x4.div(x, f32x4.add(f32x4.splat(1), closed)), steep = slopeOf(bounded, square, closed);
  if (count >= 4) v128.store(out, gated), v128.store(slope, steep);
  else storeFew(out, gated, count), storeFew(slope, steep, count);
}

export function gelu(x: usize, out: usize, slope: usize, count: i32): void {
  for (; count >= 4; count -= 4, x += 16, out += 16, slope += 16) geluOf(v128.load(x), out, slope, 4);
  if (count > 0) geluOf(loadFew(x, count), out, slope, count);
}

export function geluBack(slope: usize, dOut: usize, dX: usize, count: i32, adds: bool): void {
  for (; count >= 4; count -= 4, slope += 16, dOut += 16, dX += 16) {
    put(dX, f32x4.mul(v128.load(dOut), v128.load(slope)), adds);
  }
  if (count > 0) putFew(dX, f32x4.mul(loadFew(dOut, count), loadFew(slope, count)), count, adds);
}
