import { argmax, softmax } from '../softmax.ts';
import { tokenAxis, tokenBars } from './bars.ts';
import { type Figure, type Frame, figure, type Part } from './figure.ts';
import { onlyChanges } from './frames.ts';
import { axis, baseLayout } from './layout.ts';
import { palette, translucent } from './palette.ts';
import { nearestStep, slider } from './slider.ts';

/**
 * Scores on the left, their softmax on the right; a slider moves one of the scores.
 *
 * @param tokens one a score
 * @param scores what the model gave
 * @param token the one whose score moves
 * @param values the scores that the slider offers for it
 *
 * @example
 * ```ts
 * const picture = oneScoreSlider(['a', 'b'], [0, 0], 'b', [-1, 0, 1])
 * picture.takeaway // => 'The scores 0.0, 0.0 become the probabilities 0.50, 0.50; the slider moves the score of b from -1.0 to 1.0.'
 * ```
 */
export function oneScoreSlider(
  tokens: readonly string[],
  scores: ArrayLike<number>,
  token: string,
  values: ArrayLike<number>,
): Figure {
  const place = expectToken(tokens, token);
  const states = Array.from(values, value => ({
    name: value.toFixed(1),
    scores: Array.from(scores, (score, i) => (i === place ? value : score)),
    temperature: 1,
  }));
  const start = nearestStep(values, scores[place]);
  return drawn(tokens, states, start, {
    symbol: `score of ${token}`,
    takeaway:
      `The scores ${listed(states[start].scores, 1)} become the probabilities ` +
      `${listed(softmax(states[start].scores), 2)}; the slider moves the score of ${token} ` +
      `from ${states[0].name} to ${states[states.length - 1].name}.`,
  });
}

/**
 * Scores on the left, their softmax on the right; a slider changes the temperature.
 *
 * @param tokens one a score
 * @param scores what the model gave
 * @param temperatures the values that the slider offers
 *
 * @example
 * ```ts
 * temperatureSlider(['a', 'b'], [1, 0], [0.5, 1, 2]).takeaway // => 'Of the probabilities at temperature 0.5, 1, 2 the largest is 0.88, 0.73, 0.62.'
 * ```
 */
export function temperatureSlider(
  tokens: readonly string[],
  scores: ArrayLike<number>,
  temperatures: ArrayLike<number>,
): Figure {
  const states = Array.from(temperatures, temperature => ({
    name: String(temperature),
    scores: Array.from(scores),
    temperature,
  }));
  const largest = states.map(({ temperature }) => {
    const q = softmax(scores, temperature);
    return q[argmax(q)];
  });
  return drawn(tokens, states, nearestStep(temperatures, 1), {
    symbol: 'temperature',
    takeaway:
      `Of the probabilities at temperature ${states.map(({ name }) => name).join(', ')} ` +
      `the largest is ${listed(largest, 2)}.`,
  });
}

interface State {
  readonly name: string;
  readonly scores: readonly number[];
  readonly temperature: number;
}

function drawn(
  tokens: readonly string[],
  states: readonly State[],
  start: number,
  { symbol, takeaway }: { symbol: string; takeaway: string },
): Figure {
  const frames: Frame[] = states.map(state => ({
    name: state.name,
    data: [scoreBars(tokens, state.scores), probabilityBars(tokens, state)],
    traces: [0, 1],
  }));
  const all = states.flatMap(({ scores }) => scores);
  const range = [Math.min(0, ...all) - 0.8, Math.max(0, ...all) + 0.8] as [number, number];
  return figure({
    data: frames[start].data,
    layout: baseLayout({
      height: 460,
      margin: { l: 64, r: 24, t: 48, b: 40 },
      xaxis: tokenAxis('next token', tokens.length, { domain: [0, 0.45] }),
      yaxis: axis('score s', range),
      xaxis2: tokenAxis('next token', tokens.length, { domain: [0.57, 1], anchor: 'y2' }),
      yaxis2: axis('probability q', [0, 1.1], { anchor: 'x2' }),
      sliders: [slider(symbol, frames, start)],
    }),
    frames: onlyChanges(frames),
    takeaway,
  });
}

function scoreBars(tokens: readonly string[], scores: readonly number[]): Part {
  return tokenBars(tokens, scores, palette.model, {
    name: 'scores',
    text: scores.map(score => score.toFixed(1)),
    marker: { color: translucent(palette.model, 0.25), line: { color: palette.model, width: 2 } },
  });
}

function probabilityBars(tokens: readonly string[], { scores, temperature }: State): Part {
  return tokenBars(tokens, softmax(scores, temperature), palette.modelDistribution, {
    name: 'softmax of the scores',
    xaxis: 'x2',
    yaxis: 'y2',
  });
}

function listed(numbers: ArrayLike<number>, digits: number): string {
  return Array.from(numbers, number => number.toFixed(digits)).join(', ');
}

function expectToken(tokens: readonly string[], token: string): number {
  const place = tokens.indexOf(token);
  if (place < 0) {
    throw new RangeError(`oneScoreSlider: expected one of ${tokens.join(', ')}, got ${token}`);
  }
  return place;
}
