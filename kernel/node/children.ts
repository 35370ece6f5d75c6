import childProcess, { ChildProcess, type SpawnSyncOptions, type SpawnSyncReturns } from 'node:child_process';
import type { EventEmitter } from 'node:events';
import { syncBuiltinESMExports } from 'node:module';
import type { ToProtocol } from './messages.ts';
import { processesBelow, signalEach } from './process-tree.ts';
import { bindNested, currentRun } from './runs.ts';

/** Output of something that runs beside the cells, for the cell that started it. */
export type WriteFor = (name: 'stdout' | 'stderr', text: string, cell: string | undefined) => void;
type Target = 'stdout' | 'stderr' | undefined;

interface SpawnOptions {
  detached?: boolean;
  stdio?: unknown;
}

/** What `ChildProcess` has besides its types: every asynchronous way to start a process comes to it. */
interface Spawning {
  spawn(options: SpawnOptions): number;
}

/** Children that are to outlive the kernel, by the learner's own word. */
const detached = new Set<number>();

/** What child processes write to the kernel's own output reaches the cell that started them. */
export function forwardChildren(post: (message: ToProtocol) => void, write: WriteFor): void {
  forwardSpawn(post, write);
  forwardSync(post, write);
}

/** Child processes end with the kernel. */
export function endChildrenAtExit(): void {
  process.on('exit', () => signalEach(processesBelow(process.pid, detached), 'SIGKILL'));
}

function forwardSpawn(post: (message: ToProtocol) => void, write: WriteFor): void {
  const prototype = ChildProcess.prototype as unknown as Spawning;
  const { spawn } = prototype;
  prototype.spawn = function (this: ChildProcess, options) {
    const { stdio, targets } = redirected(options.stdio);
    const result = Reflect.apply(spawn, this, [{ ...options, stdio }]);
    const { pid } = this;
    if (pid === undefined) return result;
    // The event loop knows nothing of cells: what a child tells is heard for the cell that started it.
    for (const emitter of [this, ...this.stdio]) if (emitter) followEvents(emitter);
    forwardStreams(this, targets, write);
    if (options.detached) detached.add(pid);
    post({ type: 'child', pid, alive: true });
    this.once('exit', () => {
      detached.delete(pid);
      post({ type: 'child', pid, alive: false });
    });
    return result;
  };
}

/** Whoever listens does so for the cell at work now. */
export function followEvents(emitter: EventEmitter): void {
  const value = bindNested(emitter.emit);
  Object.defineProperty(emitter, 'emit', { value, writable: true, configurable: true });
}

/** The learner sees no pipes, as there are none where a child inherits. */
function forwardStreams(child: ChildProcess, targets: readonly Target[], write: WriteFor): void {
  const cell = currentRun()?.id;
  const streams = child.stdio as (NodeJS.ReadableStream | null)[];
  targets.forEach((target, i) => {
    if (!target) return;
    streams[i]?.setEncoding('utf8').on('data', (text: string) => write(target, text, cell));
    streams[i] = null;
    if (i === 1) child.stdout = null;
    if (i === 2) child.stderr = null;
  });
}

/** The kernel's own descriptors mean the cell's output. Its input is nobody's: a child that reads it finds its end. */
function redirected(stdio: unknown): { stdio: unknown; targets: Target[] } {
  const each = stdio === 'inherit' ? [0, 1, 2] : stdio;
  const targets: Target[] = [];
  if (!Array.isArray(each)) return { stdio, targets };
  const plain = Array.from({ length: each.length }, (_, i) => {
    const fd = each[i] === 'inherit' ? i : (each[i]?.fd ?? each[i]);
    targets.push(fd === 1 ? 'stdout' : fd === 2 ? 'stderr' : undefined);
    return targets[i] ? 'pipe' : fd === 0 ? 'ignore' : each[i];
  });
  return { stdio: plain, targets };
}

type Options = SpawnSyncOptions & { shell?: boolean | string };
type SpawnSync = (
  file: string,
  args: readonly string[],
  options: Options,
) => SpawnSyncReturns<string | Buffer>;

function forwardSync(post: (message: ToProtocol) => void, write: WriteFor): void {
  const { spawnSync, execSync, execFileSync } = childProcess;
  const waiting = <A extends unknown[], R>(start: (...args: A) => R, args: A): R => {
    post({ type: 'waiting', waits: true });
    try {
      return start(...args);
    } finally {
      post({ type: 'waiting', waits: false });
    }
  };
  const run = forwardedRun((...args) => waiting(spawnSync as SpawnSync, args), write);
  Object.assign(childProcess, {
    spawnSync: (file: string, ...rest: unknown[]) => {
      const [args, options] = argumentsOf(rest);
      return redirected(options.stdio).targets.some(Boolean)
        ? run(file, args, options)
        : waiting(spawnSync as (...all: unknown[]) => unknown, [file, ...rest]);
    },
    execSync: (command: string, ...rest: unknown[]) => {
      const [, options] = argumentsOf(rest);
      return redirected(options.stdio).targets.some(Boolean)
        ? checked(run(command, [], { ...options, shell: options.shell ?? true }), command)
        : waiting(execSync as (...all: unknown[]) => unknown, [command, ...rest]);
    },
    execFileSync: (file: string, ...rest: unknown[]) => {
      const [args, options] = argumentsOf(rest);
      return redirected(options.stdio).targets.some(Boolean)
        ? checked(run(file, args, options), [file, ...args].join(' '))
        : waiting(execFileSync as (...all: unknown[]) => unknown, [file, ...rest]);
    },
  });
  syncBuiltinESMExports();
}

/** `args` and `options` may both be left out. */
function argumentsOf(rest: unknown[]): [string[], Options] {
  const [first, second] = rest;
  if (!Array.isArray(first)) return [[], (first ?? second ?? {}) as Options];
  return [Array.from({ length: first.length }, (_, i) => first[i]), (second ?? {}) as Options];
}

/** The output comes when the child has ended: the thread that could pass it on waits for the child. */
function forwardedRun(spawnSync: SpawnSync, write: WriteFor): SpawnSync {
  return (file, args, options) => {
    const { stdio, targets } = redirected(options.stdio);
    const forwarded = { ...options, stdio, maxBuffer: Number.POSITIVE_INFINITY } as Options;
    const result = spawnSync(file, args, forwarded);
    const output = result.output as (string | Buffer | null)[] | null;
    targets.forEach((target, i) => {
      if (!target || !output) return;
      write(target, String(output[i] ?? ''), currentRun()?.id);
      output[i] = null;
    });
    return { ...result, stdout: output?.[1] ?? null, stderr: output?.[2] ?? null } as typeof result;
  };
}

/** What execSync and execFileSync make of an end. */
function checked(result: SpawnSyncReturns<string | Buffer>, command: string): string | Buffer | null {
  const failed = result.error ?? (result.status === 0 ? undefined : new Error(`Command failed: ${command}`));
  if (failed) throw Object.assign(failed, result, { error: undefined });
  return result.stdout;
}
