import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const firstPage = '00-start-here.ipynb';

/** 'zh' where the person's language is Chinese, else 'en'. */
export function courseLanguage(
  env = process.env,
  systemLocale = Intl.DateTimeFormat().resolvedOptions().locale,
) {
  // The first that is set decides, as for every program on the system.
  const named = env.LC_ALL || env.LC_MESSAGES || env.LANG;
  return /^zh\b|^zh_|^chinese/i.test(named || systemLocale || '') ? 'zh' : 'en';
}

function notebooksIn(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter(name => name.endsWith('.ipynb'))
    .sort();
}

/** The course's first page, relative to the project with forward slashes; undefined where there is no notebook. */
export function courseFirstPage(root, language) {
  for (const choice of [language, 'en', 'zh']) {
    const names = notebooksIn(join(root, 'notebooks', choice));
    const name = names.includes(firstPage) ? firstPage : names[0];
    if (name) return `notebooks/${choice}/${name}`;
  }
  return undefined;
}
