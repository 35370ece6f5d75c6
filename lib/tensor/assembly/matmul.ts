import { ALL, multiply } from './product';

export function matmul(a: usize, b: usize, out: usize, m: i32, k: i32, n: i32): void {
  const aRow = (<usize>k) << 2, row = (<usize>n) << 2;
  multiply(a, aRow, 4, b, row, 4, out, row, m, k, n, false, ALL, 0);
}

export function matmulTransposedA(a: usize, b: usize, out: usize, m: i32, k: i32, n: i32): void {
  const aRow = (<usize>k) << 2, row = (<usize>n) << 2;
  multiply(a, 4, aRow, b, row, 4, out, row, k, m, n, true, ALL, 0);
}

export function matmulTransposedB(a: usize, b: usize, out: usize, m: i32, n: i32, k: i32): void {
  const row = (<usize>n) << 2, outRow = (<usize>k) << 2;
  multiply(a, row, 4, b, 4, row, out, outRow, m, n, k, true, ALL, 0);
}
