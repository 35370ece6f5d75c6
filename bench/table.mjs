export function percentile(values, part) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
}

export function median(values) {
  return percentile(values, 0.5);
}

/** A Markdown table, its columns aligned: readable in a terminal and in an issue. */
export function table(head, body) {
  const rows = [head, ...body];
  const widths = head.map((_, column) => Math.max(...rows.map(row => row[column].length)));
  const line = row =>
    `| ${row.map((text, i) => (i ? text.padStart(widths[i]) : text.padEnd(widths[i]))).join(' | ')} |`;
  const rule = `|${widths.map((width, i) => (i ? `${'-'.repeat(width + 1)}:` : '-'.repeat(width + 2))).join('|')}|`;
  return [line(head), rule, ...body.map(line)].join('\n');
}
