import type { Cells } from './cells.ts';
import { RequestError } from './content.ts';
import type { Engine } from './engine.ts';
import { errorContent } from './replies.ts';
import type { Content, Header } from './wire.ts';

interface Services {
  engine: () => Promise<Engine>;
  cells: Cells;
}

/** Evaluates the expressions of a request one by one; what fails fails alone, under its own key. */
export async function evaluateAll(
  expressions: Content,
  header: Header,
  { engine, cells }: Services,
): Promise<Content> {
  const values: [string, object][] = [];
  const id = `${header.msg_id} expressions`;
  if (Object.keys(expressions).length) cells.add(header, id);
  for (const [key, expression] of Object.entries(expressions)) {
    values.push([key, await evaluated(id, key, expression, engine)]);
  }
  return Object.fromEntries(values);
}

async function evaluated(
  id: string,
  key: string,
  expression: unknown,
  engine: () => Promise<Engine>,
): Promise<object> {
  try {
    if (typeof expression !== 'string') {
      throw new RequestError(`user_expressions: expected ${key} to be a string, got ${typeof expression}`);
    }
    const value = await (await engine()).evaluate(id, expression);
    if ('ename' in value) return { status: 'error', ...value };
    return { status: 'ok', data: value.data, metadata: value.metadata };
  } catch (error) {
    return { status: 'error', ...errorContent(error) };
  }
}
