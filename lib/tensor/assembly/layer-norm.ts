import { loadFew, multiplyAdd, storeFew, sumOfLanes } from './lanes';

const EPSILON: f32 = 1e-5;

function meanOf(x: usize, columns: i32): f32 {
  let lanes = f32x4.splat(0), left = columns;
  for (; left >= 4; left -= 4, x += 16) lanes = f32x4.add(lanes, v128.load(x));
  if (left > 0) lanes = f32x4.add(lanes, loadFew(x, left));
  return sumOfLanes(lanes) / <f32>columns;
}

/** 1 / sqrt(variance + epsilon) */
function inverseSpread(x: usize, columns: i32, mean: f32): f32 {
  const means = f32x4.splat(mean);
  let lanes = f32x4.splat(0), left = columns;
  for (; left >= 4; left -= 4, x += 16) {
    const offset = f32x4.sub(v128.load(x), means);
    lanes = multiplyAdd(offset, offset, lanes);
  }
  let sum = sumOfLanes(lanes);
  for (; left > 0; left--, x += 4) sum += (load<f32>(x) - mean) * (load<f32>(x) - mean);
  return <f32>1 / sqrt<f32>(sum / <f32>columns + EPSILON);
}

/** (x - mean) inverse */
// @ts-ignore: decorator
@inline
function normal(x: v128, mean: v128, inverse: v128): v128 {
  return f32x4.mul(f32x4.sub(x, mean), inverse);
}

function normalRow(
  x: usize, gain: usize, bias: usize, out: usize, columns: i32, mean: f32, inverse: f32,
): void {
  const means = f32x4.splat(mean), inverses = f32x4.splat(inverse);
  for (; columns >= 4; columns -= 4, x += 16, gain += 16, bias += 16, out += 16) {
    const lanes = normal(v128.load(x), means, inverses);
    v128.store(out, multiplyAdd(lanes, v128.load(gain), v128.load(bias)));
  }
  if (columns > 0) {
    const lanes = normal(loadFew(x, columns), means, inverses);
    storeFew(out, multiplyAdd(lanes, loadFew(gain, columns), loadFew(bias, columns)), columns);
  }
}

export function layerNorm(
  x: usize, gain: usize, bias: usize, out: usize, statistics: usize, rows: i32, columns: i32,
): void {
  const bytes = (<usize>columns) << 2;
  for (; rows > 0; rows--, x += bytes, out += bytes, statistics += 8) {
    const mean = meanOf(x, columns), inverse = inverseSpread(x, columns, mean);
    store<f32>(statistics, mean);
    store<f32>(statistics, inverse, 4);
    normalRow(x, gain, bias, out, columns, mean, inverse);
  }
}
