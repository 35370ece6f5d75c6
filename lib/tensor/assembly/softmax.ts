import { exponential, exponentialOf } from './exponential';
import { largestLane, sumOfLanes } from './lanes';

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

/** out = e^((x - top) scale); gives their sum. out may be x. */
export function exponentials(x: usize, out: usize, count: i32, top: f32, scale: f32): f32 {
  const tops = f32x4.splat(top), scales = f32x4.splat(scale);
  let sums = f32x4.splat(0);
  for (; count >= 4; count -= 4, x += 16, out += 16) {
    const power = exponential(f32x4.mul(f32x4.sub(v128.load(x), tops), scales));
    v128.store(out, power);
    sums = f32x4.add(sums, power);
  }
  let sum = sumOfLanes(sums);
  for (; count > 0; count--, x += 4, out += 4) {
    const power = exponentialOf((load<f32>(x) - top) * scale);
    store<f32>(out, power);
    sum += power;
  }
  return sum;
}

export function scaleBy(x: usize, count: i32, factor: f32): void {
  const factors = f32x4.splat(factor);
  for (; count >= 4; count -= 4, x += 16) v128.store(x, f32x4.mul(v128.load(x), factors));
  for (; count > 0; count--, x += 4) store<f32>(x, load<f32>(x) * factor);
}
