import { jupyterDisplay, type MimeBundle } from './figure/figure.ts';

/** One call of the learner's function, and what it should give. */
export interface Case {
  readonly given: readonly unknown[];
  readonly expected: unknown;
}

/** The answer to an attempt, in words; it shows itself as the last expression of a cell. */
export interface Verdict {
  readonly correct: boolean;
  /** One sentence in English, opened by a word in both languages of the course. */
  readonly words: string;
  [jupyterDisplay](): MimeBundle;
}

/**
 * Tries a function from an exercise on some calls and says what came out.
 *
 * It never throws: whatever the function does wrong becomes a sentence, so that a notebook with
 * unsolved exercises runs from top to bottom. The first call that fails is told. Functions of any type
 * are taken, so that a wrong parameter or result is answered here too and not by the compiler.
 *
 * @param answer the learner's function
 * @param cases calls and what they should give; numbers may be off by one part in a million
 *
 * @example
 * ```ts
 * const double = (x: number) => x + x
 * check(double, [{ given: [3], expected: 6 }]).words // => 'Correct (正确): 1 of 1 calls.'
 * check(double, [{ given: [3], expected: 7 }]).words // => 'Not yet (还没对): double(3) gave 6, expected 7.'
 * ```
 */
export function check(answer: (...given: never[]) => unknown, cases: readonly Case[]): Verdict {
  for (const { given, expected } of cases) {
    const call = `${answer.name || 'the function'}(${given.map(inCode).join(', ')})`;
    const outcome = attempt(() => answer(...(given as never[])));
    if ('thrown' in outcome) return notYet(`${call} threw ${inCode(outcome.thrown)}`, expected);
    if (!isClose(outcome.value, expected)) return notYet(`${call} gave ${inCode(outcome.value)}`, expected);
  }
  return verdict(true, `Correct (正确): ${cases.length} of ${cases.length} calls.`);
}

function attempt(run: () => unknown): { value: unknown } | { thrown: unknown } {
  try {
    return { value: run() };
  } catch (thrown) {
    return { thrown };
  }
}

function notYet(happened: string, expected: unknown): Verdict {
  return verdict(false, `Not yet (还没对): ${happened}, expected ${inCode(expected)}.`);
}

function verdict(correct: boolean, words: string): Verdict {
  return {
    correct,
    words,
    [jupyterDisplay]: () => ({ 'text/plain': words }),
  };
}

function isClose(got: unknown, expected: unknown): boolean {
  if (typeof got === 'number' && typeof expected === 'number') {
    return Object.is(got, expected) || Math.abs(got - expected) <= 1e-6 * Math.max(1, Math.abs(expected));
  }
  if (isList(got) && isList(expected)) {
    return got.length === expected.length && Array.from(expected).every((part, i) => isClose(got[i], part));
  }
  return got === expected;
}

function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && 'length' in value);
}

/** A value as the learner would have typed it, cut where it grows long. */
function inCode(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`;
  if (typeof value === 'number') return String(Number(value.toPrecision(7)));
  if (typeof value === 'function') return value.name || 'a function';
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  if (isList(value)) {
    const parts = Array.from(value).slice(0, 8).map(inCode);
    return `[${parts.join(', ')}${value.length > 8 ? ', ...' : ''}]`;
  }
  if (value instanceof Promise) return 'a promise';
  return typeof value === 'object' && value !== null ? inJson(value) : String(value);
}

function inJson(value: object): string {
  const text = attempt(() => JSON.stringify(value));
  return 'value' in text && typeof text.value === 'string' ? text.value : 'an object';
}
