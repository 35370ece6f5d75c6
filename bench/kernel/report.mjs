import { median, percentile, table } from '../table.mjs';

const ms = 1000;

/** Rows of the table: label, measure, unit, factor to the unit, digits, and which of the samples counts. */
const rows = [
  ['process start to kernel_info, s', 'start', 1, 2],
  ['process start to first cell done, s', 'first cell', 1, 2],
  ['trivial cell, median, ms', 'trivial', ms, 1],
  ['trivial cell, 95th, ms', 'trivial', ms, 1, samples => percentile(samples, 0.95)],
  ['40-line cell, first, ms', 'long, first', ms, 1],
  ['40-line cell, again, ms', 'long, again', ms, 1],
  ['trivial cell after 300 declarations, ms', '300th', ms, 1],
  ['1 MB bundle, ms', 'bundle', ms, 1],
  ['100,000 lines to idle, s', 'lines', 1, 2],
  ['lines before idle', 'lines before idle', 1, 0],
  ['lines after idle', 'lines after idle', 1, 0],
  ['last line after, s', 'last line', 1, 2],
  ['loop of 1e7, own variable, ms', 'loop, own variable', ms, 0],
  ['loop of 1e7, earlier variable, ms', 'loop, earlier variable', ms, 0],
  ['loop of 1e7 in a function, ms', 'loop in a function', ms, 0],
  ['import of mathjs in a cell, s', 'mathjs', 1, 2],
  ...['idle', 'after first cell', 'after mathjs'].flatMap(moment => [
    [`memory ${moment}, PSS MB`, `memory ${moment}, pss`, 1, 0],
    [`memory ${moment}, RSS MB`, `memory ${moment}, rss`, 1, 0],
  ]),
];

const counts = new Set(['lines before idle', 'lines after idle', 'last line after, s']);

/** One table of medians; in brackets, a peer's figure divided by ours. */
export function report(names, figures) {
  const samples = (name, measure) =>
    figures.filter(f => f.kernel === name && f.measure === measure).map(f => f.value);
  const cell = (name, [label, measure, factor, digits, pick = median]) => {
    const all = samples(name, measure);
    if (!all.length) return '-';
    const known = all.filter(value => value !== null);
    if (!known.length) return 'never';
    const value = pick(known) * factor;
    const own = pick(samples(names[0], measure).filter(v => v !== null)) * factor;
    const ratio = name === names[0] || counts.has(label) ? '' : ` (${(value / own).toPrecision(2)}x)`;
    return `${value.toFixed(digits)}${ratio}`;
  };
  const body = rows.map(row => [row[0], ...names.map(name => cell(name, row))]);
  const failures = figures
    .filter(f => f.measure === 'failed')
    .map(f => `${f.kernel} did not finish: ${f.value}`);
  return [table(['', ...names], body), ...new Set(failures)].join('\n');
}
