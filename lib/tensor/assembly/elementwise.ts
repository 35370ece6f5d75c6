import { copy, loadFew, storeFew } from './lanes';

export function add(a: usize, b: usize, out: usize, count: i32): void {
  for (; count >= 4; count -= 4, a += 16, b += 16, out += 16) {
    v128.store(out, f32x4.add(v128.load(a), v128.load(b)));
  }
  if (count > 0) storeFew(out, f32x4.add(loadFew(a, count), loadFew(b, count)), count);
}

export function addRow(x: usize, row: usize, out: usize, rows: i32, columns: i32): void {
  const bytes = (<usize>columns) << 2;
  for (; rows > 0; rows--, x += bytes, out += bytes) add(x, row, out, columns);
}

/** Sixteen columns at a time, whose sums stay in registers on the way down. */
export function sumRows(x: usize, out: usize, rows: i32, columns: i32): void {
  const bytes = (<usize>columns) << 2;
  for (; columns >= 16; columns -= 16, x += 64, out += 64) {
    let a = v128.load(out), b = v128.load(out, 16), c = v128.load(out, 32), d = v128.load(out, 48);
    for (let row = x, end = x + <usize>rows * bytes; row < end; row += bytes) {
      a = f32x4.add(a, v128.load(row)), b = f32x4.add(b, v128.load(row, 16));
      c = f32x4.add(c, v128.load(row, 32)), d = f32x4.add(d, v128.load(row, 48));
    }
    v128.store(out, a), v128.store(out, b, 16), v128.store(out, c, 32), v128.store(out, d, 48);
  }
  for (; rows > 0; rows--, x += bytes) add(out, x, out, columns);
}

export function gather(table: usize, ids: usize, out: usize, count: i32, columns: i32): void {
  const bytes = (<usize>columns) << 2;
  for (; count > 0; count--, ids += 4, out += bytes) {
    copy(table + <usize>load<i32>(ids) * bytes, out, columns);
  }
}

export function gatherBack(dTable: usize, ids: usize, dOut: usize, count: i32, columns: i32): void {
  const bytes = (<usize>columns) << 2;
  for (; count > 0; count--, ids += 4, dOut += bytes) {
    const row = dTable + <usize>load<i32>(ids) * bytes;
    add(row, dOut, row, columns);
  }
}
