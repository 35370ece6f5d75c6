import { fillZero } from './lanes';
import { exponentials, largest, scaleBy } from './softmax';

function countOf(targets: usize, rows: i32): i32 {
  let counted = 0;
  for (; rows > 0; rows--, targets += 4) if (load<i32>(targets) >= 0) counted++;
  return counted;
}

/** -ln softmax(logits)[target]; dLogits = (softmax - onehot) share. */
function rowLoss(logits: usize, target: i32, dLogits: usize, columns: i32, share: f32): f64 {
  const top = largest(logits, columns), sum = exponentials(logits, dLogits, columns, top, 1);
  scaleBy(dLogits, columns, share / sum);
  const place = (<usize>target) << 2;
  store<f32>(dLogits + place, load<f32>(dLogits + place) - share);
  return Math.log(<f64>sum) + <f64>top - <f64>load<f32>(logits + place);
}

export function crossEntropy(logits: usize, targets: usize, dLogits: usize, rows: i32, columns: i32): f64 {
  const bytes = (<usize>columns) << 2, counted = countOf(targets, rows), share = <f32>1 / <f32>counted;
  let loss: f64 = 0;
  for (; rows > 0; rows--, logits += bytes, dLogits += bytes, targets += 4) {
    const target = load<i32>(targets);
    if (target < 0) fillZero(dLogits, columns);
    else loss += rowLoss(logits, target, dLogits, columns, share);
  }
  return loss / <f64>counted;
}
