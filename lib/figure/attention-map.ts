import { expectCount } from '../expect.ts';
import type { AttentionHead } from '../gpt.ts';
import { argmax } from '../softmax.ts';
import { cellAxes, cellMap, cellTexts } from './cell-map.ts';
import { type Figure, type Frame, figure } from './figure.ts';
import { onlyChanges } from './frames.ts';
import { baseLayout } from './layout.ts';
import { palette } from './palette.ts';
import { slider } from './slider.ts';
import { label } from './traces.ts';

/**
 * Who looks at whom: a map of attention weights, a row for each token that looks. With several heads, a
 * slider goes through them.
 *
 * @param tokens the tokens in the order of the text
 * @param heads at least one, each with a row of weights a token; what comes after the token itself is not shown
 * @param start the head shown first, counted from 0
 * @throws when there is no head `start`, or a head has not a row for each token
 *
 * Source: A. Vaswani and others, "Attention is all you need" (2017), the appendix: attention visualizations.
 *
 * @example
 * ```ts
 * const picture = attentionMap(['很', '好'], [{ name: 'by hand', weights: [[1], [0.25, 0.75]] }])
 * picture.takeaway // => 'By hand: each token looks at itself and those before it; the last one, 好, looks most at 好 (0.75).'
 * ```
 */
export function attentionMap(tokens: readonly string[], heads: readonly AttentionHead[], start = 0): Figure {
  expectHeads(tokens, heads, start);
  const frames = heads.map(head => frameOf(tokens, head));
  const { x, y } = cellAxes({ rows: tokens, columns: tokens }, { rows: 'who looks', columns: 'at whom' });
  const several = heads.length > 1;
  return figure({
    data: frames[start].data,
    layout: baseLayout({
      height: 110 + 40 * tokens.length + (several ? 110 : 0),
      legend: undefined,
      margin: { l: 80, r: several ? 56 : 24, t: 16, b: 56 },
      xaxis: x,
      yaxis: y,
      ...(several && { sliders: [slider('head', frames, start)] }),
    }),
    frames: several ? onlyChanges(frames) : [],
    takeaway: takeaway(tokens, heads[start], heads.length),
  });
}

function frameOf(tokens: readonly string[], { name, weights }: AttentionHead): Frame {
  const places = tokens.map((_, place) => place);
  const rows = places.map(looks => places.map(at => (at <= looks ? weights[looks][at] : null)));
  // An empty text where a token would look ahead: there is no weight, not a small one.
  const texts = cellTexts(
    rows.map(row => row.map(weight => weight ?? Number.NaN)),
    weight => (weight >= 0.005 ? weight.toFixed(2) : ''),
    // A long text has narrow columns.
    { textfont: { color: palette.text, size: tokens.length > 7 ? 11 : 14 } },
  );
  // Beside the first row, which has one cell only.
  const title = label(tokens.length - 0.5, 0, name, palette.text, { textposition: 'middle left' });
  return { name, traces: [0, 1, 2], data: [cellMap(rows, 1), texts, title] };
}

function takeaway(tokens: readonly string[], { name, weights }: AttentionHead, heads: number): string {
  const last = weights[tokens.length - 1];
  const at = argmax(last);
  const others = heads > 1 ? `; the slider goes through ${heads} heads` : '';
  return (
    `${name[0].toUpperCase()}${name.slice(1)}: each token looks at itself and those before it; the last one, ${tokens[tokens.length - 1]}, ` +
    `looks most at ${tokens[at]} (${last[at].toFixed(2)})${others}.`
  );
}

function expectHeads(tokens: readonly string[], heads: readonly AttentionHead[], start: number): void {
  expectCount('attentionMap', 'number of heads', heads.length, 1);
  expectCount('attentionMap', 'start', start, 0, heads.length - 1);
  expectCount('attentionMap', 'number of tokens', tokens.length, 1);
  for (const { name, weights } of heads) {
    if (weights.length !== tokens.length || weights.some((row, place) => row.length <= place)) {
      throw new RangeError(
        `attentionMap: expected weights for ${tokens.length} tokens, got ${weights.length} rows of ${name}: ` +
          `${Array.from(weights, row => row.length).join(', ')} numbers`,
      );
    }
  }
}
