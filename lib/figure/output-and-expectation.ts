import { expectTwoDistributions } from '../expect-probabilities.ts';
import { argmax } from '../softmax.ts';
import { tokenAxis, tokenBars } from './bars.ts';
import { type Figure, figure } from './figure.ts';
import { axis, baseLayout } from './layout.ts';
import { palette } from './palette.ts';

/**
 * What a model says comes next beside what is expected, as bars.
 *
 * @param tokens one an outcome
 * @param output q, the model's distribution
 * @param expected p, the distribution that is wanted
 *
 * Source: the lesson, 预训练 - 损失: the output after 今天天气很, and the distribution that is wanted.
 *
 * @example
 * ```ts
 * outputAndExpectation(['天', '好'], [0.75, 0.25], [0, 1]).takeaway // => 'Most likely is 天 (0.75) in the output of the model; expected is 好 (1.00), which the model gives 0.25.'
 * ```
 */
export function outputAndExpectation(
  tokens: readonly string[],
  output: ArrayLike<number>,
  expected: ArrayLike<number>,
): Figure {
  expectTwoDistributions('outputAndExpectation', expected, output);
  const [said, wanted] = [argmax(output), argmax(expected)];
  return figure({
    data: [
      tokenBars(tokens, expected, palette.targetDistribution, { name: 'p, expected' }),
      tokenBars(tokens, output, palette.modelDistribution, { name: 'q, output of the model' }),
    ],
    layout: baseLayout({
      barmode: 'group',
      height: 380,
      xaxis: tokenAxis('next token', tokens.length),
      yaxis: axis('probability', [0, 1.1]),
    }),
    takeaway:
      `Most likely is ${tokens[said]} (${output[said].toFixed(2)}) in the output of the model; expected is ` +
      `${tokens[wanted]} (${expected[wanted].toFixed(2)}), which the model gives ${output[wanted].toFixed(2)}.`,
  });
}
