import { expectCount } from '../expect.ts';
import { marks, polyline } from './curve.ts';
import { type Figure, figure, type Part } from './figure.ts';
import { axis, baseLayout } from './layout.ts';
import { palette, translucent } from './palette.ts';
import type { KnownLoss } from './score-table-run.ts';
import { label } from './traces.ts';

/** What a run of so many steps is drawn with. */
export interface RunView {
  /** How many steps the whole run has; the axis is as long from the beginning. */
  readonly steps: number;
  /** Losses that were known before training, the highest first. */
  readonly known: readonly KnownLoss[];
  /** How far the run has come, such as `step 300 of 800, about 12 s left`. */
  readonly words: string;
}

/**
 * The loss of a run of which a part is still to come: drawn again and again, it is a live curve.
 *
 * @param losses the loss of each step so far, from step 0; at least one
 * @param view length of the run, known losses, words
 * @throws when there is no loss yet
 *
 * @example
 * ```ts
 * const view = { steps: 8, known: [{ loss: 3, name: 'start' }], words: 'step 1 of 8' }
 * lossSoFar([3, 2], view).takeaway // => 'Step 1 of 8: the loss has gone from 3.000 to 2.000; start is 3.000.'
 * ```
 */
export function lossSoFar(losses: readonly number[], { steps, known, words }: RunView): Figure {
  expectCount('lossSoFar', 'number of losses', losses.length, 1);
  const last = losses.length - 1;
  // A run that diverges leaves the known losses far below, and still has to be seen.
  const highest = losses.reduce((most, loss) => Math.max(most, loss));
  const top = 1.12 * Math.max(highest, ...known.map(({ loss }) => loss));
  const line = { color: translucent(palette.loss, 0.8), width: 2 };
  return figure({
    data: [
      polyline(
        losses.map((_, step) => step),
        losses,
        line,
        { showlegend: false },
      ),
      marks(
        [last],
        [losses[last]],
        { color: palette.loss, size: 13, symbol: 'diamond' },
        { showlegend: false },
      ),
      label(
        0.5 * steps,
        0.72 * top,
        `loss of this batch = ${losses[last].toFixed(3)}`,
        palette.loss,
        centred,
      ),
      label(0.5 * steps, 0.6 * top, words, palette.text, centred),
      ...known.flatMap((one, i) => knownLine(one, steps, (i < known.length - 1 ? 0.04 : -0.04) * top)),
    ],
    layout: baseLayout({
      height: 440,
      legend: undefined,
      margin: { l: 64, r: 24, t: 16, b: 56 },
      xaxis: axis('step', [-0.01 * steps, 1.02 * steps]),
      yaxis: axis('loss, nats a token', [0, top]),
    }),
    takeaway: takeaway(losses, known, words),
  });
}

const centred = { textposition: 'middle center' };

/** A dashed line with its name at its right end, above it or below. */
function knownLine({ loss, name }: KnownLoss, steps: number, apart: number): Part[] {
  const line = { color: palette.text, width: 1.5, dash: 'dash' };
  return [
    polyline([0, steps], [loss, loss], line, { showlegend: false }),
    label(steps, loss + apart, `${name} = ${loss.toFixed(3)}`, palette.text, {
      textposition: 'middle left',
      textfont: { color: palette.text, size: 13 },
    }),
  ];
}

function takeaway(losses: readonly number[], known: readonly KnownLoss[], words: string): string {
  const compared = known.map(({ loss, name }) => `${name} is ${loss.toFixed(3)}`);
  const way = `the loss has gone from ${losses[0].toFixed(3)} to ${losses[losses.length - 1].toFixed(3)}`;
  return `${words[0].toUpperCase()}${words.slice(1)}: ${[way, ...compared].join('; ')}.`;
}
