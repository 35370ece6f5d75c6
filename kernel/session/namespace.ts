/** A namespace object: no prototype to inherit names from, and quick to read. */
export class Module {}
Object.setPrototypeOf(Module.prototype, null);
Object.defineProperty(Module.prototype, 'constructor', { value: undefined });
Object.defineProperty(Module.prototype, Symbol.toStringTag, { value: 'Module' });

/**
 * What a module inherits while another one in a circle of imports has it already: names that it has not come to throw,
 * as they do in JavaScript. Only circles pay for it, and only until they are complete.
 */
export function unfinished(path: string): object {
  const file = path.slice(path.lastIndexOf('/') + 1);
  return new Proxy(Module.prototype, {
    get(target, name, receiver) {
      if (typeof name === 'symbol' || name === 'then') return Reflect.get(target, name, receiver);
      const reason = `${file} is still being loaded, for it imports this file (circular import)`;
      throw new ReferenceError(`Cannot access '${name}' before initialization: ${reason}`);
    },
  });
}

export function live(target: object, name: string, get: () => unknown): void {
  Object.defineProperty(target, name, { get, enumerable: true, configurable: true });
}

/** A package's exports, with the properties of a CommonJS `module.exports` that Node did not find by itself. */
export function view(namespace: Record<string, unknown>): Record<string, unknown> {
  const exports = new Module() as Record<string, unknown>;
  for (const name of Object.keys(namespace)) exports[name] = namespace[name];
  const whole = namespace.default;
  if (whole === null || (typeof whole !== 'object' && typeof whole !== 'function')) return exports;
  for (const name of Object.keys(whole)) if (!(name in exports)) exports[name] = (whole as never)[name];
  return exports;
}
