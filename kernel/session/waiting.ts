import type { RuntimeHost } from './runtime.ts';

/** How compiled code waits: `$$0after($$0now(), await x)`. */
export interface Waiting {
  now(): unknown;
  after<T>(token: unknown, value: T): T;
  each<T>(token: unknown, items: AsyncIterable<T> | Iterable<T>): AsyncIterable<T>;
}

/**
 * What `for await` walks. A text, so that the host makes it of the built-ins that the cells have: promises of another
 * context cost half as much again.
 */
const each = `(after => async function* (token, items) {
  try {
    for await (const item of items) {
      after(token);
      yield item;
    }
  } finally {
    after(token);
  }
})`;

export function waitingOf(host: RuntimeHost): Waiting {
  const walk = host.evaluate(each, 'node:for-await') as (after: RuntimeHost['after']) => Waiting['each'];
  return {
    now: host.now,
    after(token, value) {
      host.after(token);
      return value;
    },
    each: walk(host.after),
  };
}
