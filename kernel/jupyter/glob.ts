/**
 * Whether the whole text matches; `*` stands for any text, `?` for one character. Not a regular
 * expression, whose time may explode over a pattern of many stars: this takes pattern times text at most.
 */
export function glob(pattern: string, text: string): boolean {
  const [wanted, given] = [[...pattern], [...text]];
  let p = 0;
  let t = 0;
  let star = -1;
  let resume = 0;
  while (t < given.length) {
    if (wanted[p] === '*') {
      star = p++;
      resume = t;
    } else if (p < wanted.length && (wanted[p] === '?' || wanted[p] === given[t])) {
      p++;
      t++;
    } else if (star >= 0) {
      p = star + 1;
      t = ++resume;
    } else {
      return false;
    }
  }
  return wanted.slice(p).every(character => character === '*');
}
