/** How an import in the folder `from` would name the file `to`; both have forward slashes. */
export function relativePath(from: string, to: string): string {
  const start = from.split('/');
  const end = to.split('/');
  let same = 0;
  while (same < start.length && same < end.length - 1 && start[same] === end[same]) same++;
  if (same === 0) return to;
  return [...start.slice(same).map(() => '..'), ...end.slice(same)].join('/');
}

/** The path that a relative import in the file `from` means. */
export function joinPath(from: string, specifier: string): string {
  const parts = from.split('/').slice(0, -1);
  for (const part of specifier.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return parts.join('/');
}
