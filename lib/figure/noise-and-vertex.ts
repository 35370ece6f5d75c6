import { type Dataset, evenlySpaced } from '../dataset.ts';
import { lossOfLineThroughOrigin } from '../loss.ts';
import { heightAt, lossCoefficients, vertexOf } from '../parabola.ts';
import { type Figure, type Frame, figure, type Part } from './figure.ts';
import { onlyChanges } from './frames.ts';
import { axis, baseLayout, rangeOf, roomAbove } from './layout.ts';
import { palette, translucent } from './palette.ts';
import { slider } from './slider.ts';
import { dataPoints, label, modelLine } from './traces.ts';

/** The same points with some strength of noise. */
export interface NoisyCase {
  readonly noise: number;
  readonly dataset: Dataset;
}

/**
 * What noise does to the parabola: points and their best line beside the loss, moved by the strength of the noise.
 *
 * The parabola of the first case stays as a dotted line, to compare with.
 *
 * @param cases the same inputs with growing noise; the first is the one to compare with
 * @param active the case to begin with
 *
 * @example
 * ```ts
 * const inputs = Float64Array.of(1, 2)
 * const clean = { noise: 0, dataset: { inputs, targets: Float64Array.of(2, 4) } }
 * const noisy = { noise: 1, dataset: { inputs, targets: Float64Array.of(3, 4) } }
 * noiseAndVertex([clean, noisy], 1).takeaway // => 'From noise 0.0 to 1.0 the lowest point moves from a = 2.000 with loss 0.00 to a = 2.200 with loss 0.80; the parabola keeps its shape.'
 * ```
 */
export function noiseAndVertex(cases: readonly NoisyCase[], active: number): Figure {
  const view = viewOf(cases);
  const frames = cases.map(noisy => frameAt(view, noisy));
  return figure({
    data: [
      ...frames[active].data,
      lossCurve(cases[0].dataset, view.a, {
        name: `loss with noise ${cases[0].noise.toFixed(1)}`,
        line: { color: palette.text, width: 2, dash: 'dot' },
      }),
    ],
    layout: layoutOf(view, frames, active),
    frames: onlyChanges(frames),
    takeaway: takeaway(cases),
  });
}

interface View {
  readonly x: [number, number];
  readonly y: [number, number];
  readonly a: [number, number];
  readonly loss: [number, number];
}

// The loss is measured there: the vertex formula subtracts large numbers and can end just below 0.
function lowestPoint(dataset: Dataset): { a: number; loss: number } {
  const { a } = vertexOf(lossCoefficients(dataset));
  return { a, loss: lossOfLineThroughOrigin([a], dataset).loss };
}

function viewOf(cases: readonly NoisyCase[]): View {
  const vertices = cases.map(({ dataset }) => lowestPoint(dataset));
  const targets = cases.flatMap(({ dataset }) => [...dataset.targets]);
  const centre = vertices[0].a;
  const reach = 4 * Math.max(0.1, ...vertices.map(({ a }) => Math.abs(a - centre)));
  const highest = Math.max(...vertices.map(({ loss }) => loss));
  const { A } = lossCoefficients(cases[0].dataset);
  return {
    x: [0, rangeOf(cases[0].dataset.inputs, 0.1)[1]],
    y: roomAbove(targets),
    a: [centre - reach, centre + reach],
    loss: rangeOf([0, highest + 0.7 * A * reach ** 2], 0.05),
  };
}

function frameAt(view: View, { noise, dataset }: NoisyCase): Frame {
  const vertex = lowestPoint(dataset);
  const at = ([low, high]: [number, number], part: number) => low + part * (high - low);
  // In two lines, so that it stays between the arms of the parabola.
  const words = `lowest loss ${vertex.loss.toFixed(2)}<br>at a = ${vertex.a.toFixed(3)}`;
  return {
    name: noise.toFixed(1),
    traces: [0, 1, 2, 3, 4],
    data: [
      dataPoints(dataset),
      { ...modelLine(vertex.a, view.x), name: 'best line' },
      lossCurve(dataset, view.a, { name: 'loss', line: { color: palette.loss, width: 3 } }),
      vertexMark(vertex),
      label(at(view.a, 0.5), at(view.loss, 0.9), words, palette.loss, {
        xaxis: 'x2',
        yaxis: 'y2',
        textposition: 'middle center',
      }),
    ],
  };
}

function lossCurve(dataset: Dataset, [from, to]: readonly [number, number], parts: Part): Part {
  const parabola = lossCoefficients(dataset);
  const x = evenlySpaced(from, to, 61);
  const hovertemplate = 'a = %{x}<br>loss = %{y}<extra></extra>';
  const y = x.map(a => heightAt(parabola, a));
  return { type: 'scatter', mode: 'lines', x, y, xaxis: 'x2', yaxis: 'y2', hovertemplate, ...parts };
}

function vertexMark({ a, loss }: { a: number; loss: number }): Part {
  return {
    type: 'scatter',
    mode: 'lines+markers',
    name: 'vertex, and its height',
    x: [a, a],
    y: [0, loss],
    line: { color: translucent(palette.loss, 0.9), width: 2, dash: '4px,3px' },
    marker: { color: palette.loss, size: [0, 13], symbol: 'diamond' },
    xaxis: 'x2',
    yaxis: 'y2',
    hovertemplate: 'a = %{x}<br>loss = %{y}<extra></extra>',
  };
}

function layoutOf(view: View, frames: readonly Frame[], active: number): Part {
  return baseLayout({
    height: 520,
    margin: { l: 64, r: 24, t: 64, b: 40 },
    xaxis: axis('x, input', view.x, { domain: [0, 0.44] }),
    yaxis: axis('y, target and output', view.y),
    xaxis2: axis('a, slope', view.a, { domain: [0.56, 1], anchor: 'y2' }),
    yaxis2: axis('loss, sum of squares', view.loss, { anchor: 'x2' }),
    sliders: [slider('noise', frames, active)],
  });
}

function takeaway(cases: readonly NoisyCase[]): string {
  const [clean, noisiest] = [cases[0], cases[cases.length - 1]].map(({ noise, dataset }) => {
    const { a, loss } = lowestPoint(dataset);
    return { noise: noise.toFixed(1), point: `a = ${a.toFixed(3)} with loss ${loss.toFixed(2)}` };
  });
  return (
    `From noise ${clean.noise} to ${noisiest.noise} the lowest point moves from ${clean.point} ` +
    `to ${noisiest.point}; the parabola keeps its shape.`
  );
}
