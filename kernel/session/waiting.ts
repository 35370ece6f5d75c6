import type { RuntimeHost } from './runtime.ts';

/** How compiled code waits: `$$0after($$0now(), await x)`. */
export interface Waiting {
  now(): unknown;
  after<T>(token: unknown, value: T): T;
  each<T>(token: unknown, items: AsyncIterable<T> | Iterable<T>): AsyncIterable<T>;
}

/**
 * What `for await` walks. A text, so that the host makes it of the built-ins that the cells have: promises of another
 * context cost half as much again. What an asynchronous iterator promises is handed on as it is, so that the loop goes
 * on no later than in plain JavaScript; it is heard of just before the loop hears of it.
 */
const each = `(after => {
  const { apply } = Reflect;
  const LearnersPromise = Promise;
  const { resolve, prototype: { then } } = LearnersPromise;
  async function* inTurn(token, value) {
    try {
      for await (const item of value) {
        after(token);
        yield item;
      }
    } finally {
      after(token);
    }
  }
  return (token, value) => {
    const start = value?.[Symbol.asyncIterator];
    if (typeof start !== 'function') return inTurn(token, value);
    const heard = () => {
      try {
        after(token);
      } catch {
        // The loop's body asks, and ends.
      }
    };
    const follow = given => {
      const promise = apply(resolve, LearnersPromise, [given]);
      apply(then, promise, [heard, heard]);
      return promise;
    };
    const iterator = apply(start, value, []);
    const { next } = iterator;
    return {
      [Symbol.asyncIterator]() {
        return this;
      },
      next: () => follow(apply(next, iterator, [])),
      get return() {
        const end = iterator.return;
        return end === undefined || end === null ? undefined : () => follow(apply(end, iterator, []));
      },
    };
  };
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
