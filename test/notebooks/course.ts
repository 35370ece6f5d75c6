import { readdirSync, readFileSync } from 'node:fs';
import { joined, type Notebook, parseNotebook } from '../../jupyter/notebooks/notebook.ts';

/** The notebooks of the course, in the storyboard's order. */
export const course = [
  '00-start-here',
  '01-training-loop',
  '02-data-and-model',
  '03-loss-is-a-parabola',
  '04-which-way-is-down',
  '05-learning-rate',
  '06-mini-batches',
  '07-next-token-data',
  '08-softmax',
  '09-cross-entropy',
  '10-train-a-language-model',
  '11-toward-gpt',
  '12-summary',
];

export const languages = ['en', 'zh'] as const;
export type Language = (typeof languages)[number];

export interface CourseNotebook {
  readonly language: Language;
  readonly name: string;
  readonly text: string;
  readonly notebook: Notebook;
}

const folder = new URL('../../notebooks/', import.meta.url);

/** Names of the notebooks that exist in a language, without ending. */
export function namesIn(language: Language): string[] {
  const files = readdirSync(new URL(`${language}/`, folder)).filter(file => file.endsWith('.ipynb'));
  return files.map(file => file.replace('.ipynb', '')).sort();
}

export function readCourse(): CourseNotebook[] {
  return languages.flatMap(language =>
    namesIn(language).map(name => {
      const text = readFileSync(new URL(`${language}/${name}.ipynb`, folder), 'utf8');
      return { language, name, text, notebook: parseNotebook(text) };
    }),
  );
}

/** What a reader reads of a markdown cell: no code, no formulas, no addresses, no tags. */
export function proseOf(source: string | string[]): string {
  return joined(source)
    .replace(/```[\s\S]*?```/g, ' ')
    .replace(/\$\$[\s\S]*?\$\$|\$[^$\n]+\$/g, ' ')
    .replace(/`[^`\n]*`/g, ' ')
    .replace(/\]\([^)]*\)/g, ']')
    .replace(/<[^>]*>/g, ' ');
}

/** What a code cell of the English notebook shows as text. */
export function shown(notebook: string, cell: string): string {
  const found = readCourse().find(({ language, name }) => language === 'en' && name === notebook);
  const outputs = found?.notebook.cells.find(({ id }) => id === cell)?.outputs ?? [];
  return outputs
    .map(({ data, text }) => joined(text) + joined(data?.['text/plain'] as string[] | undefined))
    .join('\n');
}
