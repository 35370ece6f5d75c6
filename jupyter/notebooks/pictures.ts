import { drawPicture, type PlotlyFigure } from '../pictures/picture.ts';
import { type Cell, joined, type Notebook, nameOf, type Output } from './notebook.ts';

const plotly = 'application/vnd.plotly.v1+json';

/** Largest picture that a notebook may hold, in bytes. */
export const pictureLimit = 40 * 1024;

/**
 * Adds a static picture to each figure among the outputs, with its takeaway as alternative text.
 *
 * @returns the notebook with pictures, and how many there are
 * @throws when a figure cannot be drawn or its picture is too large; the message names the cell
 */
export async function addPictures(notebook: Notebook): Promise<{ notebook: Notebook; pictures: number }> {
  let pictures = 0;
  const draw = async (cell: Cell, output: Output): Promise<Output> => {
    const figure = output.data?.[plotly];
    if (!figure) return output;
    pictures++;
    return withPicture(output, figure as PlotlyFigure).catch(error => {
      throw new Error(
        `the figure of ${nameOf(notebook, cell)} cannot be drawn: ${error.message}; mend the function in lib/figure that made it`,
      );
    });
  };
  const cells: Cell[] = [];
  for (const cell of notebook.cells) {
    const outputs: Output[] = [];
    for (const output of cell.outputs ?? []) outputs.push(await draw(cell, output));
    cells.push(cell.outputs ? { ...cell, outputs } : cell);
  }
  return { notebook: { ...notebook, cells }, pictures };
}

async function withPicture(output: Output, figure: PlotlyFigure): Promise<Output> {
  const { png, width, height } = await drawPicture(figure);
  if (png.length > pictureLimit) {
    throw new Error(`its picture has ${png.length} bytes, more than ${pictureLimit}`);
  }
  const alt = joined(output.data?.['text/plain'] as string | string[] | undefined);
  return {
    ...output,
    data: { ...output.data, 'image/png': `${png.toString('base64')}\n` },
    metadata: { ...output.metadata, 'image/png': { alt, width, height } },
  };
}
