/*
 * The learner's promises have another constructor than the kernel's (see realm.ts). To wait for one with `await` would
 * call its `then`, which a cell may have replaced; and a promise that the learner gets must be one of the learner's.
 */
const LearnersPromise = globalThis.Promise;
const { then } = LearnersPromise.prototype;

/** The kernel's promise for one of the learner's. */
export function adopt<T>(value: T | Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    if (value instanceof LearnersPromise) Reflect.apply(then, value, [resolve, reject]);
    else resolve(value);
  });
}

/** The learner's promise for one of the kernel's. */
export function release<T>(promise: Promise<T>): Promise<T> {
  return new LearnersPromise((resolve, reject) => {
    promise.then(resolve, reject);
  });
}
