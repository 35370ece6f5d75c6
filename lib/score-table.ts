import type { LikelySentence } from './grammar.ts';
import type { LossAndGradient } from './loss.ts';
import type { Random } from './random.ts';
import { sampleIndex, softmax } from './softmax.ts';
import { contextWindows } from './text.ts';
import { BEGIN, charactersOf, END, encode, type Vocabulary, vocabularyOf } from './vocabulary.ts';

/**
 * A language model as a table: a row for each context of a few characters, a column for each token that
 * may follow, in each cell a score. Softmax turns a row into the probabilities of the next token.
 *
 * The scores are the parameters, one flat vector, row after row; this is what the rows and columns mean.
 */
export interface ScoreTable {
  /** How many characters the model sees: 1 makes it a bigram model. */
  readonly contextLength: number;
  /** The context of each row: its tokens with spaces between them. */
  readonly contexts: readonly string[];
  /** The token of each column. */
  readonly vocabulary: Vocabulary;
  /** How many scores there are. */
  readonly parameterCount: number;
  /** The row of a context; undefined when it has none. */
  rowOf(context: string): number | undefined;
}

/** How often each token followed each context: what a score table learns from, in the table's own shape. */
export interface NextTokenCounts {
  /** How many columns there are. */
  readonly columns: number;
  /** One count a cell, row after row. */
  readonly counts: Float64Array;
  /** How often a context came for which there is no row. */
  readonly unseen: number;
}

/**
 * The table that fits some sentences: a row for each context in them, in the order in which they appear.
 *
 * @param sentences texts of one character or more, at least one
 * @param contextLength how many characters the model sees, 1 or more
 * @param vocabulary what may follow: if left out, the characters of the sentences, and END
 * @throws when there is no sentence, one is empty, or `contextLength` is not a whole number, 1 or more
 *
 * @example
 * ```ts
 * const table = scoreTable(['今天天气很好'], 1)
 * table.contexts // => ['BEGIN', '今', '天', '气', '很', '好']
 * table.vocabulary.tokens // => ['今', '天', '气', '很', '好', 'END']
 * table.parameterCount // => 36
 * ```
 */
export function scoreTable(
  sentences: readonly string[],
  contextLength: number,
  vocabulary: Vocabulary = vocabularyOf(sentences, [END]),
): ScoreTable {
  const rows = new Map<string, number>();
  for (const sentence of new Set(sentences)) {
    for (const { context } of contextWindows(sentence, contextLength)) {
      const name = context.join(' ');
      if (!rows.has(name)) rows.set(name, rows.size);
    }
  }
  return {
    contextLength,
    contexts: [...rows.keys()],
    vocabulary,
    parameterCount: rows.size * vocabulary.size,
    rowOf: context => rows.get(context),
  };
}

/**
 * Counts what follows what: the pairs of a corpus, equal ones put together.
 *
 * A loss that adds up over the pairs does not care in which order they come, so the counts are all it needs.
 *
 * @param table whose rows and columns are counted
 * @param sentences a corpus; or all sentences of a language with their probabilities, for the counts to expect
 * @throws when a character is not in the vocabulary
 *
 * @example
 * ```ts
 * const table = scoreTable(['好'], 1)
 * nextTokenCounts(table, ['好', '好']) // => { columns: 2, counts: Float64Array.of(2, 0, 0, 2), unseen: 0 }
 * ```
 */
export function nextTokenCounts(
  table: ScoreTable,
  sentences: readonly (string | LikelySentence)[],
): NextTokenCounts {
  const columns = table.vocabulary.size;
  const counts = new Float64Array(table.parameterCount);
  let unseen = 0;
  for (const sentence of sentences) {
    const { text, probability } =
      typeof sentence === 'string' ? { text: sentence, probability: 1 } : sentence;
    for (const { context, next } of contextWindows(text, table.contextLength)) {
      const [column] = encode(table.vocabulary, [next]);
      const row = table.rowOf(context.join(' '));
      if (row === undefined) unseen += probability;
      else counts[row * columns + column] += probability;
    }
  }
  return { columns, counts, unseen };
}

/**
 * The mean cross-entropy of a score table over counted pairs, with its gradient.
 *
 * loss = -(1 / N) sum n(c, w) ln q(w | c), d loss / d W(c, w) = (n(c) q(w | c) - n(c, w)) / N,
 * with q(. | c) the softmax of row c, n the counts and N their sum. A context without a row tells the
 * model nothing: all tokens are equally likely then.
 *
 * @param parameters the scores, one a cell
 * @param batch the counts
 * @throws when there are not as many scores as counts, or nothing was counted
 *
 * Source: the lesson, 预训练 - 损失; the gradient is softmax minus target, as in `softmaxCrossEntropy`.
 *
 * @example
 * ```ts
 * const table = scoreTable(['今天天气很好'], 1)
 * const counts = nextTokenCounts(table, ['今天天气很好'])
 * lossOfScoreTable(new Float64Array(36), counts).loss.toFixed(3) // => '1.792'
 * ```
 */
export function lossOfScoreTable(parameters: ArrayLike<number>, batch: NextTokenCounts): LossAndGradient {
  const { columns, counts, unseen } = batch;
  const pairs = expectCounts(parameters, batch);
  const gradient = new Float64Array(counts.length);
  let surprise = unseen * Math.log(columns);
  for (let from = 0; from < counts.length; from += columns) {
    surprise += addRow(parameters, counts, from, columns, gradient);
  }
  for (let i = 0; i < gradient.length; i++) gradient[i] /= pairs;
  return { loss: surprise / pairs, gradient };
}

/** One row of the table: gives its surprise, and writes its part of the gradient. A loop without lists, since it runs for every row at every step. */
function addRow(
  scores: ArrayLike<number>,
  counts: Float64Array,
  from: number,
  columns: number,
  gradient: Float64Array,
): number {
  let total = 0;
  let highest = -Infinity;
  for (let i = from; i < from + columns; i++) {
    total += counts[i];
    highest = Math.max(highest, scores[i]);
  }
  if (total === 0) return 0;
  let sum = 0;
  for (let i = from; i < from + columns; i++) {
    gradient[i] = Math.exp(scores[i] - highest);
    sum += gradient[i];
  }
  const logSum = highest + Math.log(sum);
  let surprise = 0;
  for (let i = from; i < from + columns; i++) {
    if (counts[i] > 0) surprise += counts[i] * (logSum - scores[i]);
    gradient[i] = (total * gradient[i]) / sum - counts[i];
  }
  return surprise;
}

/**
 * What a table says about the next token: each row of scores through softmax.
 *
 * @param scores the parameters, row after row
 * @param columns how many tokens may follow
 * @returns a row of probabilities for each context
 * @throws when the scores do not fill whole rows
 *
 * @example
 * ```ts
 * probabilityRows([0, 0, Math.log(3), 0], 2).map(row => row[0].toFixed(2)) // => ['0.50', '0.75']
 * ```
 */
export function probabilityRows(scores: ArrayLike<number>, columns: number): Float64Array[] {
  return rowsOf('probabilityRows', scores, columns).map(row => softmax(row));
}

/**
 * The table that counting gives: each count divided by the sum of its row.
 *
 * No training is needed for it, and no table has a lower loss on the counted pairs.
 *
 * @param batch the counts
 * @returns a row of probabilities for each context; a row without counts says 0 everywhere
 *
 * @example
 * ```ts
 * countedRows({ columns: 2, counts: Float64Array.of(3, 1), unseen: 0 }) // => [Float64Array.of(0.75, 0.25)]
 * ```
 */
export function countedRows({ columns, counts }: NextTokenCounts): Float64Array[] {
  return rowsOf('countedRows', counts, columns).map(row => {
    const total = row.reduce((sum, count) => sum + count, 0);
    return row.map(count => (total > 0 ? count / total : 0));
  });
}

/**
 * The probability of each token after a text, as a trained table sees it.
 *
 * @param table what the rows and columns mean
 * @param scores the parameters
 * @param text what has been said so far; '' at the beginning
 * @param temperature below 1 makes the likely likelier, above 1 evens out
 * @returns one probability a token; all equal after a context that has no row
 *
 * @example
 * ```ts
 * nextProbabilities(scoreTable(['好'], 1), [Math.log(3), 0, 0, 0], '').map(Math.fround) // => Float64Array.of(0.75, 0.25)
 * ```
 */
export function nextProbabilities(
  table: ScoreTable,
  scores: ArrayLike<number>,
  text: string,
  temperature = 1,
): Float64Array {
  const columns = table.vocabulary.size;
  const begin = new Array<string>(table.contextLength).fill(BEGIN);
  const context = [...begin, ...charactersOf(text)].slice(-table.contextLength).join(' ');
  const row = table.rowOf(context);
  if (row === undefined) return new Float64Array(columns).fill(1 / columns);
  return softmax(Array.prototype.slice.call(scores, row * columns, (row + 1) * columns), temperature);
}

/**
 * A sentence as the model writes it: draw the next token, append it, ask again, until END is drawn.
 *
 * @param table what the rows and columns mean
 * @param scores the parameters
 * @param random the source of chance
 * @param options temperature (1), and after how many characters (60) to stop a text that does not end
 *
 * @example
 * ```ts
 * const certain = [100, 0, 0, 100] // BEGIN is followed by 好, 好 by END
 * sampleText(scoreTable(['好'], 1), certain, () => 0.5) // => '好'
 * ```
 */
export function sampleText(
  table: ScoreTable,
  scores: ArrayLike<number>,
  random: Random,
  { temperature = 1, atMost = 60 }: { readonly temperature?: number; readonly atMost?: number } = {},
): string {
  let text = '';
  for (let length = 0; length < atMost; length++) {
    const next =
      table.vocabulary.tokens[sampleIndex(nextProbabilities(table, scores, text, temperature), random)];
    if (next === END) break;
    text += next;
  }
  return text;
}

function rowsOf(caller: string, cells: ArrayLike<number>, columns: number): Float64Array[] {
  if (cells.length % columns !== 0) {
    throw new RangeError(`${caller}: expected whole rows of ${columns} numbers, got ${cells.length} numbers`);
  }
  const flat = Float64Array.from(cells);
  return Array.from({ length: flat.length / columns }, (_, row) =>
    flat.slice(row * columns, (row + 1) * columns),
  );
}

function expectCounts(parameters: ArrayLike<number>, { counts, unseen }: NextTokenCounts): number {
  if (parameters.length !== counts.length) {
    throw new RangeError(
      `lossOfScoreTable: expected as many scores as counts, got ${parameters.length} and ${counts.length}`,
    );
  }
  let pairs = unseen;
  for (let i = 0; i < counts.length; i++) pairs += counts[i];
  if (pairs === 0) throw new RangeError('lossOfScoreTable: expected at least one counted pair, got none');
  return pairs;
}
