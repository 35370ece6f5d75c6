/** A text that is told only in part, and says so. */
export function cut(text: string, longest: number): string {
  if (text.length <= longest) return text;
  return `${text.slice(0, longest)}\n… cut here: ${longest} of ${text.length} characters`;
}
