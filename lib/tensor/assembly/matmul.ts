import { ALL, multiply } from './product';

export function matmul(a: usize, b: usize, out: usize, m: i32, k: i32, n: i32): void {
  linear(a, b, 0, out, m, k, n);
}

export function linear(x: usize, weight: usize, bias: usize, out: usize, m: i32, k: i32, n: i32): void {
  const xRow = (<usize>k) << 2, row = (<usize>n) << 2;
  multiply(x, xRow, 4, weight, row, 4, out, row, m, k, n, false, ALL, 0, bias);
}

export function matmulTransposedA(
  a: usize, b: usize, out: usize, m: i32, k: i32, n: i32, adds: bool,
): void {
  const aRow = (<usize>k) << 2, row = (<usize>n) << 2;
  multiply(a, 4, aRow, b, row, 4, out, row, k, m, n, adds, ALL, 0);
}

export function matmulTransposedB(
  a: usize, b: usize, out: usize, m: i32, n: i32, k: i32, adds: bool,
): void {
  const row = (<usize>n) << 2, outRow = (<usize>k) << 2;
  multiply(a, row, 4, b, 4, row, out, outRow, m, n, k, adds, ALL, 0);
}
