import { sessions } from './cells/index.ts';
import { beforehand, completions, inspections } from './places.ts';
import type { Outcome, Session } from './session.ts';

/** All that the shared list says, as plain data. */
export interface Report {
  cells: Record<string, Outcome[]>;
  completions: Record<string, { matches: string[]; types: string[]; start: number; end: number }>;
  inspections: Record<string, { signature: string; documentation: string; source?: string } | undefined>;
}

/** Goes through the shared list; `open` makes a new session. */
export async function run(open: () => Session): Promise<Report> {
  const report: Report = { cells: {}, completions: {}, inspections: {} };
  for (const [name, cells] of Object.entries(sessions)) {
    const session = open();
    report.cells[name] = [];
    for (const { code } of cells) report.cells[name].push(await session.run(code));
  }
  const session = open();
  for (const code of beforehand) await session.run(code);
  for (const marked of Object.keys(completions)) {
    const { matches, types, start, end } = session.complete(...cursorIn(marked));
    report.completions[marked] = { matches, types: types.map(t => t.type), start, end };
  }
  for (const marked of Object.keys(inspections)) {
    report.inspections[marked] = session.inspect(...cursorIn(marked));
  }
  return report;
}

/** The last `|` marks the place; those before it are TypeScript's. */
function cursorIn(marked: string): [code: string, cursor: number] {
  const cursor = marked.lastIndexOf('|');
  return [marked.slice(0, cursor) + marked.slice(cursor + 1), cursor];
}
