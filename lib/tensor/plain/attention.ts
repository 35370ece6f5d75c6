import type { Floats, Kernels } from '../kernels.ts';

/**
 * Causal attention in plain loops: each head of each sequence on its own, and in it each position.
 *
 * A head is a band of columns of qkv; query, key and value of a position lie in its row, `width` apart.
 */
export const attentionKernels = {
  attention(qkv, weights, out, sequences, length, heads, width) {
    const size = width / heads;
    for (let sequence = 0; sequence < sequences; sequence++) {
      for (let head = 0; head < heads; head++) {
        for (let i = 0; i < length; i++) {
          const row = ((sequence * heads + head) * length + i) * length;
          const place = { sequence, length, width, column: head * size, size, i, row };
          compare(qkv, weights, place);
          softmaxBefore(weights, place);
          mix(qkv, weights, out, place);
        }
      }
    }
  },
  attentionBack(qkv, weights, dOut, dQkv, sequences, length, heads, width) {
    const size = width / heads;
    for (let sequence = 0; sequence < sequences; sequence++) {
      for (let head = 0; head < heads; head++) {
        for (let i = 0; i < length; i++) {
          const row = ((sequence * heads + head) * length + i) * length;
          positionBack(qkv, weights, dOut, dQkv, {
            sequence,
            length,
            width,
            column: head * size,
            size,
            i,
            row,
          });
        }
      }
    }
  },
} satisfies Partial<Kernels>;

/** One position of one head: the position that looks. */
interface Place {
  readonly sequence: number;
  readonly length: number;
  readonly width: number;
  /** Where the head's columns begin, and how many they are. */
  readonly column: number;
  readonly size: number;
  /** The position in its sequence, and where its row of weights begins. */
  readonly i: number;
  readonly row: number;
}

/** How well the query here fits the key of each position up to here: q k / sqrt(size). */
function compare(qkv: Floats, weights: Floats, { sequence, length, width, column, size, i, row }: Place) {
  const query = (sequence * length + i) * 3 * width + column;
  for (let j = 0; j <= i; j++) {
    const key = (sequence * length + j) * 3 * width + width + column;
    weights[row + j] = dot(qkv, query, qkv, key, size) / Math.sqrt(size);
  }
}

/** Softmax over the positions up to here; those that come later get nothing. */
function softmaxBefore(weights: Floats, { length, i, row }: Place) {
  let highest = -Infinity;
  for (let j = 0; j <= i; j++) highest = Math.max(highest, weights[row + j]);
  let sum = 0;
  for (let j = 0; j <= i; j++) {
    weights[row + j] = Math.exp(weights[row + j] - highest);
    sum += weights[row + j];
  }
  for (let j = 0; j <= i; j++) weights[row + j] /= sum;
  weights.fill(0, row + i + 1, row + length);
}

/** The values of the positions up to here, each by its weight. */
function mix(
  qkv: Floats,
  weights: Floats,
  out: Floats,
  { sequence, length, width, column, size, i, row }: Place,
) {
  const to = (sequence * length + i) * width + column;
  out.fill(0, to, to + size);
  for (let j = 0; j <= i; j++) {
    const value = (sequence * length + j) * 3 * width + 2 * width + column;
    addScaled(weights[row + j], qkv, value, out, to, size);
  }
}

/** All of it backwards: from the mixed value to weights and values, through softmax, to query and keys. */
function positionBack(
  qkv: Floats,
  weights: Floats,
  dOut: Floats,
  dQkv: Floats,
  { sequence, length, width, column, size, i, row }: Place,
) {
  const out = (sequence * length + i) * width + column;
  const query = (sequence * length + i) * 3 * width + column;
  let shared = 0;
  for (let j = 0; j <= i; j++) {
    const value = (sequence * length + j) * 3 * width + 2 * width + column;
    shared += weights[row + j] * dot(dOut, out, qkv, value, size);
  }
  for (let j = 0; j <= i; j++) {
    const key = (sequence * length + j) * 3 * width + width + column;
    const value = key + width;
    const weight = weights[row + j];
    const dScore = (weight * (dot(dOut, out, qkv, value, size) - shared)) / Math.sqrt(size);
    addScaled(weight, dOut, out, dQkv, value, size);
    addScaled(dScore, qkv, key, dQkv, query, size);
    addScaled(dScore, qkv, query, dQkv, key, size);
  }
}

function dot(a: Floats, fromA: number, b: Floats, fromB: number, count: number): number {
  let sum = 0;
  for (let t = 0; t < count; t++) sum += a[fromA + t] * b[fromB + t];
  return sum;
}

function addScaled(factor: number, x: Floats, fromX: number, out: Floats, fromOut: number, count: number) {
  for (let t = 0; t < count; t++) out[fromOut + t] += factor * x[fromX + t];
}
