import { oneHot, surprise } from '../cross-entropy.ts';
import { evenlySpaced } from '../dataset.ts';
import { softmax } from '../softmax.ts';
import { tokenAxis, tokenBars } from './bars.ts';
import { polyline } from './curve.ts';
import { type Figure, type Frame, figure } from './figure.ts';
import { onlyChanges } from './frames.ts';
import { axis, baseLayout } from './layout.ts';
import { palette, translucent } from './palette.ts';
import { nearestStep, slider } from './slider.ts';
import { label } from './traces.ts';

/**
 * Expected and output distribution as bars, and the loss -ln q of the right answer on its curve; a slider
 * moves the score of the right answer.
 *
 * @param tokens one a score
 * @param scores what the model gave
 * @param answer the token that is right
 * @param values the scores that the slider offers for it
 *
 * Source: the lesson, 预训练 - 损失: 交叉熵 (cross-entropy).
 *
 * @example
 * ```ts
 * surpriseOfAnswer(['a', 'b'], [0, 0], 'b', [-1, 0, 1]).takeaway // => 'At score 0.0 the answer b has q = 0.50 and the loss is 0.69; from -1.0 to 1.0 on the slider the loss falls from 1.31 to 0.31.'
 * ```
 */
export function surpriseOfAnswer(
  tokens: readonly string[],
  scores: ArrayLike<number>,
  answer: string,
  values: ArrayLike<number>,
): Figure {
  const place = tokens.indexOf(answer);
  if (place < 0)
    throw new RangeError(`surpriseOfAnswer: expected one of ${tokens.join(', ')}, got ${answer}`);
  const states = Array.from(values, value => {
    const q = softmax(Array.from(scores, (score, i) => (i === place ? value : score)));
    return { name: value.toFixed(1), q, right: q[place], loss: surprise(q[place]) };
  });
  const highest = 1.1 * Math.max(...states.map(({ loss }) => loss));
  const frames = states.map(state => frameAt(tokens, state, highest));
  const start = nearestStep(values, scores[place]);
  const [first, last, now] = [states[0], states[states.length - 1], states[start]];
  return figure({
    data: [...frames[start].data, ...standing(tokens, place, highest)],
    layout: layoutOf(tokens.length, highest, [slider(`score of ${answer}`, frames, start)]),
    frames: onlyChanges(frames),
    takeaway:
      `At score ${now.name} the answer ${answer} has q = ${now.right.toFixed(2)} and the loss is ${now.loss.toFixed(2)}; ` +
      `from ${first.name} to ${last.name} on the slider the loss falls from ${first.loss.toFixed(2)} to ${last.loss.toFixed(2)}.`,
  });
}

const onTheRight = { xaxis: 'x2', yaxis: 'y2' };

interface State {
  readonly name: string;
  readonly q: Float64Array;
  readonly right: number;
  readonly loss: number;
}

function frameAt(tokens: readonly string[], { name, q, right, loss }: State, highest: number): Frame {
  return {
    name,
    traces: [0, 1, 2],
    data: [
      tokenBars(tokens, q, palette.modelDistribution, { name: 'q, output of the model', legendrank: 2 }),
      {
        type: 'scatter',
        mode: 'markers',
        name: 'loss at this q',
        legendrank: 4,
        x: [right],
        y: [loss],
        marker: { color: palette.loss, size: 13, symbol: 'diamond' },
        hovertemplate: 'q = %{x}<br>loss = %{y}<extra></extra>',
        ...onTheRight,
      },
      label(0.98, 0.94 * highest, `loss = -ln ${right.toFixed(3)} = ${loss.toFixed(3)}`, palette.loss, {
        ...onTheRight,
        textposition: 'middle left',
      }),
    ],
  };
}

function standing(tokens: readonly string[], place: number, highest: number) {
  // From where the curve enters the picture.
  const q = evenlySpaced(Math.exp(-highest), 1, 100);
  const line = { color: translucent(palette.loss, 0.7), width: 2.5 };
  return [
    tokenBars(tokens, oneHot(place, tokens.length), palette.targetDistribution, {
      name: 'p, expected',
      legendrank: 1,
      text: undefined,
      // An outline around the model's bar: the part still missing stays empty.
      marker: { color: translucent(palette.data, 0), line: { color: palette.targetDistribution, width: 2 } },
      width: 0.9,
    }),
    polyline(q, q.map(surprise), line, { name: '-ln q', legendrank: 3, ...onTheRight }),
  ];
}

function layoutOf(count: number, highest: number, sliders: unknown) {
  return baseLayout({
    height: 480,
    margin: { l: 64, r: 24, t: 48, b: 40 },
    barmode: 'overlay',
    xaxis: tokenAxis('next token', count, { domain: [0, 0.45] }),
    yaxis: axis('probability', [0, 1.1]),
    xaxis2: axis('q, probability of the right answer', [0, 1.02], { domain: [0.57, 1], anchor: 'y2' }),
    yaxis2: axis('loss, nats', [0, highest], { anchor: 'x2' }),
    sliders,
  });
}
