import type { Dataset } from '../dataset.ts';
import { pick } from '../dataset.ts';
import type { Part } from './figure.ts';
import { palette } from './palette.ts';

/** A line y = ax + b that may or may not be the one. */
export interface Candidate {
  readonly a: number;
  readonly b: number;
}

const colors = [palette.model, palette.residual, palette.gradient];
const dashes = ['solid', 'dash', 'dot'];

/**
 * The colour of a candidate: the first has the model's.
 *
 * @param place which of the candidates, from 0
 *
 * @example
 * ```ts
 * colorOf(0) // => '#e06c0a'
 * ```
 */
export function colorOf(place: number): string {
  return colors[place % colors.length];
}

/**
 * The dashes that tell a candidate from the others where colours do not.
 *
 * @param place which of the candidates, from 0
 *
 * @example
 * ```ts
 * dashOf(1) // => 'dash'
 * ```
 */
export function dashOf(place: number): string {
  return dashes[place % dashes.length];
}

/**
 * The formula of a line, as one writes it.
 *
 * @param line slope and intercept
 *
 * @example
 * ```ts
 * lineName({ a: 3, b: -2 }) // => 'y = 3x - 2'
 * lineName({ a: 2, b: 0 }) // => 'y = 2x'
 * ```
 */
export function lineName({ a, b }: Candidate): string {
  if (b === 0) return `y = ${a}x`;
  return `y = ${a}x ${b < 0 ? '-' : '+'} ${Math.abs(b)}`;
}

/**
 * A candidate, drawn from one x to another.
 *
 * @param line slope and intercept
 * @param place which of the candidates, from 0
 * @param span first and last x
 *
 * @example
 * ```ts
 * candidateLine({ a: 2, b: 1 }, 0, [0, 4]).y // => [1, 9]
 * ```
 */
export function candidateLine({ a, b }: Candidate, place: number, span: readonly [number, number]): Part {
  return {
    type: 'scatter',
    mode: 'lines',
    name: lineName({ a, b }),
    x: span,
    y: span.map(x => a * x + b),
    line: { color: colorOf(place), dash: dashOf(place), width: 3 },
    hoverinfo: 'skip',
  };
}

/**
 * The first points of a dataset.
 *
 * @param dataset the points
 * @param count how many
 *
 * @example
 * ```ts
 * firstPoints({ inputs: Float64Array.of(1, 2), targets: Float64Array.of(3, 4) }, 1).targets // => Float64Array.of(3)
 * ```
 */
export function firstPoints(dataset: Dataset, count: number): Dataset {
  return pick(
    dataset,
    Array.from({ length: count }, (_, i) => i),
  );
}
