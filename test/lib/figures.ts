// What every figure of the course has to keep; the tests of single figures call it.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { plotlyPage } from '../../jupyter/pictures/picture.ts';
import { type Figure, jupyterDisplay } from '../../lib/figure/figure.ts';
import { palette } from '../../lib/figure/palette.ts';

export interface Json {
  [name: string]: never | Json | Json[] | string | number | null;
}

export interface PlotlyJson {
  config: { responsive?: boolean };
  data: Json[];
  layout: Json & { sliders?: { active: number; steps: { args: [[string], Json] }[] }[] };
  frames: { name: string; data: Json[]; traces: number[] }[];
}

/** What a front end gets of a figure. */
export function shownBy(figure: Figure): PlotlyJson {
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

/** One test a rule for each of the figures. */
export function testFigures(figures: Record<string, Figure>): void {
  for (const [name, figure] of Object.entries(figures)) {
    const shown = shownBy(figure);
    testDrawing(name, shown);
    testReading(name, figure, shown);
    if (shown.layout.sliders) testSlider(name, shown);
  }
}

function testDrawing(name: string, { config, data, layout, frames }: PlotlyJson): void {
  test(`${name}: not \`responsive\`, which JupyterLab answers with a strip in place of the picture`, () => {
    assert.not.ok(config.responsive);
  });

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
}

function testReading(name: string, figure: Figure, { data, layout, frames }: PlotlyJson): void {
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
}

function testSlider(name: string, { data, layout, frames }: PlotlyJson): void {
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
