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

export function sumRows(x: usize, out: usize, rows: i32, columns: i32): void {
  const bytes = (<usize>columns) << 2;
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
