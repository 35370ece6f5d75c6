import v8 from 'node:v8';
import ts from 'typescript';
import { Compiler } from '../session/compiler.ts';
import { completeness } from '../session/completeness.ts';
import { complete } from '../session/completion.ts';
import { inspect } from '../session/inspection.ts';
import { createCompilerHost, type Installation } from './compiler-host.ts';
import { onLine } from './lines.ts';
import { endGroup } from './process-tree.ts';

/**
 * The process that knows TypeScript. It answers lines of JSON on standard input with lines on standard output, and
 * ends when its input does. Apart from the learner's code, nothing that a cell does can break it.
 */

/** A pause that looks as if nobody were waiting, in milliseconds. */
const idle = 300;

/** Bytes of garbage that are worth a tenth of a second of the processor. */
const worthCollecting = 4 * 2 ** 20;

const registry = ts.createDocumentRegistry();
let compiler: Compiler | undefined;

const methods: Record<string, (...args: never[]) => unknown> = {
  open(directory: string, installation: Installation) {
    compiler = new Compiler(createCompilerHost(directory, installation, registry));
    return { typescript: ts.version };
  },
  compile: (code: string, title: string) => session().compile(code, title),
  settle: (cell: number, declared: string[] | 'all') => session().settle(cell, declared) ?? null,
  restore: (code: string, title: string, declared: string[] | 'all') =>
    session().restore(code, title, declared),
  compileImport: (specifier: string, from: string) => session().compileImport(specifier, from),
  complete: (code: string, cursor: number) => complete(session(), code, cursor),
  inspect: (code: string, cursor: number) => inspect(session(), code, cursor) ?? null,
  isComplete: (code: string) => completeness(ts, code),
};

function session(): Compiler {
  if (!compiler) throw new Error('The compiler has not been opened');
  return compiler;
}

function answer(line: string): string {
  const { id, method, params } = JSON.parse(line);
  try {
    return JSON.stringify({ id, result: methods[method](...(params as never[])) });
  } catch (error) {
    return JSON.stringify({
      id,
      error: error instanceof Error ? (error.stack ?? error.message) : String(error),
    });
  }
}

/**
 * Each cell leaves a checker to collect, and most of what there is outlives them all: that is gone through while nobody
 * waits, and rarely before.
 */
function collectWhenIdle(): () => void {
  const collect = globalThis.gc as () => void;
  let timer: NodeJS.Timeout | undefined;
  let left = process.memoryUsage().heapUsed;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (process.memoryUsage().heapUsed < left + worthCollecting) return;
      collect();
      left = process.memoryUsage().heapUsed;
    }, idle);
  };
}

function main(): void {
  const answered = collectWhenIdle();
  onLine(process.stdin, line => process.stdout.write(`${answer(line)}\n`), answered);
  // Meant for the kernel, and sent to all that it started.
  for (const signal of ['SIGINT', 'SIGHUP']) process.on(signal, () => {});
  const kernel = process.ppid;
  process.stdin.on('end', () => {
    // The kernel has ended, perhaps by force; what its cells started ends too.
    endGroup(kernel);
    process.exit();
  });
}

/**
 * What a first cell needs, parsed, checked and compiled while the snapshot is made. Completion is not among it: it
 * uses Intl.Collator, which a snapshot cannot hold.
 */
function warmUp(): void {
  const { DOWNHILL_WARM_UP } = process.env;
  const { directory, installation, cells } = JSON.parse(DOWNHILL_WARM_UP ?? '{}');
  const warm = new Compiler(createCompilerHost(directory, installation, registry));
  for (const code of cells as string[]) {
    const compiled = warm.compile(code, 'Cell');
    if (compiled.status === 'ok') warm.settle(compiled.cell, 'all');
    inspect(warm, code, code.length);
    completeness(ts, code);
  }
}

if (v8.startupSnapshot?.isBuildingSnapshot()) {
  warmUp();
  v8.startupSnapshot.setDeserializeMainFunction(main);
} else {
  main();
}
