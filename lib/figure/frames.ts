import type { Frame, Part } from './figure.ts';

/**
 * The same frames without what is equal in all of them: colours, names, points that stay.
 *
 * A frame changes the traces it finds, so it need not repeat them; a figure with forty frames becomes
 * several times smaller. What varies anywhere is kept everywhere, since a slider jumps in any order.
 *
 * @param frames complete states of the same traces, at least one
 *
 * @example
 * ```ts
 * const state = (name: string, y: number) => ({ name, traces: [0], data: [{ mode: 'lines', y: [y] }] })
 * onlyChanges([state('low', 1), state('high', 2)])[1].data // => [{ y: [2] }]
 * ```
 */
export function onlyChanges(frames: readonly Frame[]): Frame[] {
  const varying = frames[0].data.map((trace, place) => {
    const same = (name: string) =>
      frames.every(frame => inJson(frame.data[place][name]) === inJson(trace[name]));
    return Object.keys(trace).filter(name => !same(name));
  });
  return frames.map(frame => ({
    ...frame,
    data: frame.data.map((trace, place) => pick(trace, varying[place])),
  }));
}

function pick(trace: Part, names: readonly string[]): Part {
  return Object.fromEntries(names.map(name => [name, trace[name]]));
}

function inJson(value: unknown): string {
  return JSON.stringify(value) ?? '';
}
