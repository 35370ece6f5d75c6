import type { RuntimeHost } from './runtime.ts';

/** How compiled code waits: `$$0after($$0now(), await x)`. */
export interface Waiting {
  now(): unknown;
  after<T>(token: unknown, value: T): T;
  each<T>(token: unknown, items: AsyncIterable<T> | Iterable<T>): AsyncIterable<T>;
}

/**
 * What `for await` walks. A text, so that the host makes it of the built-ins that the cells have: promises of another
 * context cost half as much again. What an iterator promises is handed on as it is, so that the loop goes on no later
 * than in plain JavaScript; it is heard of just before the loop hears of it.
 */
const each = `(after => {
  const { apply } = Reflect;
  const LearnersPromise = Promise;
  const { resolve, prototype: { then } } = LearnersPromise;
  // What a synchronous iterator gives may be a promise, for whose value the loop waits.
  const awaited = ({ value, done }, close) => {
    const fail = error => {
      if (!done) close();
      throw error;
    };
    return apply(then, apply(resolve, LearnersPromise, [value]), [value => ({ value, done }), fail]);
  };
  const fromSynchronous = items => {
    if (typeof items?.[Symbol.iterator] !== 'function') {
      throw new TypeError('what for await walks is not iterable: ' + typeof items);
    }
    const iterator = items[Symbol.iterator]();
    const { next } = iterator;
    return {
      next: () => awaited(apply(next, iterator, []), () => iterator.return?.()),
      return: () => {
        const end = iterator.return;
        return end ? awaited(apply(end, iterator, []), () => {}) : { value: undefined, done: true };
      },
    };
  };
  return (token, items) => {
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
    const start = items?.[Symbol.asyncIterator];
    const iterator = start ? apply(start, items, []) : fromSynchronous(items);
    const { next } = iterator;
    return {
      [Symbol.asyncIterator]() {
        return this;
      },
      next: () => follow(apply(next, iterator, [])),
      get return() {
        const end = iterator.return;
        return end && (() => follow(apply(end, iterator, [])));
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
