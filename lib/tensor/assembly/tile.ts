import { multiplyAdd } from './lanes';
import { TILE, TILE_BIAS } from './scratch';

/**
 * A tile of 4 x 8 results, all in registers: each step of the inner sum multiplies four numbers of the first
 * factor by eight of the second. `a` and `b` are packed strips; `row` is the distance between rows of `c` in bytes.
 * `bias`, unless it is 0, is a row of eight that is added to each row at the end.
 *
 * Four steps a turn, with a way out after each: without it V8 gathers the additions of each result, and then
 * has too few registers. `a` moves on with each step: V8 adds up anew whatever stands beside it in load32_splat.
 */
// @ts-ignore: decorator
@inline
export function wholeTile(a: usize, b: usize, depth: i32, c: usize, row: usize, adds: bool, bias: usize): void {
  const c1 = c + row, c2 = c1 + row, c3 = c2 + row, none = f32x4.splat(0);
  let r00 = none, r01 = none, r10 = none, r11 = none, r20 = none, r21 = none, r30 = none, r31 = none;
  if (adds) {
    r00 = v128.load(c), r01 = v128.load(c, 16), r10 = v128.load(c1), r11 = v128.load(c1, 16);
    r20 = v128.load(c2), r21 = v128.load(c2, 16), r30 = v128.load(c3), r31 = v128.load(c3, 16);
  }
  let left = none, right = none, x = none;
  for (const end = a + ((<usize>depth) << 4);; b += 128) {
    left = v128.load(b), right = v128.load(b, 16);
    x = v128.load32_splat(a, 0), r00 = multiplyAdd(x, left, r00), r01 = multiplyAdd(x, right, r01);
    x = v128.load32_splat(a, 4), r10 = multiplyAdd(x, left, r10), r11 = multiplyAdd(x, right, r11);
    x = v128.load32_splat(a, 8), r20 = multiplyAdd(x, left, r20), r21 = multiplyAdd(x, right, r21);
    x = v128.load32_splat(a, 12), r30 = multiplyAdd(x, left, r30), r31 = multiplyAdd(x, right, r31);
    if ((a += 16) >= end) break;
    left = v128.load(b, 32), right = v128.load(b, 48);
    x = v128.load32_splat(a, 0), r00 = multiplyAdd(x, left, r00), r01 = multiplyAdd(x, right, r01);
    x = v128.load32_splat(a, 4), r10 = multiplyAdd(x, left, r10), r11 = multiplyAdd(x, right, r11);
    x = v128.load32_splat(a, 8), r20 = multiplyAdd(x, left, r20), r21 = multiplyAdd(x, right, r21);
    x = v128.load32_splat(a, 12), r30 = multiplyAdd(x, left, r30), r31 = multiplyAdd(x, right, r31);
    if ((a += 16) >= end) break;
    left = v128.load(b, 64), right = v128.load(b, 80);
    x = v128.load32_splat(a, 0), r00 = multiplyAdd(x, left, r00), r01 = multiplyAdd(x, right, r01);
    x = v128.load32_splat(a, 4), r10 = multiplyAdd(x, left, r10), r11 = multiplyAdd(x, right, r11);
    x = v128.load32_splat(a, 8), r20 = multiplyAdd(x, left, r20), r21 = multiplyAdd(x, right, r21);
    x = v128.load32_splat(a, 12), r30 = multiplyAdd(x, left, r30), r31 = multiplyAdd(x, right, r31);
    if ((a += 16) >= end) break;
    left = v128.load(b, 96), right = v128.load(b, 112);
    x = v128.load32_splat(a, 0), r00 = multiplyAdd(x, left, r00), r01 = multiplyAdd(x, right, r01);
    x = v128.load32_splat(a, 4), r10 = multiplyAdd(x, left, r10), r11 = multiplyAdd(x, right, r11);
    x = v128.load32_splat(a, 8), r20 = multiplyAdd(x, left, r20), r21 = multiplyAdd(x, right, r21);
    x = v128.load32_splat(a, 12), r30 = multiplyAdd(x, left, r30), r31 = multiplyAdd(x, right, r31);
    if ((a += 16) >= end) break;
  }
  if (bias) {
    left = v128.load(bias), right = v128.load(bias, 16);
    r00 = f32x4.add(r00, left), r01 = f32x4.add(r01, right), r10 = f32x4.add(r10, left), r11 = f32x4.add(r11, right);
    r20 = f32x4.add(r20, left), r21 = f32x4.add(r21, right), r30 = f32x4.add(r30, left), r31 = f32x4.add(r31, right);
  }
  v128.store(c, r00), v128.store(c, r01, 16), v128.store(c1, r10), v128.store(c1, r11, 16);
  v128.store(c2, r20), v128.store(c2, r21, 16), v128.store(c3, r30), v128.store(c3, r31, 16);
}

/** A tile that the matrix does not fill: computed in scratch, and only what is there is copied. */
export function partOfTile(
  a: usize, b: usize, depth: i32, c: usize, row: usize, adds: bool, bias: usize, rows: i32, columns: i32,
): void {
  if (adds) copyBlock(c, row, TILE, 32, rows, columns);
  if (bias) copyBlock(bias, 0, TILE_BIAS, 0, 1, columns);
  wholeTile(a, b, depth, TILE, 32, adds, bias ? TILE_BIAS : 0);
  copyBlock(TILE, 32, c, row, rows, columns);
}

function copyBlock(from: usize, fromRow: usize, to: usize, toRow: usize, rows: i32, columns: i32): void {
  for (; rows > 0; rows--, from += fromRow, to += toRow) {
    for (let at: usize = 0; at < (<usize>columns) << 2; at += 4) store<f32>(to + at, load<f32>(from + at));
  }
}
