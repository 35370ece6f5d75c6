// The WebAssembly kernels leave the same bits behind in a browser's worker as in Node.
import { chromium } from 'playwright-core';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type Bits, bitsOfAllKernels } from '../lib/tensor/browser/all-kernels.ts';
import { workerScript } from './worker-script.ts';

/** What the worker posts, in a page of its own. */
async function bitsInBrowser(executablePath: string): Promise<Bits> {
  const script = await workerScript('test/lib/tensor/browser/worker.ts');
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  try {
    const tab = await browser.newPage();
    return await tab.evaluate(source => {
      const page = globalThis as unknown as PageScope;
      return new page.Promise<Bits>((resolve, reject) => {
        const url = page.URL.createObjectURL(new page.Blob([source], { type: 'text/javascript' }));
        const worker = new page.Worker(url);
        worker.onmessage = event => resolve(event.data);
        worker.onerror = event => reject(new Error(event.message));
      });
    }, script);
  } finally {
    await browser.close();
  }
}

/** What the code that runs in the page needs of it. */
interface PageScope {
  readonly Promise: typeof Promise;
  readonly URL: { createObjectURL(blob: object): string };
  readonly Blob: new (parts: string[], options: { type: string }) => object;
  readonly Worker: new (
    url: string,
  ) => {
    onmessage: (event: { data: Bits }) => void;
    onerror: (event: { message: string }) => void;
  };
}

const { findChromium } = await import(new URL('../runner/chromium.mjs', import.meta.url).href);
const executablePath: string | undefined = findChromium();
if (executablePath) {
  const [here, there] = [bitsOfAllKernels(), await bitsInBrowser(executablePath)];
  for (const [name, bits] of Object.entries(here)) {
    test(`${name}: the same bits`, () => assert.equal(there[name], bits));
  }
} else {
  const words = 'no Chromium on this machine (Debian: apt install chromium; or name one in CHROMIUM)';
  if (process.env.CI) test(words, () => assert.unreachable(words));
  else test.skip(words, () => {});
  console.log(`skipped: ${words}`);
}

test.run();
