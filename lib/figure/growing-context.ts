import { BEGIN, charactersOf, END } from '../vocabulary.ts';
import { type Figure, type Frame, figure } from './figure.ts';
import { baseLayout } from './layout.ts';
import { slider } from './slider.ts';
import { type TokenRow, tokenGrid, tokenGridAxes } from './token-grid.ts';

/**
 * The questions d0, d1, ... that a sentence answers, one more with each step of the slider.
 *
 * @param sentence a text of one character or more
 * @param start the last question shown at first
 *
 * Source: the lesson, 预训练 - 数据集: the table of x and y.
 *
 * @example
 * ```ts
 * growingContext('很好', 1).takeaway // => 'Question d1: after 很 comes 好; the slider goes from d0 to d2, and each context is one character longer than the one before.'
 * ```
 */
export function growingContext(sentence: string, start: number): Figure {
  const rows = causalRows(sentence);
  const frames: Frame[] = rows.map(({ name }, last) => ({
    name,
    data: tokenGrid(rows.slice(0, last + 1)),
    traces: [0, 1, 2],
  }));
  const names = rows.map(({ name }) => name);
  const { x, y } = tokenGridAxes(names, rows[0].cells.length);
  return figure({
    data: frames[start].data,
    layout: baseLayout({
      height: 160 + 48 * rows.length,
      margin: { l: 64, r: 24, t: 48, b: 40 },
      xaxis: x,
      yaxis: y,
      sliders: [slider('question', frames, start)],
    }),
    // Not `onlyChanges`: the number of boxes differs from step to step, and with it the sizes of texts.
    frames,
    takeaway:
      `Question ${questionOf(rows[start])}; the slider goes from d0 to ${names[names.length - 1]}, ` +
      'and each context is one character longer than the one before.',
  });
}

/**
 * What a model may see that reads from left to right: at question i everything before place i + 1.
 *
 * @param sentence a text of one character or more
 * @returns one row a question, each over BEGIN, the characters and END
 *
 * @example
 * ```ts
 * causalRows('好')[0].cells.map(({ kind }) => kind) // => ['seen', 'asked', 'hidden']
 * ```
 */
export function causalRows(sentence: string): TokenRow[] {
  const tokens = [BEGIN, ...charactersOf(sentence), END];
  return tokens.slice(1).map((_, question) => ({
    name: `d${question}`,
    cells: tokens.map((token, place) => ({
      token,
      kind: place <= question ? 'seen' : place === question + 1 ? 'asked' : 'hidden',
    })),
  }));
}

function questionOf({ name, cells }: TokenRow): string {
  const seen = cells.filter(({ kind }) => kind === 'seen').map(({ token }) => token);
  const asked = cells.find(({ kind }) => kind === 'asked')?.token;
  const context = seen.length > 1 ? seen.slice(1).join('') : BEGIN;
  return `${name}: after ${context} comes ${asked}`;
}
