import { polyline } from './curve.ts';
import { type Figure, figure, type Part } from './figure.ts';
import { axis, baseLayout } from './layout.ts';
import { palette } from './palette.ts';
import { label } from './traces.ts';

/** The held-out losses of models with 1, 2, 3 ... characters of context, and what they were trained on. */
export interface ContextLosses {
  /** Such as `trained on 4000 sentences`. */
  readonly name: string;
  readonly losses: ArrayLike<number>;
}

/**
 * Held-out loss against the length of the context, with the best loss possible for each length.
 *
 * @param best the lowest loss possible with 1, 2, 3 ... characters
 * @param floor the entropy of the language: no context, however long, gets below it
 * @param measured what trained models reached, a list for each corpus
 *
 * @example
 * ```ts
 * lossByContext([0.84, 0.62], 0.44, [{ name: 'trained', losses: [0.85, 0.63] }]).takeaway // => 'With 1 character of context the best loss is 0.840, with 2 it is 0.620; the floor is 0.440.'
 * ```
 */
export function lossByContext(
  best: ArrayLike<number>,
  floor: number,
  measured: readonly ContextLosses[],
): Figure {
  const lengths = Array.from(best, (_, i) => i + 1);
  const last = lengths.length;
  const all = [...Array.from(best), ...measured.flatMap(({ losses }) => Array.from(losses))];
  const ends = [0.5, last + 0.5];
  return figure({
    data: [
      polyline(ends, [floor, floor], { color: palette.text, width: 1.5, dash: 'dot' }, { showlegend: false }),
      label(0.5, floor - 0.04 * Math.max(...all), `floor, the entropy: ${floor.toFixed(3)}`, palette.text, {
        textposition: 'middle right',
        textfont: { color: palette.text, size: 13 },
      }),
      { ...polyline(lengths, best, { color: palette.text, width: 2, dash: 'dash' }), name: 'best possible' },
      ...measured.map((losses, place) => lossesOf(lengths, losses, place)),
    ],
    layout: baseLayout({
      height: 440,
      xaxis: axis('characters of context', [0.4, last + 0.6], { tickvals: lengths }),
      yaxis: axis('loss, nats a token', [0, 1.1 * Math.max(...all)]),
    }),
    takeaway:
      `With 1 character of context the best loss is ${best[0].toFixed(3)}, with ${last} it is ` +
      `${best[last - 1].toFixed(3)}; the floor is ${floor.toFixed(3)}.`,
  });
}

const symbols = ['circle', 'circle-open', 'diamond-open'];
const colors = [palette.loss, palette.residual, palette.gradient];

function lossesOf(lengths: readonly number[], { name, losses }: ContextLosses, place: number): Part {
  return {
    type: 'scatter',
    mode: 'markers',
    name,
    x: lengths,
    y: losses,
    marker: {
      color: colors[place],
      symbol: symbols[place],
      size: 11,
      line: { width: 2, color: colors[place] },
    },
    hovertemplate: '%{x} characters<br>%{y} nats<extra></extra>',
  };
}
