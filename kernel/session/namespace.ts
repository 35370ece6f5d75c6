/** A namespace object: no prototype to inherit names from, and quick to read. */
export class Module {}
Object.setPrototypeOf(Module.prototype, null);
Object.defineProperties(Module.prototype, {
  constructor: { value: undefined },
  [Symbol.toStringTag]: { value: 'Module' },
  [Symbol.for('nodejs.util.inspect.custom')]: { value: inspected },
});

/** As Node shows the namespace of a module: by name, with the values of variables. */
function inspected(
  this: Record<string, unknown>,
  _depth: number,
  options: object,
  inspect: (value: object, options: object) => string,
): string {
  const names = Object.keys(this).sort();
  return `[Module: null prototype] ${inspect(Object.fromEntries(names.map(name => [name, this[name]])), options)}`;
}

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

type Namespace = Record<string, unknown>;

/** What modules take over by `export *`. In a circle of files, a module may have it before its exports are there. */
export class Stars {
  private readonly all: [to: Namespace, from: Namespace, own: readonly string[]][] = [];

  /** `own`: exports that `to` sets itself later. */
  add(to: Namespace, from: Namespace, own: readonly string[]): void {
    this.all.push([to, from, own]);
    passOn(to, from, own);
  }

  /** Once more, until a name has gone round each circle. */
  complete(): void {
    while (this.all.filter(star => passOn(...star)).length);
    this.all.length = 0;
  }
}

function passOn(to: Namespace, from: Namespace, own: readonly string[]): boolean {
  const names = Object.keys(from).filter(name => name !== 'default' && !(name in to) && !own.includes(name));
  for (const name of names) live(to, name, () => from[name]);
  return names.length > 0;
}

/** A package's exports, with the properties of a CommonJS `module.exports` that Node did not find by itself. */
export function view(namespace: Namespace): Namespace {
  const exports = new Module() as Namespace;
  for (const name of Object.keys(namespace)) exports[name] = namespace[name];
  const whole = namespace.default;
  if (whole === null || (typeof whole !== 'object' && typeof whole !== 'function')) return exports;
  for (const name of Object.keys(whole)) if (!(name in exports)) exports[name] = (whole as never)[name];
  return exports;
}
