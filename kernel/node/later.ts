const { setTimeout } = globalThis;

const probe = setTimeout(() => {});
const { unref } = probe;
clearTimeout(probe);

/**
 * The kernel's own timer, which no interrupt takes away. False where a cell has broken what Node makes timers of, as by
 * a read-only `Object.prototype.id`.
 */
export function later(callback: () => void, milliseconds = 0): boolean {
  try {
    Reflect.apply(unref, setTimeout(callback, milliseconds), []);
    return true;
  } catch {
    return false;
  }
}
