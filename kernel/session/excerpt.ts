/** Characters of a line around the spot that are shown. */
const widest = 160;

/** Letters that take two columns, as Chinese, Japanese and Korean ones and most emoji do. */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;

/** The line in which something is wrong, and a mark under the spot; `column` counts from 1. */
export function excerpt(text: string, line: number, column: number, length: number, mark: string): string {
  const whole = lineOf(text, line);
  const from = whole.length > widest ? Math.max(0, column - 1 - widest / 2) : 0;
  const shown = whole.slice(from, from + widest);
  const start = column - 1 - from;
  const marked = shown.slice(start, start + Math.max(1, length)) || ' ';
  const number = String(line);
  const left = from > 0 ? '…' : '';
  const right = from + widest < whole.length ? '…' : '';
  const indent = `${left && ' '}${blank(shown.slice(0, start))}`;
  const marks = [...marked].map(letter => (wide.test(letter) ? mark + mark : mark)).join('');
  return `  ${number} | ${left}${shown}${right}\n  ${' '.repeat(number.length)} | ${indent}${marks}`;
}

/** One line of a text, without its end and without a byte order mark. */
export function lineOf(text: string, line: number): string {
  return (text.split('\n')[line - 1] ?? '').replace(/^\ufeff|\r$/g, '');
}

/** As wide as `text`, but empty. */
function blank(text: string): string {
  return [...text].map(letter => (letter === '\t' ? '\t' : wide.test(letter) ? '\u3000' : ' ')).join('');
}
