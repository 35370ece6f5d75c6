import type { CompiledCell, CompiledImport, ModuleImage, ModuleReference } from './messages.ts';

/** What the runtime asks of its host. */
export interface RuntimeHost {
  /** The value of a JavaScript expression; `name` is what stack traces call it. */
  evaluate(expression: string, name: string): unknown;
  /** Loads an installed package, a built-in module or a script for the file `from`. */
  loadPackage(specifier: string, from: string): Promise<Record<string, unknown>>;
  /** `import.meta`, `require`, `__filename` and `__dirname` for code in the file `path`. */
  environment(path: string): Environment;
  /** Compiles what `import()` names at run time. */
  compileImport(specifier: string, from: string): Promise<CompiledImport>;
  /** What is at work before code waits, an opaque token; and again when it goes on. `after` may throw, to end it. */
  now(): unknown;
  after(token: unknown): void;
  /** Where evaluated code has built-ins of its own: waits for a promise of that code, and gives it one. */
  adopt?<T>(value: T | Promise<T>): Promise<T>;
  release?<T>(promise: Promise<T>): Promise<T>;
}

export interface Environment {
  meta: object;
  require: unknown;
  filename: string;
  dirname: string;
}

/** A variable of the session. Its own class gives each box a fast shape of its own. */
interface Box {
  $?: unknown;
}

/** A module as importing code holds it: `ns` is replaced when the file has changed. */
export interface ModuleRecord {
  ns: Record<string, unknown>;
  epoch: number;
}

export interface CellRun {
  /** Absent where the last statement is no expression. */
  value?: unknown;
  /** Names that were declared before the cell ended, or failed. */
  declared: string[];
}

/** A namespace object: no prototype to inherit names from, and quick to read. */
class Module {}
Object.setPrototypeOf(Module.prototype, null);
Object.defineProperty(Module.prototype, 'constructor', { value: undefined });
Object.defineProperty(Module.prototype, Symbol.toStringTag, { value: 'Module' });

/** The half of a session that runs code: variables, and the instances of modules. */
export class Runtime {
  private readonly boxes = new Map<string, Box>();
  private readonly files = new Map<string, ModuleRecord>();
  private readonly images = new Map<string, ModuleImage>();
  private readonly packages = new Map<string, ModuleRecord>();
  /** Files at work on their first run. */
  private readonly loading = new Map<ModuleRecord, string>();

  /** How compiled code waits: `$$0after($$0now(), await x)`. */
  private readonly waiting: Waiting;

  constructor(private readonly host: RuntimeHost) {
    this.waiting = waitingOf(host);
  }

  /** Runs a compiled cell; `run` fills as it goes, so that it tells what was reached when the cell throws. */
  async execute(cell: CompiledCell, file: string, name: string, run: CellRun): Promise<void> {
    const token = this.host.now();
    await this.bring(cell.images);
    const modules = await this.records(cell.references);
    const start = this.host.evaluate(cell.code, name) as CellFunction;
    const { meta, require, filename, dirname } = this.host.environment(file);
    const reached = new Set<string>();
    const context = {
      box: (box: string) => this.box(box),
      module: (index: number) => modules[index],
      value: (value: unknown) => {
        run.value = value;
      },
      // A `var` in a loop comes here in each of its turns.
      done: (...names: string[]) => {
        for (const name of names) {
          if (reached.has(name)) continue;
          reached.add(name);
          run.declared.push(name);
        }
      },
      isDone: (name: string) => reached.has(name),
      ...this.waiting,
      import: this.importer(file),
      meta,
    };
    this.host.after(token);
    await this.adopt(start(context, require, filename, dirname));
  }

  /** Value of a variable of the session. */
  variable(name: string): unknown {
    return this.boxes.get(name)?.$;
  }

  private box(name: string): Box {
    let box = this.boxes.get(name);
    if (!box) {
      box = {};
      this.boxes.set(name, box);
    }
    return box;
  }

  /** Takes over changed files and runs those that are needed, dependencies first. */
  private async bring(images: readonly ModuleImage[]): Promise<void> {
    for (const image of images) this.images.set(image.path, image);
    for (const image of images) await this.load(image.path);
  }

  private async records(
    references: readonly (ModuleReference | undefined)[],
  ): Promise<(ModuleRecord | undefined)[]> {
    const records: (ModuleRecord | undefined)[] = [];
    for (const reference of references) records.push(reference && (await this.record(reference)));
    return records;
  }

  private record(reference: ModuleReference): Promise<ModuleRecord> {
    return reference.kind === 'file'
      ? this.load(reference.path)
      : this.package(reference.specifier, reference.from);
  }

  private async package(specifier: string, from: string): Promise<ModuleRecord> {
    const key = `${from.slice(0, from.lastIndexOf('/'))} ${specifier}`;
    let record = this.packages.get(key);
    if (!record) {
      record = { ns: view(await this.host.loadPackage(specifier, from)), epoch: 0 };
      this.packages.set(key, record);
    }
    return record;
  }

  /** The present instance of a file; a circular import finds it while it is being made. */
  private async load(path: string): Promise<ModuleRecord> {
    const image = this.images.get(path);
    if (!image) throw new Error(`No compiled form of ${path}`);
    const known = this.files.get(path);
    if (known?.epoch === image.epoch) return known;
    const record = known ?? { ns: {}, epoch: 0 };
    const before = { ...record };
    Object.assign(record, { ns: new Module(), epoch: image.epoch });
    this.files.set(path, record);
    this.loading.set(record, path);
    try {
      await this.evaluate(image, record);
    } catch (error) {
      Object.assign(record, before);
      throw error;
    } finally {
      this.loading.delete(record);
    }
    if (Object.getPrototypeOf(record.ns) !== Module.prototype) {
      Object.setPrototypeOf(record.ns, Module.prototype);
    }
    return record;
  }

  private async evaluate(image: ModuleImage, record: ModuleRecord): Promise<void> {
    const modules = await this.records(image.references);
    for (const module of modules) {
      const path = module && this.loading.get(module);
      if (path !== undefined && module) Object.setPrototypeOf(module.ns, unfinished(path));
    }
    const start = this.host.evaluate(image.code, image.path) as CellFunction;
    const { meta, require, filename, dirname } = this.host.environment(image.path);
    const exports = record.ns;
    const context = {
      exports,
      module: (index: number) => modules[index]?.ns,
      live: (name: string, get: () => unknown) => live(exports, name, get),
      star: (from: Record<string, unknown>) => {
        for (const name of Object.keys(from)) {
          if (name !== 'default' && !(name in exports)) live(exports, name, () => from[name]);
        }
      },
      json: (value: unknown) => {
        if (value && typeof value === 'object' && !Array.isArray(value)) Object.assign(exports, value);
        exports.default = value;
      },
      ...this.waiting,
      import: this.importer(image.path),
      meta,
    };
    await this.adopt(start(context, require, filename, dirname));
  }

  private adopt(value: unknown): Promise<unknown> {
    return this.host.adopt?.(value) ?? Promise.resolve(value);
  }

  private importer(from: string) {
    const load = async (specifier: unknown): Promise<Record<string, unknown>> => {
      const { reference, images } = await this.host.compileImport(String(specifier), from);
      await this.bring(images);
      return (await this.record(reference)).ns;
    };
    return (specifier: unknown) => {
      const loading = load(specifier);
      return this.host.release?.(loading) ?? loading;
    };
  }
}

/**
 * What a module inherits while another one in a circle of imports has it already: names that it has not come to throw,
 * as they do in JavaScript. Only circles pay for it, and only until they are complete.
 */
function unfinished(path: string): object {
  const file = path.slice(path.lastIndexOf('/') + 1);
  return new Proxy(Module.prototype, {
    get(target, name, receiver) {
      if (typeof name === 'symbol' || name === 'then') return Reflect.get(target, name, receiver);
      const reason = `${file} is still being loaded, for it imports this file (circular import)`;
      throw new ReferenceError(`Cannot access '${name}' before initialization: ${reason}`);
    },
  });
}

interface Waiting {
  now(): unknown;
  after<T>(token: unknown, value: T): T;
  each<T>(token: unknown, items: AsyncIterable<T> | Iterable<T>): AsyncIterable<T>;
}

/**
 * What `for await` walks. A text, so that the host makes it of the built-ins that the cells have: promises of another
 * context cost half as much again.
 */
const each = `(after => async function* (token, items) {
  try {
    for await (const item of items) {
      after(token);
      yield item;
    }
  } finally {
    after(token);
  }
})`;

function waitingOf(host: RuntimeHost): Waiting {
  const walk = host.evaluate(each, 'node:for-await') as (after: RuntimeHost['after']) => Waiting['each'];
  return {
    now: host.now,
    after(token, value) {
      host.after(token);
      return value;
    },
    each: walk(host.after),
  };
}

type CellFunction = (context: object, require: unknown, filename: string, dirname: string) => unknown;

function live(target: object, name: string, get: () => unknown): void {
  Object.defineProperty(target, name, { get, enumerable: true, configurable: true });
}

/** A package's exports, with the properties of a CommonJS `module.exports` that Node did not find by itself. */
function view(namespace: Record<string, unknown>): Record<string, unknown> {
  const exports = new Module() as Record<string, unknown>;
  for (const name of Object.keys(namespace)) exports[name] = namespace[name];
  const whole = namespace.default;
  if (whole === null || (typeof whole !== 'object' && typeof whole !== 'function')) return exports;
  for (const name of Object.keys(whole)) if (!(name in exports)) exports[name] = (whole as never)[name];
  return exports;
}
