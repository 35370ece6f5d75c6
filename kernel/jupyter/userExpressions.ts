import { RequestError } from './content.ts';
import type { Engine } from './engine.ts';
import { errorContent } from './replies.ts';
import type { Content } from './wire.ts';

/** Evaluates the expressions one by one; what fails fails alone, under its own key. */
export async function evaluateAll(expressions: Content, engine: () => Promise<Engine>): Promise<Content> {
  const values: [string, object][] = [];
  for (const [key, expression] of Object.entries(expressions)) {
    values.push([key, await evaluated(key, expression, engine)]);
  }
  return Object.fromEntries(values);
}

async function evaluated(key: string, expression: unknown, engine: () => Promise<Engine>): Promise<object> {
  try {
    if (typeof expression !== 'string') {
      throw new RequestError(`user_expressions: expected ${key} to be a string, got ${typeof expression}`);
    }
    const value = await (await engine()).evaluate(expression);
    if ('ename' in value) return { status: 'error', ...value };
    return { status: 'ok', data: value.data, metadata: value.metadata };
  } catch (error) {
    return { status: 'error', ...errorContent(error) };
  }
}
