import { type Figure, type Frame, figure, type Part } from './figure.ts';
import { onlyChanges } from './frames.ts';
import { axis, baseLayout } from './layout.ts';
import { palette, translucent } from './palette.ts';
import { slider } from './slider.ts';
import { label } from './traces.ts';

/** What a model wrote at one temperature. */
export interface Samples {
  readonly temperature: number;
  readonly texts: readonly string[];
}

/**
 * What a model writes at several temperatures, one on the slider at a time: its most frequent texts as bars.
 *
 * @param samples what was drawn, temperatures rising
 * @param isRight whether a text belongs to the language
 * @param start the temperature to begin with
 *
 * @example
 * ```ts
 * const samples = [{ temperature: 1, texts: ['好', '好', '天好', '好'] }]
 * samplesByTemperature(samples, text => text === '好', 1).takeaway // => 'At temperature 1.0 the model wrote 4 texts, 2 different ones, 75 % of them right; most often 好.'
 * ```
 */
export function samplesByTemperature(
  samples: readonly Samples[],
  isRight: (text: string) => boolean,
  start: number,
): Figure {
  const tallies = samples.map(one => tallyOf(one, isRight));
  const widest = Math.max(...tallies.flatMap(({ bars }) => bars.map(({ share }) => share)));
  const frames = tallies.map(tally => frameAt(tally, widest));
  const active = samples.findIndex(({ temperature }) => temperature === start);
  const { right, different, bars } = tallies[active];
  return figure({
    data: frames[active].data,
    layout: baseLayout({
      height: 560,
      margin: { l: 40, r: 24, t: 48, b: 40 },
      barmode: 'overlay',
      xaxis: axis('share of all texts', [0, widthFor(widest)], {
        tickformat: '.0%',
        dtick: widest > 0.5 ? 0.2 : 0.1,
      }),
      yaxis: axis('most frequent texts', [0.4 - shownBars, 1.6], {
        showticklabels: false,
        ticks: '',
        tickcolor: undefined,
        showgrid: false,
        gridcolor: undefined,
        zeroline: false,
        zerolinecolor: undefined,
      }),
      sliders: [slider('temperature', frames, active)],
    }),
    frames: onlyChanges(frames),
    takeaway:
      `At temperature ${start.toFixed(1)} the model wrote ${samples[active].texts.length} texts, ${different} ` +
      `different ones, ${percent(right)} of them right; most often ${bars[0].text}.`,
  });
}

const shownBars = 10;

interface Bar {
  readonly text: string;
  readonly share: number;
  readonly right: boolean;
}

interface Tally {
  readonly temperature: number;
  readonly bars: readonly Bar[];
  readonly different: number;
  /** Share of the texts that belong to the language. */
  readonly right: number;
}

function tallyOf({ temperature, texts }: Samples, isRight: (text: string) => boolean): Tally {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  const bars = Array.from(counts, ([text, count]) => ({
    text,
    share: count / texts.length,
    right: isRight(text),
  })).sort((one, other) => other.share - one.share || (one.text < other.text ? -1 : 1));
  const right = bars.reduce((sum, bar) => sum + (bar.right ? bar.share : 0), 0);
  return { temperature, bars: bars.slice(0, shownBars), different: counts.size, right };
}

function frameAt({ temperature, bars, different, right }: Tally, widest: number): Frame {
  return {
    name: temperature.toFixed(1),
    traces: [0, 1, 2],
    data: [
      barsOf('in the language', palette.modelDistribution, bars, bar => bar.right),
      barsOf('not in the language', palette.residual, bars, bar => !bar.right),
      label(widthFor(widest), 1.15, `${percent(right)} right, ${different} different texts`, palette.text, {
        textposition: 'middle left',
      }),
    ],
  };
}

function barsOf(name: string, color: string, bars: readonly Bar[], mine: (bar: Bar) => boolean): Part {
  return {
    type: 'bar',
    orientation: 'h',
    name,
    y: Array.from({ length: shownBars }, (_, place) => 0 - place),
    x: Array.from({ length: shownBars }, (_, place) => {
      const bar = bars[place];
      return bar && mine(bar) ? bar.share : 0;
    }),
    text: Array.from({ length: shownBars }, (_, place) => {
      const bar = bars[place];
      return bar && mine(bar) ? shortened(bar.text) : '';
    }),
    textposition: 'outside',
    textfont: { color: palette.text, size: 15 },
    cliponaxis: false,
    marker: { color: translucent(color, 0.75) },
    hoverinfo: 'skip',
  };
}

function shortened(text: string): string {
  if (text === '') return '(END at once)';
  const characters = Array.from(text);
  return characters.length > 16 ? `${characters.slice(0, 15).join('')}…` : text;
}

/** Room for the texts beside the bars, but hardly more than the whole. */
function widthFor(widest: number): number {
  return Math.min(1.6 * widest, 1.1);
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
