import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { TextDecoder, TextEncoder } from 'node:util';
import { JSDOM, VirtualConsole } from 'jsdom';
import { installCanvas } from './canvas.ts';
import type { Font } from './font.ts';
import { installGeometry, type Page } from './geometry.ts';

/** What is used of Plotly. */
export interface Plotly {
  readonly version: string;
  toImage(figure: object, options: object): Promise<string>;
  /** Undefined where all is well, else the list of complaints. */
  validate(data: unknown, layout: unknown): { code: string; msg: string }[] | undefined;
}

/** Plotly on a page without a screen. */
export interface PlotlyPage {
  readonly Plotly: Plotly;
  /** A value made anew inside the page: Plotly takes only the page's own objects for plain ones. */
  adopt(value: unknown): unknown;
}

/**
 * Loads Plotly into a jsdom page that can measure texts in the given font. Takes about a second.
 */
export function loadPlotly(font: Font): PlotlyPage {
  const { window } = new JSDOM('<!DOCTYPE html><body></body>', {
    runScripts: 'outside-only',
    pretendToBeVisual: true,
    // Errors of the page reach us as exceptions; its console would only repeat them.
    virtualConsole: new VirtualConsole(),
  });
  Object.assign(window, { TextDecoder, TextEncoder });
  Object.assign(window.URL, { createObjectURL: () => 'blob:none', revokeObjectURL: () => undefined });
  installCanvas(window);
  installGeometry(window as unknown as Page, font);
  window.eval(readFileSync(createRequire(import.meta.url).resolve('plotly.js-dist'), 'utf8'));
  return {
    Plotly: window.Plotly as Plotly,
    adopt: value => window.JSON.parse(JSON.stringify(value)),
  };
}
