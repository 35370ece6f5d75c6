interface Signal {
  onsignal(): void;
  start(number: number): number;
  unref(): void;
}

const interruptSignal = 2;

/**
 * Calls `interrupted` at every SIGINT of the process. Node hands signals to the main thread alone, which does not hear
 * them while it spins; the class behind `process.on` works in every thread that may load it (see thread.ts).
 */
export function onInterruptSignal(interrupted: () => void): void {
  try {
    const { internalBinding } = require('internal/test/binding');
    const { Signal }: { Signal: new () => Signal } = internalBinding('signal_wrap');
    const signal = new Signal();
    signal.unref();
    signal.onsignal = interrupted;
    signal.start(interruptSignal);
  } catch {
    // A Node without it: interrupts come by message all the same.
  }
}
