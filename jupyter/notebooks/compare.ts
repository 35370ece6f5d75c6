import { samePicture } from '../pictures/png.ts';
import { type Cell, joined, type Notebook, nameOf, type Output } from './notebook.ts';

/**
 * What differs between the committed notebook and one just executed, a line for each cell.
 *
 * Pictures are compared by their pixels: compression differs between versions of Node.
 */
export function differences(committed: Notebook, fresh: Notebook): string[] {
  const found = fresh.cells.flatMap((cell, i) => {
    const place = outputDifference(committed.cells[i], cell);
    return place ? [`${nameOf(fresh, cell)}: ${place}`] : [];
  });
  const metadata = JSON.stringify(committed.metadata) !== JSON.stringify(fresh.metadata);
  return metadata ? ['the metadata of the notebook', ...found] : found;
}

function outputDifference(before: Cell, after: Cell): string | undefined {
  if (before.execution_count !== after.execution_count) return 'its number of execution';
  if (JSON.stringify(before.metadata) !== JSON.stringify(after.metadata)) return 'its metadata';
  const [old, now] = [before.outputs ?? [], after.outputs ?? []];
  if (old.length !== now.length) return `${old.length} outputs committed, ${now.length} now`;
  for (let i = 0; i < now.length; i++) {
    const place = firstDifference(old[i], now[i]);
    if (place) return place;
  }
  return undefined;
}

function firstDifference(before: Output, after: Output): string | undefined {
  if (joined(before.text) !== joined(after.text))
    return textDifference(joined(before.text), joined(after.text));
  const types = new Set([...Object.keys(before.data ?? {}), ...Object.keys(after.data ?? {})]);
  for (const type of types) {
    const [old, now] = [before.data?.[type], after.data?.[type]];
    if (type === 'image/png' && typeof old === 'string' && typeof now === 'string') {
      if (!samePicture(Buffer.from(old, 'base64'), Buffer.from(now, 'base64'))) return 'its picture';
    } else if (JSON.stringify(old) !== JSON.stringify(now)) {
      return type.startsWith('text/') ? textDifference(asText(old), asText(now)) : `its ${type}`;
    }
  }
  const rest = ({ data: _, text: __, ...others }: Output) => JSON.stringify(others);
  return rest(before) === rest(after) ? undefined : 'the kind or metadata of its output';
}

function asText(content: unknown): string {
  return content === undefined ? '' : joined(content as string | string[]);
}

function textDifference(before: string, after: string): string {
  const [old, now] = [before.split('\n'), after.split('\n')];
  const line = now.findIndex((text, i) => text !== old[i]);
  const place = line < 0 ? now.length : line;
  return `committed ${JSON.stringify(old[place] ?? '')}, now ${JSON.stringify(now[place] ?? '')}`;
}
