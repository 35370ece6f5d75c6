/** A part of a Plotly figure, as plain values. */
export type Part = { readonly [name: string]: unknown };

/** One state of a figure that a slider or an animation can show. */
export interface Frame {
  readonly name: string;
  /** The traces that change, as they are in this state. */
  readonly data: readonly Part[];
  /** Their places in the figure's `data`. */
  readonly traces: readonly number[];
}

/** What a figure is made of. */
export interface FigureParts {
  readonly data: readonly Part[];
  readonly layout: Part;
  readonly frames?: readonly Frame[];
  /** What to see in it, in a sentence: shown where no picture can be, read out by screen readers. */
  readonly takeaway: string;
}

/** The name under which Jupyter kernels look for a value's own way to be shown. */
export const jupyterDisplay: unique symbol = Symbol.for('Jupyter.display');

/** The same content in several media types; the front end takes the richest it knows. */
export type MimeBundle = { readonly [mediaType: string]: unknown };

/** A picture as a plain value: it is drawn when it is the last expression of a cell. */
export interface Figure extends FigureParts {
  [jupyterDisplay](): MimeBundle;
}

/**
 * Makes a figure from its parts.
 *
 * @param parts traces, layout, frames and takeaway, in Plotly's terms
 *
 * @example
 * ```ts
 * const bundle = figure({ data: [], layout: {}, takeaway: 'nothing to see' })[jupyterDisplay]()
 * bundle['text/plain'] // => 'nothing to see'
 * Object.keys(bundle) // => ['application/vnd.plotly.v1+json', 'text/plain']
 * ```
 */
export function figure(parts: FigureParts): Figure {
  return {
    ...parts,
    [jupyterDisplay]() {
      const { data, layout, frames = [], takeaway } = parts;
      return {
        'application/vnd.plotly.v1+json': toJson({ data, layout, frames, config }),
        'text/plain': takeaway,
      };
    },
  };
}

// Not `responsive`: JupyterLab's renderer follows the page's width by itself, and with it a figure that
// takes the place of its static picture would shrink to a strip.
const config = { displayModeBar: false };

/**
 * A value as JSON can hold it: typed arrays become plain ones, numbers keep five digits.
 *
 * Five digits are finer than any screen and keep notebooks small; they also hide the last bit,
 * in which two machines may differ.
 *
 * @param value anything a figure is made of
 *
 * @example
 * ```ts
 * toJson({ x: Float64Array.of(1, 1 / 3), name: 'thirds' }) // => { x: [1, 0.33333], name: 'thirds' }
 * ```
 */
export function toJson(value: unknown): unknown {
  if (typeof value === 'number') return Number.isFinite(value) ? Number(value.toPrecision(5)) : null;
  if (Array.isArray(value)) return value.map(toJson);
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as ArrayLike<number>, toJson);
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(([, part]) => part !== undefined);
    return Object.fromEntries(entries.map(([name, part]) => [name, toJson(part)]));
  }
  return value;
}
