import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Locator } from 'playwright-core';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { JupyterLab } from './jupyter-lab.ts';
import { LessonCopy } from './lesson-copy.ts';
import { NotebookPage, until } from './notebook-page.ts';

/** A newcomer's hour with notebook 02, in one browser tab: each test goes on where the one before it stopped. */
const lesson = 'notebooks/en/02-data-and-model.ipynb';
const pictures = process.env.SCREENSHOTS ?? join(tmpdir(), 'screenshots');

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

let copy: LessonCopy;
let lab: JupyterLab;
let browser: Browser;
let notebook: NotebookPage;
const requestsElsewhere: string[] = [];

async function openLesson() {
  mkdirSync(pictures, { recursive: true });
  copy = new LessonCopy(lesson);
  lab = new JupyterLab(copy.folder);
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: flags,
  });
  const page = await browser.newPage({ viewport: { width: 1400, height: 1000 } });
  page.on('request', request => {
    if (!/^(http:\/\/127\.0\.0\.1:|data:|blob:)/.test(request.url())) requestsElsewhere.push(request.url());
  });
  notebook = new NotebookPage(page);
  await notebook.open(await lab.address(lesson));
}

test.before(async () => {
  // uvu says nothing of an error in here.
  await openLesson().catch(error => {
    console.error(error);
    throw error;
  });
});

test.after(async () => {
  await browser?.close();
  await lab?.stop();
  copy?.remove();
});

async function photograph(name: string) {
  await notebook.page.screenshot({ path: join(pictures, `${name}.png`) });
}

/** A test whose failure leaves a picture of the page. */
function step(name: string, body: () => Promise<void>) {
  test(name, async () => {
    try {
      await body();
    } catch (error) {
      await photograph(`failed ${name.replace(/\W+/g, ' ').trim()}`);
      throw error;
    }
  });
}

step('Run All runs every cell, without an error', async () => {
  await notebook.menu('Run', 'Run All Cells');
  const last = notebook.codeCell('the loss at a = 1 is 14');
  assert.match(await notebook.output(last), /true/);
  await notebook.kernelIsIdle();
  const errors = notebook.page.locator('[data-mime-type="application/vnd.jupyter.error"]');
  assert.equal(await errors.allInnerTexts(), []);
});

/** What a view draws: the paths of its curves. */
function drawing(view: Locator) {
  return view.locator('path').evaluateAll(paths => paths.map(path => path.getAttribute('d')).join(' '));
}

step('the figure is there, and its slider moves both views', async () => {
  const cell = notebook.codeCell('lineAndLoss(known');
  await cell.scrollIntoViewIfNeeded();
  const figure = cell.locator('.js-plotly-plot');
  await figure.waitFor();
  const [left, right] = ['xy', 'x2y2'].map(name => figure.locator(`.cartesianlayer .subplot.${name}`));
  const before = [await drawing(left), await drawing(right)];
  assert.ok(
    before.every(paths => paths.length > 0),
    'both views are drawn',
  );
  const rail = figure.locator('.slider-rail-touch-rect');
  await rail.scrollIntoViewIfNeeded();
  const box = await rail.boundingBox();
  assert.ok(box, 'the slider is there');
  await rail.click({ position: { x: box.width * 0.75, y: box.height / 2 } });
  await until('the left view moves', async () => (await drawing(left)) !== before[0]);
  await until('the right view moves', async () => (await drawing(right)) !== before[1]);
  await photograph('slider light');
});

step('the stop button ends a spinning cell, and the next cell runs', async () => {
  const cell = await notebook.addCell('while (true) {}');
  await notebook.runSelected();
  await notebook.page.locator('#jp-main-statusbar').getByText('TypeScript | Busy').waitFor();
  await notebook.button('Interrupt the kernel');
  assert.match(await notebook.output(cell), /KeyboardInterrupt/);
  assert.is(await notebook.runNew('points.inputs.length'), '3');
});

step('a loop that prints without end is stopped, and the page still answers', async () => {
  const cell = await notebook.addCell('for (let i = 0; ; i++) console.log(i);');
  const last = await notebook.codeCells.count();
  await notebook.runSelected();
  await cell.locator('.jp-OutputArea-output').first().waitFor();
  // What a person takes to see it and to find the button.
  await new Promise(resolve => setTimeout(resolve, 4000));
  await notebook.button('Interrupt the kernel');
  const output = notebook.codeCells.nth(last - 1).locator('.jp-OutputArea');
  await until('the end', async () => /KeyboardInterrupt/.test((await output.textContent()) ?? ''), 120);
  await notebook.menu('Edit', 'Clear Cell Output');
  assert.is(await notebook.runNew('points.inputs.length'), '3');
});

step('Tab completes members', async () => {
  const cell = await notebook.addCell('points.');
  await notebook.page.keyboard.press('Tab');
  const completer = notebook.page.locator('.jp-Completer');
  await completer.getByText('targets').first().waitFor();
  await photograph('completion');
  await notebook.page.keyboard.insertText('tar');
  await notebook.page.keyboard.press('Enter');
  await cell.getByText('points.targets').waitFor();
});

step('Shift+Tab shows the type', async () => {
  await notebook.addCell('best');
  await notebook.page.keyboard.press('Shift+Tab');
  const tooltip = notebook.page.locator('.jp-Tooltip');
  await tooltip.getByText('number').first().waitFor();
  assert.match((await tooltip.textContent()) ?? '', /best: number/);
  await photograph('type');
  await notebook.page.keyboard.press('Escape');
});

step('an edited lib file is used at the next run', async () => {
  const code = `import { edited } from '../../lib/model.ts';\nedited`;
  const cell = await notebook.addCell(code);
  await notebook.runSelected();
  assert.match(await notebook.output(cell), /before/);
  copy.editLib('after');
  await notebook.runSelected();
  await until('the new value', async () => /after/.test(await notebook.output(cell)));
});

step('Restart forgets every variable, and running again brings them back', async () => {
  await notebook.button('Restart the kernel');
  await notebook.page.getByRole('dialog').getByRole('button', { name: 'Confirm Kernel Restart' }).click();
  await notebook.kernelIsIdle();
  assert.match(await notebook.runNew('points.inputs[0]'), /Cannot find name 'points'/);
  await notebook.select(notebook.codeCell('const points = pointsOnLine'));
  await notebook.runSelected();
  assert.is(await notebook.runNew('points.inputs[2]'), '3');
});

step('the figure can be seen in the dark theme', async () => {
  await notebook.menu('Settings', 'Theme', 'JupyterLab Dark');
  await notebook.page.locator('body[data-jp-theme-light="false"]').waitFor({ state: 'attached' });
  const figure = notebook.codeCell('lineAndLoss(known').locator('.js-plotly-plot');
  // Hovering waits until it stands still in the window.
  await figure.hover();
  await photograph('slider dark');
});

step('nothing was asked of any other server', async () => {
  assert.equal(requestsElsewhere, []);
});

test.run();
