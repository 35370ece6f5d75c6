import inspector from 'node:inspector';
import { clearAsyncStack } from './async-stack.ts';

/** Beyond this part of the limit the guard is up. */
const suspicious = 0.4;

/** Milliseconds between two looks at the memory: objects may fill it at gigabytes a second. */
const rhythm = 50;

/**
 * Ends a cell whose objects fill the memory, where Node would end the process. V8 tells a debugger that memory runs
 * out and then waits for it. A debugger makes `await` ten times slower, so there is one only while memory is short.
 */
export class MemoryGuard {
  private session: inspector.Session | undefined;
  private readonly timer: NodeJS.Timeout;
  private isUp = false;
  private isResetting = false;

  constructor(
    private readonly limit: number,
    private readonly tearing: Int32Array,
    private readonly hooked: Int32Array,
    /** The main thread's code has been torn down for want of memory. */
    private readonly torn: () => void,
  ) {
    this.timer = setInterval(() => this.look(), rhythm).unref();
  }

  /** A process does not end while a debugger is there. */
  close(): void {
    clearInterval(this.timer);
    this.disconnect();
  }

  private disconnect(): void {
    this.session?.disconnect();
    this.session = undefined;
    this.isUp = false;
  }

  private look(): void {
    if (this.isResetting) return;
    // Cheap, and never less than the objects take.
    if (residentSize() < this.limit * suspicious) return this.disconnect();
    const session = this.session ?? this.connect();
    session.post('Runtime.getHeapUsage', (_: unknown, usage?: { totalSize: number }) => {
      if (session !== this.session || !usage) return;
      const isShort = usage.totalSize > this.limit * suspicious;
      if (isShort === this.isUp) return;
      this.isUp = isShort;
      session.post(isShort ? 'Debugger.enable' : 'Debugger.disable');
      // `debugger` in a cell must not stop it: nobody would come.
      if (isShort) session.post('Debugger.setSkipAllPauses', { skip: true });
    });
  }

  /** V8 raised the limit so that the debugger could speak. It is put back with the debugger's end. */
  private reset(session: inspector.Session): void {
    this.isResetting = true;
    session.post('HeapProfiler.collectGarbage', () => {
      session.post('Debugger.disable', () => {
        this.isUp = false;
        this.isResetting = false;
      });
    });
  }

  private connect(): inspector.Session {
    const session = new inspector.Session();
    session.connectToMainThread();
    session.on('Debugger.paused', () => {
      Atomics.store(this.tearing, 0, 1);
      clearAsyncStack(session, this.hooked);
      session.post('Runtime.terminateExecution', () => {
        this.torn();
        this.reset(session);
      });
      session.post('Debugger.resume');
    });
    this.session = session;
    return session;
  }
}

/** In bytes. Without end where a process that has opened all files it may cannot find out. */
function residentSize(): number {
  try {
    return process.memoryUsage.rss();
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}
