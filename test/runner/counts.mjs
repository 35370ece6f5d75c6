import { stripVTControlCharacters } from 'node:util';

function sum(output, pattern) {
  let total = 0;
  for (const match of output.matchAll(pattern)) total += Number(match[1]);
  return total;
}

/** What uvu says at its end, over all suites of a file. */
export function countUvu(text) {
  const output = stripVTControlCharacters(text);
  const passed = sum(output, /^ +Passed: +(\d+)/gm);
  const skipped = sum(output, /^ +Skipped: +(\d+)/gm);
  return { passed, failed: sum(output, /^ +Total: +(\d+)/gm) - passed, skipped };
}

/** What pytest says in its last line: `3 failed, 20 passed, 1 skipped, 1 error in 9.40s`. */
export function countPytest(text) {
  const lines = stripVTControlCharacters(text).trim().split('\n');
  const last = lines.findLast(line => /\bin [\d.]+s/.test(line)) ?? '';
  const of = words => sum(last, new RegExp(`(\\d+) (?:${words})\\b`, 'g'));
  return { passed: of('passed|xfailed'), failed: of('failed|errors?|xpassed'), skipped: of('skipped') };
}

/** A line `N passed, N failed`, the last one that there is. */
export function countPlain(text) {
  const matches = [...text.matchAll(/^(\d+) passed, (\d+) failed/gm)];
  const last = matches.at(-1);
  return { passed: Number(last?.[1] ?? 0), failed: Number(last?.[2] ?? 0), skipped: 0 };
}

/** A run that crashed has failed, and so has one in which nothing was tested. */
export function judge(counts, { code, output, timedOut }) {
  const tested = counts.passed + counts.failed;
  if (timedOut)
    return { ...counts, failed: counts.failed + 1, output: `${output}\nStopped: it took too long.` };
  if (code !== 0 && counts.failed === 0)
    return { ...counts, failed: 1, output: `${output}\nExit code ${code}.` };
  if (tested === 0) return { ...counts, failed: 1, output: `${output}\nNo test ran.` };
  return { ...counts, output };
}
