import { fillZero, multiplyAdd, sumOfLanes } from './lanes';
import { addCorners, FACTOR_FROM_DIAGONAL, FACTOR_TO_DIAGONAL, multiply, RESULT_TO_DIAGONAL } from './product';
import { SCORES, SCORES_FLOATS } from './scratch';
import { exponentials, largest, scaleBy } from './softmax';

/** Each row up to the diagonal: softmax of the scores times `scale`; 0 after it. */
function causalSoftmax(scores: usize, length: i32, scale: f32): void {
  for (let i = 0; i < length; i++, scores += (<usize>length) << 2) {
    const seen = i + 1, sum = exponentials(scores, scores, seen, largest(scores, seen), scale);
    scaleBy(scores, seen, <f32>1 / sum);
    fillZero(scores + ((<usize>seen) << 2), length - seen);
  }
}

export function attention(
  qkv: usize, weights: usize, out: usize, sequences: i32, length: i32, heads: i32, width: i32,
): void {
  const size = width / heads, scale = <f32>1 / sqrt<f32>(<f32>size);
  const outRow = (<usize>width) << 2, row = <usize>3 * outRow, square = (<usize>length) << 2;
  for (let sequence = 0; sequence < sequences; sequence++) {
    for (let head = 0; head < heads; head++, weights += <usize>length * square) {
      const query = qkv + ((<usize>(head * size)) << 2), key = query + outRow, value = key + outRow;
      const result = out + ((<usize>(head * size)) << 2);
      multiply(query, row, 4, key, 4, row, weights, square, length, size, length, false, RESULT_TO_DIAGONAL, 0);
      causalSoftmax(weights, length, scale);
      multiply(weights, square, 4, value, row, 4, result, outRow, length, length, size, false,
        FACTOR_TO_DIAGONAL, 0);
      addCorners(weights, square, value, row, result, outRow, length, size);
    }
    qkv += <usize>length * row;
    out += <usize>length * outRow;
  }
}

/** From the derivative by the weights to that by the scores, in place: weight (d - sum of weight d) scale. */
function softmaxBack(weights: usize, d: usize, first: i32, rows: i32, length: i32, scale: f32): void {
  const bytes = (<usize>length) << 2;
  for (let i = 0; i < rows; i++, weights += bytes, d += bytes) {
    const seen = first + i + 1;
    softmaxRowBack(weights, d, seen, scale, weightedSum(weights, d, seen));
    fillZero(d + ((<usize>seen) << 2), length - seen);
  }
}

function weightedSum(weights: usize, d: usize, count: i32): f32 {
  let lanes = f32x4.splat(0);
  for (; count >= 4; count -= 4, weights += 16, d += 16) {
    lanes = multiplyAdd(v128.load(weights), v128.load(d), lanes);
  }
  let sum = sumOfLanes(lanes);
  for (; count > 0; count--, weights += 4, d += 4) sum += load<f32>(weights) * load<f32>(d);
  return sum;
}

function softmaxRowBack(weights: usize, d: usize, count: i32, scale: f32, sum: f32): void {
  const sums = f32x4.splat(sum), scales = f32x4.splat(scale);
  for (; count >= 4; count -= 4, weights += 16, d += 16) {
    const change = f32x4.mul(v128.load(weights), f32x4.sub(v128.load(d), sums));
    v128.store(d, f32x4.mul(change, scales));
  }
  for (; count > 0; count--, weights += 4, d += 4) {
    store<f32>(d, load<f32>(weights) * (load<f32>(d) - sum) * scale);
  }
}

/** One head of one sequence; the rows of scores in as many goes as scratch has room for. */
function headBack(
  query: usize, weights: usize, dOut: usize, dQuery: usize, length: i32, size: i32, outRow: usize,
): void {
  const row = <usize>3 * outRow, key = query + outRow, value = key + outRow;
  const dKey = dQuery + outRow, dValue = dKey + outRow;
  const square = (<usize>length) << 2, scale = <f32>1 / sqrt<f32>(<f32>size);
  const atOnce = min(length, (SCORES_FLOATS / length) & ~3);
  multiply(weights, 4, square, dOut, outRow, 4, dValue, row, length, length, size, true,
    FACTOR_FROM_DIAGONAL, 0);
  for (let first = 0; first < length; first += atOnce) {
    const rows = min(atOnce, length - first), seen = first + rows, at = <usize>first;
    multiply(dOut + at * outRow, outRow, 4, value, 4, row, SCORES, square, rows, size, seen, false,
      RESULT_TO_DIAGONAL, first);
    softmaxBack(weights + at * square, SCORES, first, rows, length, scale);
    multiply(SCORES, square, 4, key, row, 4, dQuery + at * row, row, rows, seen, size, true,
      FACTOR_TO_DIAGONAL, first);
    addCorners(SCORES + (at << 2), square, key + at * row, row, dQuery + at * row, row, rows, size);
    multiply(SCORES, 4, square, query + at * row, row, 4, dKey, row, seen, rows, size, true,
      FACTOR_FROM_DIAGONAL, -first);
  }
}

export function attentionBack(
  qkv: usize, weights: usize, dOut: usize, dQkv: usize, sequences: i32, length: i32, heads: i32, width: i32,
): void {
  const size = width / heads, outRow = (<usize>width) << 2, headBytes = (<usize>size) << 2;
  const sequenceBytes = <usize>length * outRow;
  for (let sequence = 0; sequence < sequences; sequence++) {
    for (let head = 0; head < heads; head++, weights += (<usize>length * <usize>length) << 2) {
      const at = <usize>head * headBytes;
      headBack(qkv + at, weights, dOut + at, dQkv + at, length, size, outRow);
    }
    qkv += 3 * sequenceBytes;
    dQkv += 3 * sequenceBytes;
    dOut += sequenceBytes;
  }
}
