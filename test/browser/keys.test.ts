// The keys of the course's figures lie beside their axes and buttons, also on a page that grows wider.
import { createRequire } from 'node:module';
import { type Browser, chromium, type Page } from 'playwright-core';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { readCourse } from '../notebooks/course.ts';

const mimeType = 'application/vnd.plotly.v1+json';

/** Widths in pixels at which a figure is drawn, and to which its page then grows. */
const widths = [
  [960, 960],
  [620, 960],
  [700, 1220],
  [560, 560],
];

/** In the page: what the key of a figure lies over. */
const overlaps = `async (figure, before, after) => {
  const element = document.body.appendChild(document.createElement('div'));
  await Plotly.newPlot(element, figure.data, { ...figure.layout, width: before });
  if (after !== before) await Plotly.relayout(element, { width: after });
  const key = element.querySelector('g.legend')?.getBoundingClientRect();
  const corner = element.getBoundingClientRect();
  const axes = Object.entries(element._fullLayout._plots ?? {}).map(([name, { xaxis, yaxis }]) => {
    const [left, top] = [corner.left + xaxis._offset, corner.top + yaxis._offset];
    return [name, { left, top, right: left + xaxis._length, bottom: top + yaxis._length }];
  });
  const parts = ['.updatemenu-button', '.slider-group', '.annotation'].flatMap(name =>
    [...element.querySelectorAll(name)].map(part => [name, part.getBoundingClientRect()]),
  );
  const isOver = box =>
    Math.min(box.right, key.right) - Math.max(box.left, key.left) > 1 &&
    Math.min(box.bottom, key.bottom) - Math.max(box.top, key.top) > 1;
  const found = key ? [...axes, ...parts].filter(([, box]) => isOver(box)).map(([name]) => name) : [];
  element.remove();
  return { hasKey: key !== undefined, found };
}`;

let browser: Browser;
let page: Page;

test.before(async () => {
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
  browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  page = await browser.newPage({ viewport: { width: 1300, height: 900 } });
  await page.addScriptTag({ path: createRequire(import.meta.url).resolve('plotly.js-dist') });
});

test.after(() => browser?.close());

let keys = 0;

for (const { language, name, notebook } of readCourse()) {
  const outputs = notebook.cells.flatMap(cell => cell.outputs ?? []);
  const figures = outputs.flatMap(({ data }) => data?.[mimeType] ?? []);
  test(`${language}/${name}: no key lies over axes, buttons or labels`, async () => {
    for (const [place, figure] of figures.entries()) {
      for (const [before, after] of widths) {
        const call = `(${overlaps})(${JSON.stringify(figure)}, ${before}, ${after})`;
        const { hasKey, found } = await page.evaluate<{ hasKey: boolean; found: string[] }>(call);
        if (hasKey) keys++;
        assert.equal(found, [], `figure ${place + 1}, drawn at ${before} and shown at ${after} pixels`);
      }
    }
  });
}

test('the figures have keys to look at', () => {
  assert.ok(keys > 100, `${keys}`);
});

test.run();
