import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { plotlyPage } from '../../jupyter/pictures/picture.ts';
import { addNoise, evenlySpaced, pointsOnLine, splitKnownFuture } from '../../lib/dataset.ts';
import { type Figure, jupyterDisplay } from '../../lib/figure/figure.ts';
import { onlyChanges } from '../../lib/figure/frames.ts';
import { knownAndFuture } from '../../lib/figure/known-and-future.ts';
import { lineAndLoss } from '../../lib/figure/line-and-loss.ts';
import { lineSlider } from '../../lib/figure/line-slider.ts';
import { lossShapes } from '../../lib/figure/loss-shapes.ts';
import { lossSquares } from '../../lib/figure/loss-squares.ts';
import { palette } from '../../lib/figure/palette.ts';
import { residualPlot } from '../../lib/figure/residual-plot.ts';
import { seededRandom } from '../../lib/random.ts';

const points = pointsOnLine([1, 2, 3], 2);
const measured = addNoise(pointsOnLine(evenlySpaced(0.1, 4, 40), 2), 0.8, seededRandom(9));
const { known, future } = splitKnownFuture(measured, 30);
const slopes = evenlySpaced(0, 4, 9);

const figures: Record<string, Figure> = {
  residualPlot: residualPlot(points, 1),
  'residualPlot, steep': residualPlot(points, 3),
  lossSquares: lossSquares(points, 1),
  'lossSquares, steep': lossSquares(points, 3),
  lineSlider: lineSlider(known, slopes, 0.5),
  lineAndLoss: lineAndLoss(points, slopes, 1),
  'lineAndLoss, curve': lineAndLoss(known, slopes, 1, 'curve'),
  lossShapes: lossShapes(points, slopes),
  knownAndFuture: knownAndFuture(known, future, 2),
};

interface Json {
  [name: string]: never | Json | Json[] | string | number | null;
}

interface PlotlyJson {
  config: { responsive?: boolean };
  data: Json[];
  layout: Json & { sliders?: { active: number; steps: { args: [[string], Json] }[] }[] };
  frames: { name: string; data: Json[]; traces: number[] }[];
}

function shownBy(figure: Figure): PlotlyJson {
  const bundle = figure[jupyterDisplay]();
  return JSON.parse(JSON.stringify(bundle['application/vnd.plotly.v1+json']));
}

function complaints(data: unknown, layout: unknown): string[] {
  const { Plotly, adopt } = plotlyPage();
  // Copied, since a list from the page is of another kind than ours.
  const found = Array.from(Plotly.validate(adopt(data), adopt(layout)) ?? []);
  // Plotly cannot know what `args` of a slider's step hold and warns of each.
  return found.filter(({ code }) => code !== 'dynamic').map(({ msg }) => msg);
}

for (const [name, figure] of Object.entries(figures)) {
  const { data, layout, frames } = shownBy(figure);

  test(`${name}: Plotly accepts it, and every frame put into it`, () => {
    assert.equal(complaints(data, layout), []);
    for (const frame of frames) {
      assert.is(frame.data.length, frame.traces.length);
      const state = data.map((trace, place) => ({ ...trace, ...frame.data[frame.traces.indexOf(place)] }));
      assert.equal(complaints(state, layout), []);
    }
  });

  test(`${name}: no trace needs WebGL, no number got lost`, () => {
    for (const { type } of data) assert.ok(['scatter', 'bar', 'heatmap', 'contour'].includes(String(type)));
    assert.not.match(JSON.stringify({ data, layout }), /NaN|Infinity/);
  });

  test(`${name}: each axis has a title and a fixed range`, () => {
    const axes = Object.entries(layout).filter(([key]) => /^[xy]axis\d*$/.test(key));
    assert.ok(axes.length >= 2);
    for (const [, axis] of axes) {
      const { title, range } = axis as unknown as { title: { text: string }; range: number[] };
      assert.ok(title.text.length > 0);
      assert.ok(range[0] < range[1]);
    }
  });

  test(`${name}: only colours of the palette, page colours see-through`, () => {
    const text = JSON.stringify({ data, layout, frames });
    const colors = new Set<string>(Object.values(palette));
    for (const [color] of text.matchAll(/#[0-9a-f]{3,8}\b/gi)) assert.ok(colors.has(color), color);
    assert.is(layout.paper_bgcolor, 'rgba(0, 0, 0, 0)');
    assert.is(layout.plot_bgcolor, 'rgba(0, 0, 0, 0)');
  });

  test(`${name}: the takeaway is a sentence`, () => {
    const words = figure[jupyterDisplay]()['text/plain'];
    assert.is(words, figure.takeaway);
    assert.match(String(words), /^[A-Z].*\.$/);
    assert.not.match(String(words), /NaN|undefined/);
  });

  if (layout.sliders) {
    test(`${name}: each step of the slider shows its frame, redrawn`, () => {
      const [{ active, steps }] = layout.sliders ?? [];
      const names = frames.map(frame => frame.name);
      assert.is(new Set(names).size, names.length);
      assert.equal(
        steps.map(step => step.args[0][0]),
        names,
      );
      for (const step of steps) {
        assert.equal(step.args[1], {
          mode: 'immediate',
          frame: { duration: 0, redraw: true },
          transition: { duration: 0 },
        });
      }
      // What is drawn at first is the frame at which the slider stands.
      frames[active].data.forEach((changed, i) => {
        for (const [key, value] of Object.entries(changed)) {
          assert.equal(data[frames[active].traces[i]][key], value as never);
        }
      });
    });
  }
}

test('figures are not `responsive`, which JupyterLab answers with a strip in place of the picture', () => {
  for (const figure of Object.values(figures)) assert.not.ok(shownBy(figure).config.responsive);
});

test('residualPlot: dashed segments from the data to the line', () => {
  const { data } = shownBy(residualPlot(points, 1));
  const segments = data.find(trace => trace.name === 'residuals');
  assert.equal(segments?.x, [1, 1, null, 2, 2, null, 3, 3, null] as never);
  assert.equal(segments?.y, [2, 1, null, 4, 2, null, 6, 3, null] as never);
});

test('lossSquares: the areas are 1, 4 and 9, none of them on the other side of the line', () => {
  const { data } = shownBy(lossSquares(points, 1));
  const squares = data.filter(trace => trace.fill === 'toself') as unknown as { x: number[]; y: number[] }[];
  const area = ({ x, y }: { x: number[]; y: number[] }) => Math.abs((x[1] - x[0]) * (y[2] - y[1]));
  assert.equal(squares.map(area), [1, 4, 9]);
  for (const { x, y } of squares) assert.ok(x.every((corner, i) => y[i] >= corner));
});

test('lineAndLoss: the point on the right moves along 14 (2 - a)^2', () => {
  const { frames } = shownBy(lineAndLoss(points, slopes, 1));
  for (const { name, data } of frames) {
    const a = Number(name);
    const point = data[4] as unknown as { x: number[]; y: number[] };
    assert.equal(point, { x: [a], y: [14 * (2 - a) ** 2] });
  }
});

test('lineAndLoss: a trail shows the losses up to the chosen a, a curve all of them', () => {
  const lengths = ({ frames, data }: PlotlyJson) =>
    frames.map(frame => ((frame.data[3].x ?? data[3].x) as unknown as number[]).length);
  assert.equal(lengths(shownBy(lineAndLoss(points, slopes, 1))), [1, 2, 3, 4, 5, 6, 7, 8, 9]);
  assert.equal(lengths(shownBy(lineAndLoss(points, slopes, 1, 'curve'))), new Array(9).fill(9));
});

test('onlyChanges: what is equal in all frames goes, what differs in one stays in all', () => {
  const frame = (name: string, y: number, size: number) => ({
    name,
    traces: [0],
    data: [{ type: 'scatter', y: [y], marker: { size } }],
  });
  const slim = onlyChanges([frame('a', 1, 5), frame('b', 1, 5), frame('c', 1, 6)]);
  assert.equal(
    slim.map(({ data }) => data[0]),
    [{ marker: { size: 5 } }, { marker: { size: 5 } }, { marker: { size: 6 } }],
  );
});

test.run();
