import { exponential } from './exponential';
import { largestLane, loadFew, storeFew, sumOfLanes } from './lanes';

/** The largest number of a row; NaN is passed over (its exponential shows it). */
export function largest(x: usize, count: i32): f32 {
  let lanes = f32x4.splat(-Infinity);
  for (; count >= 4; count -= 4, x += 16) lanes = f32x4.pmax(lanes, v128.load(x));
  let top = largestLane(lanes);
  for (; count > 0; count--, x += 4) {
    const next = load<f32>(x);
    if (next > top) top = next;
  }
  return top;
}

/** e^((x - top) scale), which is e^-87 (1.6e-38) where it were less. */
// @ts-ignore: decorator
@inline
export function exponentialBelow(x: v128, top: v128, scale: v128): v128 {
  // In this order of arguments the larger of the two is NaN where x is.
  return exponential(f32x4.pmax(f32x4.mul(f32x4.sub(x, top), scale), f32x4.splat(-87)));
}

/** out = e^((x - top) scale), for x up to `top`; gives their sum. out may be x. */
export function exponentials(x: usize, out: usize, count: i32, top: f32, scale: f32): f32 {
  const tops = f32x4.splat(top), scales = f32x4.splat(scale);
  let sums = f32x4.splat(0);
  for (; count >= 4; count -= 4, x += 16, out += 16) {
    const powers = exponentialBelow(v128.load(x), tops, scales);
    v128.store(out, powers);
    sums = f32x4.add(sums, powers);
  }
  if (count == 0) return sumOfLanes(sums);
  const powers = exponentialBelow(loadFew(x, count), tops, scales);
  storeFew(out, powers, count);
  let sum = f32x4.extract_lane(powers, 0);
  if (count > 1) sum += f32x4.extract_lane(powers, 1);
  if (count > 2) sum += f32x4.extract_lane(powers, 2);
  return sumOfLanes(sums) + sum;
}

export function scaleBy(x: usize, count: i32, factor: f32): void {
  const factors = f32x4.splat(factor);
  for (; count >= 4; count -= 4, x += 16) v128.store(x, f32x4.mul(v128.load(x), factors));
  for (; count > 0; count--, x += 4) store<f32>(x, load<f32>(x) * factor);
}
