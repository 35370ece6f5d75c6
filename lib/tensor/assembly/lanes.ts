// Four float32 at a time: what the kernels share.

/** a b + c, lane by lane, rounded twice: the fused instruction gives other digits on other machines. */
// @ts-ignore: decorator
@inline
export function multiplyAdd(a: v128, b: v128, c: v128): v128 {
  return f32x4.add(f32x4.mul(a, b), c);
}

// @ts-ignore: decorator
@inline
export function sumOfLanes(lanes: v128): f32 {
  const even = f32x4.extract_lane(lanes, 0) + f32x4.extract_lane(lanes, 2);
  const odd = f32x4.extract_lane(lanes, 1) + f32x4.extract_lane(lanes, 3);
  return even + odd;
}

/** NaN is passed over where another lane has a number. */
// @ts-ignore: decorator
@inline
export function largestLane(lanes: v128): f32 {
  const pairs = f32x4.pmax(lanes, v128.shuffle<i32>(lanes, lanes, 2, 3, 0, 1));
  return f32x4.extract_lane(f32x4.pmax(pairs, v128.shuffle<i32>(pairs, pairs, 1, 0, 3, 2)), 0);
}

/** The first `count` lanes (1 to 3) from memory, 0 in the others: nothing behind them is read. */
export function loadFew(from: usize, count: i32): v128 {
  let lanes = v128.load32_zero(from);
  if (count > 1) lanes = f32x4.replace_lane(lanes, 1, load<f32>(from, 4));
  if (count > 2) lanes = f32x4.replace_lane(lanes, 2, load<f32>(from, 8));
  return lanes;
}

/** The first `count` lanes (1 to 3) to memory: nothing behind them is written. */
export function storeFew(to: usize, lanes: v128, count: i32): void {
  store<f32>(to, f32x4.extract_lane(lanes, 0));
  if (count > 1) store<f32>(to, f32x4.extract_lane(lanes, 1), 4);
  if (count > 2) store<f32>(to, f32x4.extract_lane(lanes, 2), 8);
}

/** Four lanes to memory, or added to what lies there. */
// @ts-ignore: decorator
@inline
export function put(to: usize, lanes: v128, adds: bool): void {
  v128.store(to, adds ? f32x4.add(lanes, v128.load(to)) : lanes);
}

/** The same for the first `count` lanes, 1 to 3. */
// @ts-ignore: decorator
@inline
export function putFew(to: usize, lanes: v128, count: i32, adds: bool): void {
  storeFew(to, adds ? f32x4.add(lanes, loadFew(to, count)) : lanes, count);
}

export function fillZero(to: usize, count: i32): void {
  const nothing = f32x4.splat(0);
  for (; count >= 4; count -= 4, to += 16) v128.store(to, nothing);
  if (count > 0) storeFew(to, nothing, count);
}

export function copy(from: usize, to: usize, count: i32): void {
  for (; count >= 4; count -= 4, from += 16, to += 16) v128.store(to, v128.load(from));
  if (count > 0) storeFew(to, loadFew(from, count), count);
}
