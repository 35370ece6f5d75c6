import { loadFew, multiplyAdd, storeFew, sumOfLanes } from './lanes';

// The derivative by a row of x: inverse (g - mean of g - normal (mean of g normal)), with g = dOut gain and
// normal = (x - mean) inverse.

/** Adds the row's share to dGain and dBias; leaves the two means in `means`. */
function firstPass(
  x: usize, gain: usize, statistics: usize, dOut: usize, dGain: usize, dBias: usize, columns: i32,
): void {
  const mean = v128.load32_splat(statistics), inverse = v128.load32_splat(statistics, 4);
  let sums = f32x4.splat(0), products = f32x4.splat(0), left = columns;
  for (; left >= 4; left -= 4, x += 16, gain += 16, dOut += 16, dGain += 16, dBias += 16) {
    const normal = f32x4.mul(f32x4.sub(v128.load(x), mean), inverse), slope = v128.load(dOut);
    v128.store(dGain, multiplyAdd(slope, normal, v128.load(dGain)));
    v128.store(dBias, f32x4.add(slope, v128.load(dBias)));
    const weighted = f32x4.mul(slope, v128.load(gain));
    sums = f32x4.add(sums, weighted);
    products = multiplyAdd(weighted, normal, products);
  }
  if (left > 0) {
    const normal = f32x4.mul(f32x4.sub(loadFew(x, left), mean), inverse), slope = loadFew(dOut, left);
    storeFew(dGain, multiplyAdd(slope, normal, loadFew(dGain, left)), left);
    storeFew(dBias, f32x4.add(slope, loadFew(dBias, left)), left);
    const weighted = f32x4.mul(slope, loadFew(gain, left));
    sums = f32x4.add(sums, weighted);
    products = multiplyAdd(weighted, normal, products);
  }
  meanOfSlopes = sumOfLanes(sums) / <f32>columns;
  meanOfProducts = sumOfLanes(products) / <f32>columns;
}

let meanOfSlopes: f32 = 0;
let meanOfProducts: f32 = 0;

// @ts-ignore: decorator
@inline
function share(x: v128, gain: v128, mean: v128, inverse: v128, dOut: v128, dX: v128): v128 {
  const normal = f32x4.mul(f32x4.sub(x, mean), inverse), weighted = f32x4.mul(dOut, gain);
  const centred = f32x4.sub(weighted, f32x4.splat(meanOfSlopes));
  const rest = f32x4.sub(centred, f32x4.mul(normal, f32x4.splat(meanOfProducts)));
  return multiplyAdd(inverse, rest, dX);
}

function secondPass(x: usize, gain: usize, statistics: usize, dOut: usize, dX: usize, columns: i32): void {
  const mean = v128.load32_splat(statistics), inverse = v128.load32_splat(statistics, 4);
  for (; columns >= 4; columns -= 4, x += 16, gain += 16, dOut += 16, dX += 16) {
    v128.store(dX, share(v128.load(x), v128.load(gain), mean, inverse, v128.load(dOut), v128.load(dX)));
  }
  if (columns > 0) {
    const gains = loadFew(gain, columns), slopes = loadFew(dOut, columns);
    storeFew(dX, share(loadFew(x, columns), gains, mean, inverse, slopes, loadFew(dX, columns)), columns);
  }
}

export function layerNormBack(
  x: usize, gain: usize, statistics: usize, dOut: usize, dX: usize, dGain: usize, dBias: usize,
  rows: i32, columns: i32,
): void {
  const bytes = (<usize>columns) << 2;
  for (; rows > 0; rows--, x += bytes, dOut += bytes, dX += bytes, statistics += 8) {
    firstPass(x, gain, statistics, dOut, dGain, dBias, columns);
    secondPass(x, gain, statistics, dOut, dX, columns);
  }
}
