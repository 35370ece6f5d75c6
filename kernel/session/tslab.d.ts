/** The module `tslab` as this kernel provides it: tslab's own types, and `display` can be called. */

import type { Display as TslabDisplay } from 'tslab/dist/public';

export { newDisplay, versions } from 'tslab/dist/public';

export interface Display extends TslabDisplay {}

interface CallableDisplay extends Display {
  /** Shows a value below the cell: a figure, or anything with `[Symbol.for('Jupyter.display')]()`. */
  (value: unknown): void;
  /** Empties the cell's output, with `wait` only when something new is shown: so that a live picture does not flicker. */
  clear(options?: { wait?: boolean }): void;
}

/** Shows rich content below the cell: `display(figure)`, `display.html('<b>bold</b>')`. */
export declare const display: CallableDisplay;
