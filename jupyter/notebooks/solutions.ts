import { type Cell, joined, type Notebook, nameOf, tagged } from './notebook.ts';

/**
 * The notebook with its folded solutions put into the exercise cells.
 *
 * @throws when exercises, checks and solutions do not come in equal numbers, or a solution has no code
 */
export function solved(notebook: Notebook): Notebook {
  const [exercises, checks, solutions] = ['exercise', 'check', 'solution'].map(tag => tagged(notebook, tag));
  if (checks.length !== exercises.length || solutions.length !== exercises.length) {
    throw new Error(
      `expected as many checks and solutions as exercises, found ${exercises.length} exercises, ` +
        `${checks.length} checks, ${solutions.length} solutions; tag the cells exercise, check, solution`,
    );
  }
  const cells = notebook.cells.map(cell => {
    const place = exercises.indexOf(cell);
    return place < 0 ? cell : { ...cell, source: codeIn(notebook, solutions[place]) };
  });
  return { ...notebook, cells };
}

function codeIn(notebook: Notebook, solution: Cell): string {
  const code = joined(solution.source).match(/```ts\n([\s\S]*?)\n```/)?.[1];
  if (code === undefined)
    throw new Error(`${nameOf(notebook, solution)} holds no code between \`\`\`ts and \`\`\``);
  return code;
}

/**
 * The checks that do not say what they should.
 *
 * @param notebook an executed notebook
 * @param word how each verdict has to begin: `Not yet` as shipped, `Correct` once solved
 */
export function wrongVerdicts(notebook: Notebook, word: 'Not yet' | 'Correct'): string[] {
  return tagged(notebook, 'check').flatMap(cell => {
    const verdict = (cell.outputs ?? [])
      .map(output => joined(output.data?.['text/plain'] as string))
      .join(' ');
    const told = verdict || 'nothing';
    return verdict.startsWith(word)
      ? []
      : [`${nameOf(notebook, cell)}: expected a verdict "${word}", got ${told}`];
  });
}
