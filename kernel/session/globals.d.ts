/** What every cell has besides the language, Node and the names of earlier cells. */

import type { display as tslabDisplay } from 'tslab';

declare global {
  /** Shows a value below the cell: a figure, or anything with `[Symbol.for('Jupyter.display')]()`. */
  const display: typeof tslabDisplay;

  /** Asks the person at the notebook for a line of text. */
  function prompt(message?: string, initial?: string): string | null;

  /** Asks the person at the notebook a yes-or-no question. */
  function confirm(message?: string): boolean;
}
