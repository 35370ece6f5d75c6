import type { CompiledCell, CompiledImport, ModuleImage, ModuleReference } from './messages.ts';
import { live, Module, Stars, unfinished, view } from './namespace.ts';
import { type Waiting, waitingOf } from './waiting.ts';

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
  /** Whether what was at work has been stopped: its code may have vanished in the middle. */
  isStopped?(token: unknown): boolean;
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

/** A file on its first run. */
interface Loading {
  path: string;
  /** What was at work when it began. */
  token: unknown;
  /** The record as it was. */
  before: ModuleRecord;
  done: Promise<void>;
}

export interface CellRun {
  /** Absent where the last statement is no expression. */
  value?: unknown;
  /** Names that were declared before the cell ended, or failed. */
  declared: string[];
}

/** The half of a session that runs code: variables, and the instances of modules. */
export class Runtime {
  private readonly boxes = new Map<string, Box>();
  private readonly files = new Map<string, ModuleRecord>();
  private readonly images = new Map<string, ModuleImage>();
  private readonly packages = new Map<string, ModuleRecord>();
  private readonly loading = new Map<ModuleRecord, Loading>();
  /** Files that have come to their end while others had not. */
  private completed: string[] = [];
  private readonly stars = new Stars();
  /** The files that a file waits for. */
  private readonly awaited = new Map<string, string[]>();

  private readonly waiting: Waiting;

  constructor(private readonly host: RuntimeHost) {
    this.waiting = waitingOf(host);
  }

  /** Runs a compiled cell; `run` fills as it goes, so that it tells what was reached when the cell throws. */
  async execute(cell: CompiledCell, file: string, name: string, run: CellRun): Promise<void> {
    const token = this.host.now();
    await this.bring(cell);
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

  /**
   * Takes over changed files and runs them. Each comes before what it imports, and loads that first. One that fails and
   * that only earlier cells have imported stays as it was for them.
   */
  private async bring({ images, references }: CompiledCell): Promise<void> {
    for (const image of images) this.images.set(image.path, image);
    for (const { path } of images) {
      await this.load(path).catch(error => {
        if (references.some(to => to?.kind === 'file' && this.reaches(to.path, path))) throw error;
      });
    }
  }

  private async records(
    references: readonly (ModuleReference | undefined)[],
    importer?: string,
  ): Promise<(ModuleRecord | undefined)[]> {
    const records: (ModuleRecord | undefined)[] = [];
    for (const reference of references) records.push(reference && (await this.record(reference, importer)));
    return records;
  }

  private async record(reference: ModuleReference, importer = ''): Promise<ModuleRecord> {
    if (reference.kind !== 'file') return this.package(reference.specifier, reference.from);
    const awaited = this.awaited.get(importer) ?? [];
    this.awaited.set(importer, awaited);
    awaited.push(reference.path);
    try {
      return await this.load(reference.path, importer);
    } finally {
      awaited.splice(awaited.indexOf(reference.path), 1);
    }
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

  /**
   * The present instance of a file. A circular import finds it while it is being made; others wait for it, as files
   * may that one of them loads while another has an `await` at its top.
   */
  private async load(path: string, importer = ''): Promise<ModuleRecord> {
    const image = this.images.get(path);
    if (!image) throw new Error(`No compiled form of ${path}`);
    const record = this.files.get(path) ?? { ns: {}, epoch: 0 };
    const loading = this.loading.get(record);
    const stopped = loading && this.host.isStopped?.(loading.token) ? loading : undefined;
    if (stopped) {
      this.awaited.delete(path);
      this.forgetCircle(path, this.completed);
    } else if (record.epoch === image.epoch) {
      if (loading && !this.waitsFor(path, importer)) await loading.done;
      return record;
    }
    const before = stopped?.before ?? { ...record };
    Object.assign(record, { ns: new Module(), epoch: image.epoch });
    this.files.set(path, record);
    const first = this.completed.length;
    const done = Promise.resolve().then(() => this.evaluate(image, record));
    this.loading.set(record, { path, token: this.host.now(), before, done });
    try {
      await done;
    } catch (error) {
      Object.assign(record, before);
      this.forgetCircle(path, this.completed.splice(first));
      throw error;
    } finally {
      if (this.loading.get(record)?.done === done) this.loading.delete(record);
    }
    this.completed.push(path);
    if (Object.getPrototypeOf(record.ns) !== Module.prototype) {
      Object.setPrototypeOf(record.ns, Module.prototype);
    }
    if (this.loading.size === 0) this.seal();
    return record;
  }

  /** With all files complete, what they export is known. */
  private seal(): void {
    this.stars.complete();
    for (const path of this.completed) Object.freeze(this.files.get(path)?.ns);
    this.completed = [];
  }

  /** What completed in a circle with a file that then failed holds on to its failed instance: it must run again. */
  private forgetCircle(failed: string, completed: readonly string[]): void {
    for (const path of completed) {
      const record = this.files.get(path);
      if (record && this.reaches(path, failed)) record.epoch = 0;
    }
  }

  /** Whether `path` is `other`, or imports it by whatever way. */
  private reaches(path: string, other: string, seen = new Set<string>()): boolean {
    if (path === other) return true;
    if (seen.has(path)) return false;
    seen.add(path);
    const references = this.images.get(path)?.references ?? [];
    return references.some(to => to?.kind === 'file' && this.reaches(to.path, other, seen));
  }

  /** Whether `path` cannot come to its end before `other` has. */
  private waitsFor(path: string, other: string, seen = new Set<string>()): boolean {
    if (path === other) return true;
    if (seen.has(path)) return false;
    seen.add(path);
    return (this.awaited.get(path) ?? []).some(next => this.waitsFor(next, other, seen));
  }

  private async evaluate(image: ModuleImage, record: ModuleRecord): Promise<void> {
    const modules = await this.records(image.references, image.path);
    for (const module of modules) {
      const path = module && this.loading.get(module)?.path;
      if (path !== undefined && module) Object.setPrototypeOf(module.ns, unfinished(path));
    }
    const start = this.host.evaluate(image.code, image.path) as CellFunction;
    const { meta, require, filename, dirname } = this.host.environment(image.path);
    const exports = record.ns;
    const context = {
      exports,
      module: (index: number) => modules[index]?.ns,
      live: (name: string, get: () => unknown) => live(exports, name, get),
      star: (from: Record<string, unknown>, own: readonly string[]) => this.stars.add(exports, from, own),
      nameless: (made: object) =>
        Object.defineProperty(made, 'name', { value: 'default', configurable: true }),
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
      for (const image of images) this.images.set(image.path, image);
      return (await this.record(reference, from)).ns;
    };
    return (specifier: unknown) => {
      const loading = load(specifier);
      return this.host.release?.(loading) ?? loading;
    };
  }
}

type CellFunction = (context: object, require: unknown, filename: string, dirname: string) => unknown;
