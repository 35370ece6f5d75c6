import { fillZero } from './lanes';
import { packFour } from './pack';
import { DEPTH, FACTOR_A, FACTOR_B, FACTOR_B_FLOATS } from './scratch';
import { partOfTile, wholeTile } from './tile';

/** Which part of a product is worth computing; the diagonal runs through column `diagonal` of row 0. */
export const ALL: i32 = 0;
/** Only results at or before the diagonal are asked for; what comes after is left in any state. */
export const RESULT_TO_DIAGONAL: i32 = 1;
/** The first factor is 0 after the diagonal. */
export const FACTOR_TO_DIAGONAL: i32 = 2;
/** The first factor is 0 before the diagonal. */
export const FACTOR_FROM_DIAGONAL: i32 = 3;

/**
 * c (m,n) = a (m,k) b (k,n), or c += a b where `adds`.
 *
 * All distances are in bytes. In each factor one of the two is 4: so a transposed matrix needs no copy.
 */
export function multiply(
  a: usize, aRow: usize, aColumn: usize, b: usize, bRow: usize, bColumn: usize, c: usize, cRow: usize,
  m: i32, k: i32, n: i32, adds: bool, part: i32, diagonal: i32,
): void {
  if (k == 0 && !adds) for (let i = 0; i < m; i++) fillZero(c + <usize>i * cRow, n);
  for (let k0 = 0; k0 < k; k0 += DEPTH) {
    const depth = min(DEPTH, k - k0), adding = adds || k0 > 0;
    const atOnce = (FACTOR_B_FLOATS / depth) & ~7;
    for (let j0 = 0; j0 < n; j0 += atOnce) {
      const columns = min(atOnce, n - j0);
      packColumns(b + <usize>k0 * bRow + <usize>j0 * bColumn, bRow, bColumn, depth, columns);
      for (let i = 0; i < m; i += 4) {
        let from = 0, to = depth, width = columns;
        if (part == RESULT_TO_DIAGONAL) width = min(columns, i + diagonal + 4 - j0);
        else if (part == FACTOR_TO_DIAGONAL) to = min(depth, i + diagonal + 4 - k0);
        else if (part == FACTOR_FROM_DIAGONAL) from = max(0, i + diagonal - k0);
        if (from >= to || width <= 0) continue;
        const rows = min(4, m - i), first = a + <usize>i * aRow + <usize>(k0 + from) * aColumn;
        packFour(first, aRow, aColumn, rows, to - from, FACTOR_A, 16);
        width = min(columns, (width + 7) & ~7);
        rowOfTiles(FACTOR_B + ((<usize>from) << 5), (<usize>depth) << 5, to - from,
          c + <usize>i * cRow + ((<usize>j0) << 2), cRow, rows, width, adding);
      }
    }
  }
}

/** Eight columns a strip: [step][column]. */
function packColumns(b: usize, bRow: usize, bColumn: usize, depth: i32, columns: i32): void {
  let to = FACTOR_B;
  for (let j = 0; j < columns; j += 8, b += 8 * bColumn, to += (<usize>depth) << 5) {
    packFour(b, bColumn, bRow, min(4, columns - j), depth, to, 32);
    packFour(b + 4 * bColumn, bColumn, bRow, max(0, min(4, columns - j - 4)), depth, to + 16, 32);
  }
}

/** Four rows of results, from the packed rows of a and strip after strip of b. */
function rowOfTiles(
  strip: usize, stripBytes: usize, depth: i32, c: usize, cRow: usize, rows: i32, columns: i32, adds: bool,
): void {
  for (; columns > 0; columns -= 8, strip += stripBytes, c += 32) {
    if (rows == 4 && columns >= 8) wholeTile(FACTOR_A, strip, depth, c, cRow, adds);
    else partOfTile(FACTOR_A, strip, depth, c, cRow, adds, rows, min(8, columns));
  }
}
