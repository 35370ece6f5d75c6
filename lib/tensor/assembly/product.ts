import { fillZero, loadFew, multiplyAdd, storeFew } from './lanes';
import { copyEight, copySixteen, packFour } from './pack';
import { DEPTH, FACTOR_A, FACTOR_B, FACTOR_B_FLOATS, ROWS } from './scratch';
import { partOfTile, wholeTile } from './tile';

/** Which part of a product is worth computing; the diagonal runs through column `diagonal` of row 0. */
export const ALL: i32 = 0;
/** Only results at or before the diagonal are asked for; what comes after is left in any state. */
export const RESULT_TO_DIAGONAL: i32 = 1;
/**
 * The first factor is 0 after the diagonal. Each four rows stop where the first of them meets it; `addCorners` adds
 * what the others have beyond: nothing is multiplied by those zeros, for 0 NaN is NaN.
 */
export const FACTOR_TO_DIAGONAL: i32 = 2;
/** The first factor is 0 before the diagonal. */
export const FACTOR_FROM_DIAGONAL: i32 = 3;

/**
 * c (m,n) = a (m,k) b (k,n), or c += a b where `adds`; `bias` (n) is added to each row, unless it is 0: no address.
 *
 * All distances are in bytes. In each factor one of the two is 4: so a transposed matrix needs no copy.
 * Both factors are packed into strips, b once, a some rows at a time.
 */
export function multiply(
  a: usize, aRow: usize, aColumn: usize, b: usize, bRow: usize, bColumn: usize, c: usize, cRow: usize,
  m: i32, k: i32, n: i32, adds: bool, part: i32, diagonal: i32, bias: usize = 0,
): void {
  if (k == 0 && !adds) for (let i = 0; i < m; i++) fillZero(c + <usize>i * cRow, n);
  for (let k0 = 0; k0 < k; k0 += DEPTH) {
    const depth = min(DEPTH, k - k0), adding = adds || k0 > 0, last = k0 + depth == k;
    const atOnce = (FACTOR_B_FLOATS / depth) & ~7;
    for (let j0 = 0; j0 < n; j0 += atOnce) {
      const columns = min(atOnce, n - j0), row = last && bias != 0 ? bias + ((<usize>j0) << 2) : 0;
      packB(b + <usize>k0 * bRow + <usize>j0 * bColumn, bRow, bColumn, depth, columns);
      for (let i0 = 0; i0 < m; i0 += ROWS) {
        const rows = min(ROWS, m - i0), shift = i0 + diagonal;
        packA(a + <usize>i0 * aRow + <usize>k0 * aColumn, aRow, aColumn, depth, rows, part, shift - k0);
        const block = c + <usize>i0 * cRow + ((<usize>j0) << 2);
        if (part == RESULT_TO_DIAGONAL) lowerTiles(depth, block, cRow, rows, columns, adding, shift - j0);
        else tiles(depth, block, cRow, rows, columns, adding, part, shift - k0, row);
      }
    }
  }
}

/** Where the sum of four rows begins that has nothing but zeros before. */
// @ts-ignore: decorator
@inline
function firstStep(part: i32, row: i32): i32 {
  return part == FACTOR_FROM_DIAGONAL ? max(0, row) : 0;
}

/** Where it ends for all four of them. */
// @ts-ignore: decorator
@inline
function endOfSteps(part: i32, row: i32, depth: i32): i32 {
  return part == FACTOR_TO_DIAGONAL ? min(depth, row + 1) : depth;
}

/** Four rows a strip: [step][row]. */
function packA(a: usize, aRow: usize, aColumn: usize, depth: i32, rows: i32, part: i32, shift: i32): void {
  if (aRow == 4 && rows == 16 && part == ALL) return copySixteen(a, aColumn, depth, FACTOR_A);
  let to = FACTOR_A;
  for (let i = 0; i < rows; i += 4, a += 4 * aRow, to += (<usize>depth) << 4) {
    const from = firstStep(part, i + shift), end = endOfSteps(part, i + shift, depth), at = <usize>from;
    packFour(a + at * aColumn, aRow, aColumn, min(4, rows - i), end - from, to + (at << 4), 16);
  }
}

/** Eight columns a strip: [step][column]. */
function packB(b: usize, bRow: usize, bColumn: usize, depth: i32, columns: i32): void {
  let to = FACTOR_B;
  for (; columns > 0; columns -= 8, b += 8 * bColumn, to += (<usize>depth) << 5) {
    if (bColumn == 4 && columns >= 8) {
      copyEight(b, bRow, depth, to);
      continue;
    }
    packFour(b, bColumn, bRow, min(4, columns), depth, to, 32);
    packFour(b + 4 * bColumn, bColumn, bRow, max(0, min(4, columns - 4)), depth, to + 16, 32);
  }
}

/** The product of what is packed: each strip of columns with every strip of rows. */
function tiles(
  depth: i32, c: usize, cRow: usize, rows: i32, columns: i32, adds: bool, part: i32, shift: i32, bias: usize,
): void {
  const biasStep: usize = bias == 0 ? 0 : 32;
  let strip = FACTOR_B, row = bias;
  for (; columns > 0; columns -= 8, strip += (<usize>depth) << 5, c += 32, row += biasStep) {
    for (let i = 0; i < rows; i += 4) {
      const from = firstStep(part, i + shift), end = endOfSteps(part, i + shift, depth);
      if (from < end) {
        tile(FACTOR_A + ((<usize>(i * depth + 4 * from)) << 2), strip + ((<usize>from) << 5), end - from,
          c + <usize>i * cRow, cRow, adds, row, rows - i, columns);
      }
    }
  }
}

/** The same, without the tiles of which every result lies after the diagonal. */
function lowerTiles(
  depth: i32, c: usize, cRow: usize, rows: i32, columns: i32, adds: bool, shift: i32,
): void {
  let strip = FACTOR_B;
  for (let j = 0; j < columns; j += 8, strip += (<usize>depth) << 5, c += 32) {
    for (let i = max(0, (j - shift) & ~3); i < rows; i += 4) {
      tile(FACTOR_A + ((<usize>(i * depth)) << 2), strip, depth, c + <usize>i * cRow, cRow, adds, 0, rows - i,
        columns - j);
    }
  }
}

// @ts-ignore: decorator
@inline
function tile(
  a: usize, b: usize, depth: i32, c: usize, cRow: usize, adds: bool, bias: usize, rows: i32, columns: i32,
): void {
  if (rows >= 4 && columns >= 8) wholeTile(a, b, depth, c, cRow, adds, bias);
  else partOfTile(a, b, depth, c, cRow, adds, bias, min(4, rows), min(8, columns));
}

/** c += a b for the small triangles at the diagonal of a: in each four rows, what lies between columns 0 and 3. */
export function addCorners(
  a: usize, aRow: usize, b: usize, bRow: usize, c: usize, cRow: usize, m: i32, n: i32,
): void {
  for (let i = 0; i < m; i++) {
    const corner = i & ~3;
    for (let t = corner + 1; t <= i; t++) {
      const weight = load<f32>(a + <usize>i * aRow + ((<usize>t) << 2));
      addScaled(weight, b + <usize>t * bRow, c + <usize>i * cRow, n);
    }
  }
}

function addScaled(factor: f32, x: usize, out: usize, count: i32): void {
  const factors = f32x4.splat(factor);
  for (; count >= 4; count -= 4, x += 16, out += 16) {
    v128.store(out, multiplyAdd(factors, v128.load(x), v128.load(out)));
  }
  if (count > 0) storeFew(out, multiplyAdd(factors, loadFew(x, count), loadFew(out, count)), count);
}
