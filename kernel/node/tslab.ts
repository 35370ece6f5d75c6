import { randomBytes } from 'node:crypto';
import { type Beside, bundleOf, toBundle } from './display.ts';
import type { PackedBundle } from './messages.ts';
import { currentRun } from './runs.ts';

/** Sends a bundle to the cell at work. */
export type Show = (bundle: PackedBundle, options: { displayId?: string; update: boolean }) => void;

const types = {
  javascript: 'text/javascript',
  html: 'text/html',
  markdown: 'text/markdown',
  latex: 'text/latex',
  svg: 'image/svg+xml',
  png: 'image/png',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  pdf: 'application/pdf',
  text: 'text/plain',
} as const;

type Body = string | Uint8Array;
type Methods = { raw(contentType: string, body: string | object, beside?: Beside): void } & Record<
  keyof typeof types,
  (body: Body) => void
>;

function methods(show: (bundle: PackedBundle) => void): Methods {
  const raw = (contentType: string, body: string | object, beside?: Beside) =>
    show(bundleOf({ [contentType]: body }, beside));
  const named = Object.entries(types).map(([name, type]) => [name, (body: Body) => raw(type, body)]);
  return { raw, ...Object.fromEntries(named) };
}

/** The module `tslab`: what notebooks written for tslab import. */
export function createTslab(
  show: Show,
  clear: (wait: boolean) => void,
  versions: { tslab: string; typescript: string },
) {
  const display = Object.assign(
    (value: unknown): void => {
      const bundle = toBundle(value);
      if (!(bundle instanceof Promise)) return show(bundle, { update: false });
      currentRun()?.displays.push(bundle.then(later => show(later, { update: false })));
    },
    methods(bundle => show(bundle, { update: false })),
    { clear: ({ wait = false } = {}) => clear(wait) },
  );
  const newDisplay = (): Methods => {
    // Never one of an earlier kernel's, whose pictures are still in the notebook.
    const displayId = randomBytes(8).toString('hex');
    let update = false;
    return methods(bundle => {
      show(bundle, { displayId, update });
      update = true;
    });
  };
  return {
    display,
    newDisplay,
    // Printed as any object of the learner's is.
    versions: Object.setPrototypeOf(
      { tslab: versions.tslab, typescript: versions.typescript, node: process.version },
      globalThis.Object.prototype,
    ) as Record<'tslab' | 'typescript' | 'node', string>,
  };
}
