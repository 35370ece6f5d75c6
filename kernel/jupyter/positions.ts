/*
 * `cursor_pos` and its kin count code points; a JavaScript string counts UTF-16 units, two for an
 * astral character. Both functions stay within the text.
 */

export function utf16Offset(text: string, codePoints: number): number {
  let offset = 0;
  for (let count = 0; count < codePoints && offset < text.length; count++) offset += width(text, offset);
  return offset;
}

export function codePointOffset(text: string, utf16: number): number {
  let count = 0;
  for (let offset = 0; offset < utf16 && offset < text.length; count++) offset += width(text, offset);
  return count;
}

function width(text: string, offset: number): 1 | 2 {
  return (text.codePointAt(offset) as number) > 0xffff ? 2 : 1;
}
