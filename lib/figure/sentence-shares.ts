import { type Figure, figure, type Part } from './figure.ts';
import { axis, baseLayout } from './layout.ts';
import { palette } from './palette.ts';
import { filledRectangle, label } from './traces.ts';

/** For each context (the words so far, put together with spaces; '' at the start): each next word with its probability. */
export type NextWordTable = { readonly [context: string]: { readonly [word: string]: number } };

/**
 * The chain rule of probability as areas: every word divides the box of its context.
 *
 * A row stands for a place in the sentence. The width of a box is the probability of all its words
 * together, so that the boxes of finished sentences lie side by side and fill the whole width.
 *
 * @param table next-word probabilities, for sentences that end
 * @param end the word that ends a sentence
 *
 * Source: the lesson, 复习 (recapitulation): P(w_1 .. w_m) as a product.
 *
 * @example
 * ```ts
 * const picture = sentenceShares({ '': { yes: 0.75, no: 0.25 }, yes: { END: 1 }, no: { END: 1 } }, 'END')
 * picture.takeaway // => 'Added up, the 2 sentences have probability 1.0000: yes 0.7500, no 0.2500.'
 * ```
 */
export function sentenceShares(table: NextWordTable, end: string): Figure {
  const boxes = boxesOf(table, end);
  const depth = 1 + Math.max(...boxes.map(({ row }) => row));
  const sentences = boxes.filter(({ word }) => word === end);
  const total = sentences.reduce((sum, { width }) => sum + width, 0);
  const listed = sentences.map(({ context, width }) => `${context.join(' ')} ${width.toFixed(4)}`).join(', ');
  return figure({
    data: boxes.flatMap(box => drawn(box, end)),
    layout: baseLayout({
      height: 110 + 90 * depth,
      // The boxes speak for themselves.
      legend: undefined,
      margin: { l: 96, r: 24, t: 24, b: 56 },
      xaxis: axis('probability of all words so far (width of the box)', [0, 1]),
      yaxis: axis('place in the sentence', [-depth - 0.02, 0.02], {
        // Rows go down, as one reads; so their heights are negative and are named by hand.
        tickvals: Array.from({ length: depth }, (_, row) => -row - 0.5),
        ticktext: Array.from({ length: depth }, (_, row) => `word ${row + 1}`),
        showgrid: false,
        gridcolor: undefined,
        zeroline: false,
        zerolinecolor: undefined,
      }),
    }),
    takeaway: `Added up, the ${sentences.length} sentences have probability ${total.toFixed(4)}: ${listed}.`,
  });
}

interface Box {
  readonly context: readonly string[];
  readonly word: string;
  readonly row: number;
  readonly left: number;
  readonly width: number;
}

function boxesOf(table: NextWordTable, end: string, context: string[] = [], left = 0, width = 1): Box[] {
  let from = left;
  return Object.entries(table[context.join(' ')]).flatMap(([word, probability]) => {
    const box = { context, word, row: context.length, left: from, width: width * probability };
    from += box.width;
    const below = word === end ? [] : boxesOf(table, end, [...context, word], box.left, box.width);
    // A word that never comes has no box.
    return probability > 0 ? [box, ...below] : [];
  });
}

function drawn({ word, row, left, width }: Box, end: string): Part[] {
  const color = word === end ? palette.text : palette.modelDistribution;
  const middle = left + width / 2;
  const centred = { textposition: 'middle center' };
  return [
    filledRectangle([left, -row - 0.96], [width, 0.92], color),
    label(middle, -row - 0.36, word, color, centred),
    label(middle, -row - 0.68, width.toFixed(4), palette.text, {
      ...centred,
      textfont: { color: palette.text, size: width < 0.08 ? 11 : 13 },
    }),
  ];
}
