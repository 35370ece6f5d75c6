import { type Cell, joined, type Notebook, type Output } from './notebook.ts';

/**
 * The text of a notebook as it is committed: the same content always gives the same bytes.
 *
 * Keys are sorted and texts cut into lines, as nbformat does it, so that differences read well; a figure stands
 * on one line, since nobody reads thousands of lines of coordinates. What depends on the moment or the machine
 * is left out: times, scroll states. The version of TypeScript is pinned and stays: JupyterLab would ask to save a
 * notebook that lacks it.
 */
export function canonicalText(notebook: Notebook): string {
  const { kernelspec, language_info } = notebook.metadata;
  const cells = notebook.cells.map(canonicalCell);
  const lines = new Map<string, string>();
  const onOneLine = (name: string, value: unknown) => {
    if (!name.endsWith('+json')) return value;
    const place = `figure ${lines.size}, ${marker}`;
    lines.set(JSON.stringify(place), JSON.stringify(value));
    return place;
  };
  const whole = sorted({ ...notebook, metadata: { kernelspec, language_info }, cells });
  const text = JSON.stringify(whole, onOneLine, 1);
  return `${text.replace(placeholder, place => lines.get(place) ?? place)}\n`;
}

// Stands for a figure until the rest is cut into lines; no cell of a notebook holds such a text.
const marker = 'to be put on one line \u2060';
const placeholder = new RegExp(`"figure \\d+, ${marker}"`, 'g');

function canonicalCell(cell: Cell): unknown {
  return {
    id: cell.id,
    cell_type: cell.cell_type,
    metadata: cell.metadata.tags?.length ? { tags: cell.metadata.tags } : {},
    source: inLines(joined(cell.source)),
    ...(cell.cell_type === 'code' && {
      execution_count: cell.execution_count ?? null,
      outputs: (cell.outputs ?? []).map(canonicalOutput),
    }),
  };
}

function canonicalOutput(output: Output): Output {
  const data = Object.entries(output.data ?? {}).map(([type, content]) => [
    type,
    type.startsWith('text/') ? inLines(joined(content as string | string[])) : content,
  ]);
  return {
    ...output,
    ...(output.text !== undefined && { text: inLines(joined(output.text)) }),
    ...(output.data && { data: Object.fromEntries(data) }),
  };
}

function inLines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const names = Object.keys(value).sort();
  return Object.fromEntries(names.map(name => [name, sorted((value as Record<string, unknown>)[name])]));
}
