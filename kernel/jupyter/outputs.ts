import type { Cells } from './cells.ts';
import type { ErrorContent, MimeBundle, Output } from './engine.ts';
import type { Iopub } from './iopub.ts';
import type { ParentHeader } from './wire.ts';

/** Publishes what a cell caused, under the header of that cell. */
export class Outputs {
  readonly #iopub: Iopub;
  readonly #cells: Cells;

  constructor(iopub: Iopub, cells: Cells) {
    this.#iopub = iopub;
    this.#cells = cells;
  }

  publish(output: Output): void {
    const parent = this.#cells.header(output.cell);
    if (output.type === 'stream') this.#iopub.stream(output.name, output.text, parent);
    else if (output.type === 'display') this.#display(output, parent);
    else if (output.type === 'clear') this.#iopub.publish('clear_output', { wait: output.wait }, parent);
    else if (output.type === 'error') this.error(output, parent);
  }

  error({ ename, evalue, traceback }: ErrorContent, parent: ParentHeader): void {
    this.#iopub.publish('error', { ename, evalue, traceback }, parent);
  }

  result(bundle: MimeBundle, executionCount: number, parent: ParentHeader): void {
    const { data, metadata, buffers } = bundle;
    const content = { execution_count: executionCount, data, metadata };
    this.#iopub.publish('execute_result', content, parent, { buffers });
  }

  #display(output: Output & { type: 'display' }, parent: ParentHeader): void {
    const { data, metadata, buffers } = output.bundle;
    const transient = output.displayId === undefined ? {} : { display_id: output.displayId };
    const type = output.update ? 'update_display_data' : 'display_data';
    this.#iopub.publish(type, { data, metadata, transient }, parent, { buffers });
  }
}
