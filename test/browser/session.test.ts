// The session core means the same in a browser's worker as in Node, over one list of cells.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Files } from '../kernel/browser/browser-host.ts';
import { openInNode, writeProject } from '../kernel/session/node-host.ts';
import { projectFiles } from '../kernel/session/project.ts';
import { type Report, run } from '../kernel/session/run.ts';
import { workerScript } from './worker-script.ts';

const root = fileURLToPath(new URL('../../', import.meta.url)).replaceAll('\\', '/');
interface PageScope {
  inWorker(files: Files): Promise<{ report?: Report; failed?: string }>;
}

const address = 'http://session.test';

const page = `<!doctype html><title>session</title><script>
  globalThis.inWorker = files => new Promise(resolve => {
    const worker = new Worker('/worker.js');
    worker.onmessage = event => resolve(event.data);
    worker.onerror = event => resolve({ failed: event.message });
    worker.postMessage(files);
  });
</script>`;

/** Under the same paths as in Node. */
function filesFor(folder: string): Files {
  const libraryDirectory = `${root}node_modules/typescript/lib`;
  const libraries = readdirSync(libraryDirectory).filter(name =>
    /^lib\.(?!dom|webworker|scripthost).*\.d\.ts$/.test(name),
  );
  const texts: Record<string, string> = {};
  for (const name of libraries) {
    texts[`${libraryDirectory}/${name}`] = readFileSync(join(libraryDirectory, name), 'utf8');
  }
  for (const [path, text] of Object.entries(projectFiles)) texts[`${folder}/${path}`] = text;
  return { folder, libraryDirectory, texts };
}

async function runInBrowser(executablePath: string, files: Files): Promise<Report> {
  const script = await workerScript('test/kernel/browser/worker.ts');
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  try {
    const tab = await browser.newPage();
    await tab.route(`${address}/**`, route => {
      const isWorker = route.request().url().endsWith('/worker.js');
      const contentType = isWorker ? 'text/javascript' : 'text/html';
      return route.fulfill({
        contentType,
        body: isWorker ? script : page,
      });
    });
    await tab.goto(address);
    const message = await tab.evaluate(sent => (globalThis as unknown as PageScope).inWorker(sent), files);
    if (!message.report) throw new Error(message.failed);
    return message.report;
  } finally {
    await browser.close();
  }
}

const { findChromium } = await import(`${root}test/runner/chromium.mjs`);
const executablePath: string | undefined = findChromium();
if (executablePath) {
  const folder = writeProject(projectFiles);
  const [here, there] = [await run(openInNode(folder)), await runInBrowser(executablePath, filesFor(folder))];

  for (const [name, outcomes] of Object.entries(here.cells)) {
    outcomes.forEach((outcome, i) => {
      test(`${name}, cell ${i + 1}`, () => assert.equal(there.cells[name][i], plain(outcome)));
    });
  }
  for (const place of Object.keys(here.completions)) {
    test(`completion ${place}`, () => assert.equal(there.completions[place], plain(here.completions[place])));
  }
  for (const place of Object.keys(here.inspections)) {
    test(`inspection ${place}`, () => assert.equal(there.inspections[place], plain(here.inspections[place])));
  }
} else {
  const words = 'no Chromium on this machine (Debian: apt install chromium; or name one in CHROMIUM)';
  if (process.env.CI) test(words, () => assert.unreachable(words));
  else test.skip(words, () => {});
  console.log(`skipped: ${words}`);
}

/** As it arrives from the page: without what is undefined. */
function plain<T>(value: T): T {
  return JSON.parse(JSON.stringify(value));
}

test.run();
