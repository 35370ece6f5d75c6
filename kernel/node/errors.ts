import { inspect, types } from 'node:util';
import type { ErrorContent } from '../jupyter/engine.ts';
import { type Frame, formatFrame, readableNames, type Sources } from '../session/stack.ts';
import { cut } from './cut.ts';

/** Causes and errors inside errors are followed this far. */
const deepest = 5;

/** Longest text of an error, in UTF-16 units: what is too long for a message would not be told at all. */
const longest = 1_000_000;

/** Of the errors inside an AggregateError, this many are told. */
const most = 10;

/**
 * Makes `error.stack` speak of the learner's cells and files, wherever it is read. Gives what does so again, for a cell
 * may put a function of its own there that never ends.
 */
export function installStackTraces(
  sources: Sources,
  kernelFolder: string,
  titleOf: (path: string) => string,
): () => void {
  Error.stackTraceLimit = 50;
  const prepareStackTrace: typeof Error.prepareStackTrace = (error, sites) => {
    // `sites` and `errors` below are the learner's arrays, whose methods a cell may have replaced.
    const frames = own(sites).flatMap(site => describe(site, sources, kernelFolder, titleOf));
    return [headline(error), ...withoutRepetition(frames.map(formatFrame)).slice(0, 20)].join('\n');
  };
  const install = () => void Reflect.set(Error, 'prepareStackTrace', prepareStackTrace);
  install();
  return install;
}

/** A function that calls itself without end fills the stack with one line. */
function withoutRepetition(lines: string[]): string[] {
  const kept: string[] = [];
  for (let i = 0; i < lines.length; ) {
    let next = i + 1;
    while (next < lines.length && lines[next] === lines[i]) next++;
    kept.push(lines[i]);
    if (next - i > 2) kept.push('    … and again from the same place, many times');
    else if (next - i === 2) kept.push(lines[i]);
    i = next;
  }
  return kept;
}

function own<T>(items: ArrayLike<T>, end?: number): T[] {
  return Array.prototype.slice.call(items, 0, end);
}

/** Errors of the kernel's own built-ins count too: a stack may overflow in the kernel's code. */
export function isError(value: unknown): value is Error {
  try {
    return types.isNativeError(value) || value instanceof Error;
  } catch {
    // A proxy that does not let itself be looked at.
    return false;
  }
}

function describe(
  site: NodeJS.CallSite,
  sources: Sources,
  kernelFolder: string,
  titleOf: (path: string) => string,
): Frame[] {
  const file = site.getFileName() ?? site.getScriptNameOrSourceURL?.();
  if (!file || file.startsWith('node:') || file.includes(kernelFolder)) return [];
  const line = site.getLineNumber() ?? 1;
  const column = site.getColumnNumber() ?? 1;
  const frame = { functionName: functionName(site), file, line, column };
  // Compiled code has parts that nobody wrote.
  const located = sources.has(file) ? sources.locate(frame) : { ...frame, file: titleOf(file) };
  return located ? [located] : [];
}

function functionName(site: NodeJS.CallSite): string | null {
  const name = site.getFunctionName();
  if (!name) return null;
  const type = site.getTypeName();
  const isMethod = site.isToplevel() === false && !site.isConstructor() && type && type !== 'Object';
  const full = isMethod && !name.includes('.') ? `${type}.${name}` : name;
  if (site.isConstructor()) return `new ${full}`;
  return site.isAsync() ? `async ${full}` : full;
}

function headline(error: unknown): string {
  if (!isError(error) && !isNamed(error)) return textOf(() => error);
  const name = textOf(() => error.name);
  const message = textOf(() => error.message);
  return readableMessage(message ? `${name}: ${message}` : name);
}

/** What `console.trace` takes a stack of: no error, but with an error's name and message. */
function isNamed(value: unknown): value is { name: string; message: string } {
  try {
    const { name, message } = value as Record<string, unknown>;
    return typeof name === 'string' && typeof message === 'string';
  } catch {
    return false;
  }
}

/** Without what Node says of the files that it came through: a cell is none. */
const readableMessage = (message: string) => readableNames(message).replace(/\nRequire stack:(\n- .*)+/, '');

/** An error may have getters that throw, and parts that are no text. */
function textOf(read: () => unknown): string {
  try {
    return String(read());
  } catch {
    return '(cannot be read)';
  }
}

/** What a front end shows of anything that was thrown. Whatever that is, there is something to show. */
export function toErrorContent(thrown: unknown, sources: Sources): ErrorContent {
  if (!isError(thrown)) {
    const text = shown(thrown);
    return {
      ename: 'Thrown',
      evalue: text,
      traceback: [`Thrown: ${text} (not an Error, so there is no stack trace)`],
    };
  }
  const ename = cut(
    textOf(() => thrown.name),
    longest,
  );
  const evalue = cut(readableMessage(textOf(() => thrown.message)), longest);
  try {
    return { ename, evalue, traceback: traceback(thrown, sources, []).map(line => cut(line, longest)) };
  } catch {
    return { ename, evalue, traceback: [`${ename}: ${evalue}`] };
  }
}

function shown(value: unknown): string {
  try {
    return inspect(value);
  } catch {
    return 'a value that cannot be shown';
  }
}

/** A cell may have made stacks something else than text, or made them throw. */
export function stackOf(error: Error): string | undefined {
  try {
    return typeof error.stack === 'string' ? error.stack : undefined;
  } catch {
    return undefined;
  }
}

function traceback(error: Error, sources: Sources, outer: readonly unknown[]): string[] {
  const stack = stackOf(error) ?? headline(error);
  const at = stack.search(/\n {4}at /);
  const head = readableMessage(at < 0 ? stack : stack.slice(0, at));
  const frames = at < 0 ? [] : stack.slice(at + 1).split('\n');
  const lines = [head, ...excerptOf(frames, sources), ...frames];
  if (outer.length >= deepest) return lines;
  const inner: [string, unknown][] =
    'cause' in error && error.cause !== undefined ? [['Caused by', error.cause]] : [];
  if (error instanceof AggregateError) {
    const { errors } = error;
    const { length } = errors;
    const label = (e: unknown, i: number): [string, unknown] => [`Error ${i + 1} of ${length}`, e];
    inner.push(...Array.from(own(errors, most), label));
  }
  for (const [label, value] of inner) {
    if (value === error || outer.includes(value)) continue;
    const below = isError(value) ? traceback(value, sources, [...outer, error]) : [shown(value)];
    lines.push('', `${label}: ${below[0]}`, ...below.slice(1));
  }
  return lines;
}

/** The learner's line where it went wrong, marked. */
function excerptOf(frames: string[], sources: Sources): string[] {
  for (const frame of frames) {
    const place = /(?:\(| at )([^()]+?):(\d+):(\d+)\)?$/.exec(frame);
    const excerpt = place && sources.excerpt(place[1], Number(place[2]), Number(place[3]));
    if (excerpt) return ['', excerpt, ''];
  }
  return [];
}
