// What the kernels compute, in float64, straight from their formulas: an oracle that shares no code with lib/.
export type Numbers = ArrayLike<number>;

const indices = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
const sum = (count: number, term: (i: number) => number): number =>
  indices(count).reduce((total, i) => total + term(i), 0);

/** A matrix of `rows` times `columns` numbers in one list. */
export function matrix(rows: number, columns: number, at: (row: number, column: number) => number): number[] {
  return indices(rows).flatMap(i => indices(columns).map(j => at(i, j)));
}

/** a (m,k) b (k,n) */
export function product(a: Numbers, b: Numbers, m: number, k: number, n: number): number[] {
  return matrix(m, n, (i, j) => sum(k, t => a[i * k + t] * b[t * n + j]));
}

export function transposed(a: Numbers, rows: number, columns: number): number[] {
  return matrix(columns, rows, (j, i) => a[i * columns + j]);
}

export const plus = (a: Numbers, b: Numbers): number[] => Array.from(a, (value, i) => value + b[i]);

/** The derivative of `f` at `x`, by central differences. */
export const slope = (f: (x: number) => number, x: number): number => (f(x + 1e-5) - f(x - 1e-5)) / 2e-5;

/** As OpenAI's GPT-2 has it in model.py. */
export const gelu = (x: number): number =>
  0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)));

export function layerNorm(x: Numbers, gain: Numbers, bias: Numbers, rows: number, columns: number) {
  const mean = indices(rows).map(i => sum(columns, j => x[i * columns + j]) / columns);
  const variance = mean.map((m, i) => sum(columns, j => (x[i * columns + j] - m) ** 2) / columns);
  const inverse = variance.map(v => 1 / Math.sqrt(v + 1e-5));
  const out = matrix(
    rows,
    columns,
    (i, j) => gain[j] * (x[i * columns + j] - mean[i]) * inverse[i] + bias[j],
  );
  return { mean, inverse, out };
}

function softmax(scores: readonly number[]): number[] {
  const top = Math.max(...scores);
  const powers = scores.map(score => Math.exp(score - top));
  const total = powers.reduce((a, b) => a + b, 0);
  return powers.map(power => power / total);
}

export interface Heads {
  readonly sequences: number;
  readonly length: number;
  readonly heads: number;
  readonly width: number;
}

/** Softmax of the scores, and what comes out of the heads. */
export function attention(qkv: Numbers, { sequences, length, heads, width }: Heads) {
  const size = width / heads;
  const at = (sequence: number, position: number, part: number, place: number) =>
    qkv[(sequence * length + position) * 3 * width + part * width + place];
  const weights = indices(sequences).flatMap(s =>
    indices(heads).flatMap(h =>
      indices(length).flatMap(i => {
        const score = (j: number) =>
          sum(size, c => at(s, i, 0, h * size + c) * at(s, j, 1, h * size + c)) / Math.sqrt(size);
        return [...softmax(indices(i + 1).map(score)), ...new Array<number>(length - i - 1).fill(0)];
      }),
    ),
  );
  const out = matrix(sequences * length, width, (row, place) => {
    const [s, i, h] = [Math.floor(row / length), row % length, Math.floor(place / size)];
    const first = ((s * heads + h) * length + i) * length;
    return sum(length, j => weights[first + j] * at(s, j, 2, place));
  });
  return { weights, out };
}

/** The mean over the rows with a target, and its derivative by the logits. */
export function crossEntropy(logits: Numbers, targets: readonly number[], columns: number) {
  const counted = targets.filter(target => target >= 0).length;
  const rows = targets.map((_, i) => softmax(Array.from(logits).slice(i * columns, (i + 1) * columns)));
  const loss = sum(targets.length, i => (targets[i] < 0 ? 0 : -Math.log(rows[i][targets[i]]) / counted));
  const dLogits = matrix(targets.length, columns, (i, j) =>
    targets[i] < 0 ? 0 : (rows[i][j] - (targets[i] === j ? 1 : 0)) / counted,
  );
  return { loss, dLogits };
}

/** The derivative of a number by each input, by central differences. */
export function gradient(f: (x: Float64Array) => number, x: Numbers): number[] {
  const at = Float64Array.from(x);
  return Array.from(at, (value, i) => {
    const shifted = (by: number) => f(at.with(i, value + by));
    return (shifted(1e-4) - shifted(-1e-4)) / 2e-4;
  });
}
