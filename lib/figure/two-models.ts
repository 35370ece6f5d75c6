import { polyline } from './curve.ts';
import { type Figure, figure, type Part } from './figure.ts';
import { baseLayout } from './layout.ts';
import { palette } from './palette.ts';
import { filledRectangle, label } from './traces.ts';

/** A part of the way from an input to a loss, and the notebook that is about it. */
interface Box {
  readonly words: string;
  readonly color: string;
  readonly notebook: string;
}

const line: readonly Box[] = [
  { words: 'input x', color: palette.data, notebook: '02' },
  { words: 'times a (1 parameter)', color: palette.model, notebook: '02' },
  { words: 'output: a number', color: palette.model, notebook: '02' },
  { words: 'loss: squared error', color: palette.loss, notebook: '02' },
];

const languageModel: readonly Box[] = [
  { words: '今天天气很', color: palette.data, notebook: '07' },
  { words: 'embedding, positions', color: palette.model, notebook: '11' },
  { words: 'masked attention', color: palette.model, notebook: '11' },
  { words: 'feed forward', color: palette.model, notebook: '11' },
  { words: 'linear: a score for each token', color: palette.model, notebook: '08' },
  { words: 'softmax', color: palette.model, notebook: '08' },
  { words: 'output probabilities', color: palette.model, notebook: '08' },
  { words: 'loss: cross-entropy with 好', color: palette.loss, notebook: '09' },
];

/**
 * The transformer of the lesson, from top to bottom, beside y = ax: what goes in, what has parameters, what
 * comes out, and what judges it. The boxes of one notebook are framed.
 *
 * @param notebook number of the notebook that is framed, such as `08`
 *
 * Source: the lesson, 预训练 - 建模: the picture of the transformer, and "not different from y = ax".
 *
 * @example
 * ```ts
 * twoModels('09').takeaway // => 'A language model is longer than y = ax but built alike: input, functions with parameters, output, loss. This notebook is about: loss: cross-entropy with 好.'
 * ```
 */
export function twoModels(notebook: string): Figure {
  const here = languageModel.filter(box => box.notebook === notebook).map(({ words }) => words);
  const ratio = (languageModel.length - 1) / (line.length - 1);
  return figure({
    data: [
      ...column(line, { title: 'y = ax', left: 0, width: 0.8, distance: ratio }, notebook),
      ...column(languageModel, { title: 'a transformer', left: 1.05, width: 1.1, distance: 1 }, notebook),
      // Around attention and feed forward, which are repeated.
      polyline([1.04, 1, 1, 1.04], [-1.64, -1.64, -3.36, -3.36], thin, { showlegend: false }),
      label(0.985, -2.5, '× N', palette.text, { textposition: 'middle left' }),
    ],
    layout: baseLayout({
      height: 90 + 60 * languageModel.length,
      legend: undefined,
      margin: { l: 40, r: 8, t: 16, b: 40 },
      xaxis: bareAxis('thick frame: this notebook', [-0.03, 2.18]),
      yaxis: bareAxis('from input to loss', [-languageModel.length + 0.4, 1.1]),
    }),
    takeaway:
      'A language model is longer than y = ax but built alike: input, functions with parameters, output, loss. ' +
      `This notebook is about: ${here.join(', ')}.`,
  });
}

const thin = { color: palette.text, width: 1.5 };

const centred = { textposition: 'middle center' };

/** Where a column stands, and how far its boxes are apart. */
interface Place {
  readonly title: string;
  readonly left: number;
  readonly width: number;
  readonly distance: number;
}

function column(boxes: readonly Box[], { title, left, width, distance }: Place, notebook: string): Part[] {
  const middle = left + width / 2;
  return [
    label(middle, 0.75, title, palette.text, centred),
    ...boxes.flatMap((box, row) => {
      const y = -row * distance;
      const parts = [
        framed(filledRectangle([left, y - 0.36], [width, 0.72], box.color), box, notebook),
        // Both lines within the box: beside it there is no room in a narrow window.
        label(middle, y + 0.14, box.words, box.color, {
          ...centred,
          textfont: { color: box.color, size: 13 },
        }),
        label(middle, y - 0.18, `notebook ${box.notebook}`, palette.text, {
          ...centred,
          textfont: { color: palette.text, size: 12 },
        }),
      ];
      const arrow = row > 0 ? [arrowTo(middle, y + 0.36, y + distance - 0.36)] : [];
      return [...parts, ...arrow];
    }),
  ];
}

function framed(rectangle: Part, box: Box, notebook: string): Part {
  const width = box.notebook === notebook ? 4 : 1;
  return { ...rectangle, line: { color: box.color, width } };
}

function arrowTo(x: number, y: number, from: number): Part {
  return {
    type: 'scatter',
    mode: 'lines+markers',
    x: [x, x],
    y: [from, y],
    line: thin,
    marker: { color: palette.text, symbol: 'arrow', size: [0, 10], angle: 180, standoff: 0 },
    showlegend: false,
    hoverinfo: 'skip',
  };
}

function bareAxis(title: string, range: readonly [number, number]): Part {
  return {
    title: { text: title, standoff: 8 },
    range,
    showgrid: false,
    zeroline: false,
    showticklabels: false,
  };
}
