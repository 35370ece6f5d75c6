import { loadFew, multiplyAdd, storeFew } from './lanes';

/** The two running means after `gradient`: each keeps `beta` of itself and takes `rest` = 1 - beta. */
// @ts-ignore: decorator
@inline
function mix(mean: v128, beta: v128, next: v128, rest: v128): v128 {
  return multiplyAdd(beta, mean, f32x4.mul(rest, next));
}

// @ts-ignore: decorator
@inline
function update(mean: v128, meanOfSquares: v128, rate: v128, correction: v128, epsilon: v128): v128 {
  const size = f32x4.add(f32x4.sqrt(f32x4.mul(meanOfSquares, correction)), epsilon);
  return f32x4.neg(f32x4.div(f32x4.mul(rate, mean), size));
}

export function adam(
  gradient: usize, mean: usize, meanOfSquares: usize, updates: usize, count: i32,
  rate: f32, beta1: f32, rest1: f32, beta2: f32, rest2: f32, correction: f32, epsilon: f32,
): void {
  const beta1s = f32x4.splat(beta1), rest1s = f32x4.splat(rest1);
  const beta2s = f32x4.splat(beta2), rest2s = f32x4.splat(rest2);
  const rates = f32x4.splat(rate), corrections = f32x4.splat(correction), epsilons = f32x4.splat(epsilon);
  for (; count >= 4; count -= 4, gradient += 16, mean += 16, meanOfSquares += 16, updates += 16) {
    const slope = v128.load(gradient);
    const after = mix(v128.load(mean), beta1s, slope, rest1s);
    const squaresAfter = mix(v128.load(meanOfSquares), beta2s, f32x4.mul(slope, slope), rest2s);
    v128.store(mean, after), v128.store(meanOfSquares, squaresAfter);
    v128.store(updates, update(after, squaresAfter, rates, corrections, epsilons));
  }
  if (count > 0) {
    const slope = loadFew(gradient, count);
    const after = mix(loadFew(mean, count), beta1s, slope, rest1s);
    const squaresAfter = mix(loadFew(meanOfSquares, count), beta2s, f32x4.mul(slope, slope), rest2s);
    storeFew(mean, after, count), storeFew(meanOfSquares, squaresAfter, count);
    storeFew(updates, update(after, squaresAfter, rates, corrections, epsilons), count);
  }
}
