/** A notebook as nbformat 4.5 writes it; only what is used here. */
export interface Notebook {
  cells: Cell[];
  metadata: { kernelspec?: { name?: string }; language_info?: Record<string, unknown> };
  nbformat: number;
  nbformat_minor: number;
}

export interface Cell {
  id: string;
  cell_type: 'markdown' | 'code' | 'raw';
  metadata: { tags?: string[]; [name: string]: unknown };
  source: string | string[];
  outputs?: Output[];
  execution_count?: number | null;
}

/** What a cell gave: printed text, values and pictures, or an error. */
export interface Output {
  output_type: 'stream' | 'display_data' | 'execute_result' | 'error';
  text?: string | string[];
  data?: Record<string, unknown>;
  metadata?: Record<string, unknown>;
  ename?: string;
  evalue?: string;
}

/** Text that nbformat may have cut into lines. */
export function joined(text: string | string[] | undefined): string {
  return Array.isArray(text) ? text.join('') : (text ?? '');
}

/** The cells that carry a tag, in order. */
export function tagged(notebook: Notebook, tag: string): Cell[] {
  return notebook.cells.filter(cell => cell.metadata.tags?.includes(tag));
}

/** How a person finds a cell: its number among all cells and its id. */
export function nameOf(notebook: Notebook, cell: Cell): string {
  return `cell ${notebook.cells.indexOf(cell) + 1} (${cell.id})`;
}

/**
 * Reads the text of a notebook.
 *
 * @throws when it is not JSON, not a notebook of format 4.5 or later, or a cell has no id
 */
export function parseNotebook(text: string): Notebook {
  let notebook: Notebook;
  try {
    notebook = JSON.parse(text);
  } catch (error) {
    throw new Error(
      `is not JSON (${(error as Error).message}); restore it, for instance with \`git checkout -- FILE\``,
    );
  }
  if (!Array.isArray(notebook?.cells) || notebook.nbformat !== 4 || notebook.nbformat_minor < 5) {
    throw new Error('is not a notebook of format 4.5; open it in JupyterLab and save it once');
  }
  const nameless = notebook.cells.findIndex(cell => typeof cell.id !== 'string' || cell.source === undefined);
  if (nameless >= 0) {
    throw new Error(
      `cell ${nameless + 1} has no id or no source; open the notebook in JupyterLab and save it`,
    );
  }
  return notebook;
}
