import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping';
import { excerpt, lineOf } from './excerpt.ts';

/** One line of a stack trace. */
export interface Frame {
  functionName: string | null;
  file: string;
  line: number;
  column: number;
}

interface Source {
  /** What the learner calls it: `Cell [3]`, `lib/loss.ts`. */
  title: string;
  text: string;
  map: string;
  /** Lines that were put before the learner's text for the checker. */
  linesBefore: number;
  /** The map once it was needed. */
  trace?: TraceMap;
}

/** Lines that `wrap` puts before the compiled code. */
const wrapperLines = 1;

/** Translates places in compiled code to places in what the learner wrote. */
export class Sources {
  private readonly sources = new Map<string, Source>();
  /** By title and place: two requests may have one title, as where the history is not to know of them. */
  private readonly located = new Map<string, Source>();

  add(name: string, title: string, text: string, map: string, linesBefore: number): void {
    if (!map) return;
    this.sources.set(name, { title, text, map, linesBefore });
  }

  has(name: string): boolean {
    return this.sources.has(name);
  }

  /** Undefined for code that is not the learner's. */
  locate(frame: Frame): Frame | undefined {
    const source = this.sources.get(frame.file);
    if (!source || frame.line <= wrapperLines) return undefined;
    source.trace ??= new TraceMap(source.map);
    const found = originalPositionFor(source.trace, {
      line: frame.line - wrapperLines,
      column: frame.column - 1,
    });
    if (found.line === null) return undefined;
    const line = found.line - source.linesBefore;
    const column = calleeStart(lineOf(source.text, line), found.column) + 1;
    this.located.set(`${source.title}:${line}:${column}`, source);
    return { functionName: readableName(frame.functionName), file: source.title, line, column };
  }

  /** The line of a located frame and a mark under its column. */
  excerpt(title: string, line: number, column: number): string | undefined {
    const source = this.located.get(`${title}:${line}:${column}`);
    return source && excerpt(source.text, line, column, 1, '^');
  }
}

/** A call through a box is found at its parenthesis, or template; the learner looks for the name before it. */
function calleeStart(line: string, column: number): number {
  if (line[column] !== '(' && line[column] !== '`') return column;
  return column - (/[\p{ID_Continue}$]*$/u.exec(line.slice(0, column))?.[0].length ?? 0);
}

export function formatFrame(frame: Frame): string {
  const place = `${frame.file}:${frame.line}:${frame.column}`;
  return frame.functionName ? `    at ${frame.functionName} (${place})` : `    at ${place}`;
}

/** A module's variable, what `Rewriter.moduleVariable` put into it, and the export after it. */
const moduleMember = /\$\$0m\d+(?:·([^·.\s()[\]]*)·([^·.\s()[\]]*))?(?:\.ns)?(?:\.([\p{ID_Continue}$]+))?/gu;

/** `$$1f.$` in a message of the JavaScript engine is the learner's `f`. */
export function readableNames(message: string): string {
  return message
    .replace(/\(0 ?, ?(\$\$[\p{ID_Continue}$.[\]"]+)\)/gu, '$1')
    .replace(/\$\$1([\p{ID_Continue}$]+?)\.\$(?![\p{ID_Continue}$])/gu, '$1')
    .replace(moduleMember, (_, byDefault, namespace, member) => {
      if (member === undefined) return namespace || 'module';
      if (member === 'default' && byDefault) return byDefault;
      return namespace ? `${namespace}.${member}` : member;
    });
}

function readableName(name: string | null): string | null {
  if (!name) return null;
  const plain = readableNames(name);
  // `eval` is what the engine calls the cell itself where that is how the host evaluates it.
  return ['null', '<anonymous>', 'eval', 'async eval'].includes(plain) ? null : plain;
}
