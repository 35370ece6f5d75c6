/** One cell and what it must do; `error` and `printed` are compared as a whole. */
export interface Cell {
  code: string;
  /** The last expression's value, as `show` writes it; absent where the cell shows nothing. */
  value?: string;
  printed?: string[];
  /** Heads of the compiler's errors, or message and frames of what was thrown. */
  error?: string[];
}

export const ok = (code: string, value?: string): Cell => ({ code, value });
export const fails = (code: string, ...error: string[]): Cell => ({ code, error });
export const prints = (code: string, ...printed: string[]): Cell => ({ code, printed });
