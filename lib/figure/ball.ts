import { curve, marks, polyline } from './curve.ts';
import { type Figure, type Frame, figure, type Part } from './figure.ts';
import { onlyChanges } from './frames.ts';
import { axis, baseLayout } from './layout.ts';
import { palette, translucent } from './palette.ts';
import { playButtons } from './play.ts';
import { slider } from './slider.ts';

/** A way down the parabola: where a stands after each step. */
export interface Roll {
  readonly name: string;
  readonly path: ArrayLike<number>;
}

/**
 * Two or three ways down the same parabola, side by side and animated; below, a against the step.
 *
 * Each parabola shows the last positions as a fading tail, so that the eye sees whether a rolls through
 * the bottom or steps over it.
 *
 * @param loss the loss as a function of a
 * @param rolls the ways down, two or three, all with as many steps
 * @param span first and last a shown
 * @param start the step to begin with
 *
 * Source: the lesson, 损失函数与学习: the ball on a slope with damping, and the descent that jumps to and fro.
 *
 * @example
 * ```ts
 * const rolls = [{ name: 'ball', path: [1, 1.5, 2.2] }, { name: 'descent', path: [1, 2.4, 1.8] }]
 * ballRace(a => 14 * (a - 2) ** 2, rolls, [0, 4]).takeaway // => 'After 2 steps: ball at a = 2.20, descent at a = 1.80.'
 * ```
 */
export function ballRace(
  loss: (a: number) => number,
  rolls: readonly Roll[],
  span: readonly [number, number],
  start = 0,
): Figure {
  const steps = Math.min(...rolls.map(({ path }) => path.length)) - 1;
  const frames = Array.from({ length: steps + 1 }, (_, step) => frameAt(loss, rolls, step));
  const ends = rolls.map(({ name, path }) => `${name} at a = ${path[steps].toFixed(2)}`);
  return figure({
    data: [...rolls.map((_, place) => slope(loss, span, place)), ...frames[start].data],
    layout: layoutOf(loss, rolls, span, frames, start),
    frames: onlyChanges(frames),
    takeaway: `After ${steps} steps: ${ends.join(', ')}.`,
  });
}

const colors = [palette.model, palette.gradient, palette.residual];
const symbols = ['circle', 'diamond', 'square'];
const dashes = ['solid', 'dash', 'dot'];
const tailLength = 6;

/** Joins the positions of the tail: a ball follows the curve, a jump is a straight line across. */
function chord(place: number): Part {
  return {
    mode: 'lines+markers',
    line: { color: translucent(colors[place], 0.45), width: 1.5 },
    showlegend: false,
  };
}

function axesOf(place: number): Part {
  return place === 0 ? {} : { xaxis: `x${place + 1}`, yaxis: `y${place + 1}` };
}

function slope(loss: (a: number) => number, span: readonly [number, number], place: number): Part {
  const line = { color: translucent(palette.loss, 0.8), width: 2 };
  return curve(loss, span, { ...axesOf(place), line, showlegend: place === 0 });
}

function frameAt(loss: (a: number) => number, rolls: readonly Roll[], step: number): Frame {
  const times = Array.from(rolls[0].path, (_, time) => time);
  const time = { xaxis: `x${rolls.length + 1}`, yaxis: `y${rolls.length + 1}` };
  const data = rolls.flatMap(({ name, path }, place) => {
    const so = Array.from(path).slice(0, step + 1);
    const tail = so.slice(-tailLength);
    const marker = {
      color: tail.map((_, i) => translucent(colors[place], i === tail.length - 1 ? 1 : 0.12 + 0.08 * i)),
      size: tail.map((_, i) => (i === tail.length - 1 ? 16 : 9)),
      symbol: symbols[place],
      opacity: 1,
    };
    const line = { color: colors[place], width: 2.5, dash: dashes[place] };
    return [
      marks(tail, tail.map(loss), marker, { ...axesOf(place), ...chord(place) }),
      polyline(times, so, line, { ...time, name }),
    ];
  });
  return { name: String(step), traces: data.map((_, i) => rolls.length + i), data };
}

function layoutOf(
  loss: (a: number) => number,
  rolls: readonly Roll[],
  span: readonly [number, number],
  frames: readonly Frame[],
  start: number,
): Part {
  const top = loss(span[0]);
  const count = rolls.length;
  const width = (1 - 0.05 * (count - 1)) / count;
  const axes = rolls.map((roll, place) => {
    const mark = place === 0 ? '' : String(place + 1);
    const from = place * (width + 0.05);
    return {
      [`xaxis${mark}`]: axis(`a: ${roll.name}`, span, {
        domain: [from, from + width],
        anchor: `y${mark}`,
        dtick: 1,
      }),
      [`yaxis${mark}`]: axis('loss', [-0.12 * top, top], {
        domain: [0.5, 1],
        anchor: `x${mark}`,
        showticklabels: place === 0,
        ...(place > 0 && { title: { text: 'loss', font: { color: 'rgba(0, 0, 0, 0)' } } }),
      }),
    };
  });
  const last = String(count + 1);
  return baseLayout({
    height: 660,
    margin: { l: 64, r: 24, t: 56, b: 40 },
    ...Object.assign({}, ...axes),
    [`xaxis${last}`]: axis('step', [0, frames.length - 1], { anchor: `y${last}` }),
    [`yaxis${last}`]: axis('a', span, { domain: [0, 0.34], anchor: `x${last}` }),
    updatemenus: playButtons(120),
    sliders: [slider('step', frames, start)],
  });
}
