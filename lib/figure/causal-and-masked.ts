import { BEGIN, charactersOf, END } from '../vocabulary.ts';
import { type Figure, figure, type Part } from './figure.ts';
import { causalRows } from './growing-context.ts';
import { baseLayout } from './layout.ts';
import { type TokenRow, tokenGrid, tokenGridAxes } from './token-grid.ts';

/**
 * Two ways to make questions from one sentence, side by side: say what comes next, and fill a hole.
 *
 * On the left everything after the question is kept from the model, on the right only the hole.
 *
 * @param sentence a text of one character or more
 *
 * Source: the lesson, 预训练 - 数据集: 自监督 (self-supervised) and 去噪自编码 (denoising autoencoding).
 *
 * @example
 * ```ts
 * causalAndMasked('很好').takeaway // => 'Next token: 3 questions, the model sees what stands to the left. One hole: 2 questions, the model sees both sides.'
 * ```
 */
export function causalAndMasked(sentence: string): Figure {
  const left = causalRows(sentence);
  const right = maskedRows(sentence);
  const columns = left[0].cells.length;
  // Both tables are as high as the larger one, so that the boxes have the same size.
  const names = (rows: readonly TokenRow[]) => left.map((_, row) => rows[row]?.name ?? '');
  const causal = tokenGridAxes(names(left), columns, { domain: [0, 0.46] });
  const masked = tokenGridAxes(
    names(right),
    columns,
    { domain: [0.56, 1], anchor: 'y2' },
    { anchor: 'x2', title: { text: 'hole', standoff: 8 } },
  );
  const second: Part = { xaxis: 'x2', yaxis: 'y2', showlegend: false };
  return figure({
    // Of a sentence with a hole nothing is kept but the hole: the trace of hidden tokens is empty there.
    data: [...tokenGrid(left), ...tokenGrid(right, second).slice(0, 2)].map(smaller),
    layout: baseLayout({
      height: 120 + 44 * left.length,
      xaxis: causal.x,
      yaxis: causal.y,
      xaxis2: masked.x,
      yaxis2: masked.y,
    }),
    takeaway:
      `Next token: ${left.length} questions, the model sees what stands to the left. ` +
      `One hole: ${right.length} questions, the model sees both sides.`,
  });
}

function maskedRows(sentence: string): TokenRow[] {
  const characters = charactersOf(sentence);
  return characters.map((_, hole) => ({
    name: `m${hole}`,
    cells: [BEGIN, ...characters, END].map((token, place) => ({
      token,
      kind: place === hole + 1 ? 'asked' : 'seen',
    })),
  }));
}

// Two tables share the width.
function smaller(trace: Part): Part {
  const { marker, textfont } = trace as { marker: Part; textfont: { size: readonly number[] } };
  return {
    ...trace,
    marker: { ...marker, size: 33 },
    textfont: { ...textfont, size: textfont.size.map(size => size - 2) },
  };
}
