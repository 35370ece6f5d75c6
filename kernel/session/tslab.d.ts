/** The module `tslab` as this kernel provides it: tslab's own types, and `display` can be called. */

import type { Display as TslabDisplay } from 'tslab/dist/public';

export { versions } from 'tslab/dist/public';

/** What goes with a rich content, also as `metadata` and `buffers` of what `[Symbol.for('Jupyter.display')]()` gives. */
export interface Beside {
  /** By MIME type: `{ 'image/png': { width: 300 } }`. */
  metadata?: Record<string, unknown>;
  /** Bytes for a front end that reads them from the message itself. JupyterLab's own pictures come as a body. */
  buffers?: readonly (ArrayBufferLike | ArrayBufferView)[];
}

export interface Display extends TslabDisplay {
  raw(contentType: string, body: string | object, beside?: Beside): void;
}

/** A display whose content each call replaces. */
export declare function newDisplay(): Display;

interface CallableDisplay extends Display {
  /** Shows a value below the cell: a figure, or anything with `[Symbol.for('Jupyter.display')]()`. */
  (value: unknown): void;
  /** Empties the cell's output, with `wait` only when something new is shown: so that a live picture does not flicker. */
  clear(options?: { wait?: boolean }): void;
}

/** Shows rich content below the cell: `display(figure)`, `display.html('<b>bold</b>')`. */
export declare const display: CallableDisplay;
