import type ts from 'typescript';

/** What the compiler asks of its host; the same core then runs in Node and in a browser worker. */
export interface CompilerHost {
  typescript: typeof ts;
  /** Shared by the sessions of one process, so that the standard library is parsed once. */
  registry: ts.DocumentRegistry;
  /** Folder of the notebook; every path has forward slashes. */
  directory: string;
  /** The learner's `compilerOptions`, as `kernelOptions` completed them. */
  options: ts.CompilerOptions;
  /** Folder of `lib.es5.d.ts` and its neighbours. */
  libraryDirectory: string;
  /** Files whose declarations every cell sees. */
  ambientFiles: string[];
  /** A module of the run-time's own: no file of it will ever be found. */
  isBuiltIn(specifier: string): boolean;
  /** Modules that the kernel itself provides: name and declaration file. */
  ownModules: Record<string, string>;
  /** Changes when the file changes; undefined where there is none. */
  stamp(path: string): string | undefined;
  readFile(path: string): string | undefined;
  directoryExists(path: string): boolean;
  getDirectories(path: string): string[];
  readDirectory: ts.System['readDirectory'];
  realpath(path: string): string;
}

interface TrackedFile {
  version: number;
  stamp: string | undefined;
  snapshot: ts.IScriptSnapshot | undefined;
}

/** The compiler asks these too, though its types do not say so. */
type ServiceHost = ts.LanguageServiceHost & {
  hasInvalidatedResolutions(path: string): boolean;
  getModuleResolutionCache(): ts.ModuleResolutionCache;
};

const cellFile = '__cell__.ts';

/** The files that the checker sees: the current cell, earlier cells, the learner's project, installed types. */
export class Workspace {
  readonly cellPath: string;
  /** Grows when anything but the text of the cell at hand may mean something else than before. */
  epoch = 0;
  /** Whether `Loss.ts` and `loss.ts` are two files. */
  private readonly isCaseSensitive: boolean;
  private readonly service: ts.LanguageService;
  private readonly virtual = new Map<string, TrackedFile>();
  private readonly files = new Map<string, TrackedFile>();
  private readonly exists = new Map<string, boolean>();
  private readonly resolved = new Map<string, ts.ResolvedModuleFull | undefined>();
  /** Imports that lead over a symbolic link: the path before it is followed. */
  private readonly links = new Map<string, string>();
  /** What each project file imports: specifier and path, undefined where nothing is there. */
  private readonly imports = new Map<string, Map<string, string | undefined>>();
  private readonly unsettled = new Set<string>();
  private readonly extraRoots: string[] = [];
  private counter = 0;

  constructor(readonly host: CompilerHost) {
    this.cellPath = `${host.directory}/${cellFile}`;
    this.setVirtual(this.cellPath, 'export {};');
    this.isCaseSensitive = !host.directoryExists(swapCase(host.libraryDirectory));
    this.service = host.typescript.createLanguageService(this.serviceHost(), host.registry);
  }

  get languageService(): ts.LanguageService {
    return this.service;
  }

  /** Puts the text of the cell at hand before the checker. The same text again is not checked again. */
  setCell(text: string): void {
    if (text !== this.text(this.cellPath)) this.setVirtual(this.cellPath, text);
  }

  /** Keeps a cell's text for later cells. `everywhere`: even those that name nothing of it. */
  saveCell(cell: number, text: string, everywhere: boolean): void {
    const path = this.pathOf(cell);
    this.setVirtual(path, text);
    if (!everywhere) return;
    // Of two cells that declare the same, the checker believes the first.
    this.extraRoots.unshift(path);
    this.epoch++;
  }

  pathOf(cell: number): string {
    return `${this.host.directory}/__cell_${cell}__.ts`;
  }

  program(): ts.Program {
    const program = this.service.getProgram();
    if (!program) throw new Error('The TypeScript language service gave no program');
    return program;
  }

  /** Notices project files that were changed, made or deleted since the last call. */
  refresh(): void {
    this.unsettled.clear();
    const before = this.counter;
    for (const [path, file] of this.files) {
      if (isInstalled(path) || path.startsWith(this.host.libraryDirectory)) continue;
      const stamp = this.host.stamp(path);
      if (stamp === file.stamp) continue;
      // A new owner or mode is no change.
      if (file.snapshot && this.host.readFile(path) === this.text(path)) file.stamp = stamp;
      else this.files.set(path, { version: ++this.counter, stamp, snapshot: undefined });
    }
    for (const [path, imports] of this.imports) {
      const isElsewhere = [...imports].some(([specifier, to]) => this.leadsElsewhere(specifier, path, to));
      if (isElsewhere || [...imports.values()].includes(undefined)) this.unsettled.add(path);
      const file = this.files.get(path);
      // What it was compiled to names the old place.
      if (isElsewhere && file) file.version = ++this.counter;
    }
    if (this.unsettled.size) this.counter++;
    if (this.counter !== before) this.epoch++;
  }

  private leadsElsewhere(specifier: string, from: string, to: string | undefined): boolean {
    if (!to) return this.resolve(specifier, from) !== undefined;
    if (isInstalled(to)) return false;
    const path = this.links.get(keyOf(specifier, from)) ?? to;
    if (!this.fileExists(to) || this.followed(path) !== to) return true;
    // A new file may stand before a folder's index, and the like.
    return mayMeanOthers(specifier) && this.resolve(specifier, from)?.resolvedFileName !== to;
  }

  version(path: string): number {
    return this.track(path).version;
  }

  text(path: string): string | undefined {
    const snapshot = this.track(path).snapshot;
    return snapshot?.getText(0, snapshot.getLength());
  }

  /** The project's own source files that `path` imports, also where only for types. */
  importsOf(path: string): string[] {
    return [...(this.imports.get(path)?.values() ?? [])].filter(
      to => to !== undefined && isProjectSource(to),
    ) as string[];
  }

  resolve(specifier: string, from: string): ts.ResolvedModuleFull | undefined {
    const own = this.host.ownModules[specifier];
    const { typescript: t } = this.host;
    if (own) return { resolvedFileName: own, extension: t.Extension.Dts, isExternalLibraryImport: true };
    const cell = `${this.host.directory}/${specifier.slice(2)}.ts`;
    if (this.virtual.has(cell)) return { resolvedFileName: cell, extension: t.Extension.Ts };
    const key = keyOf(specifier, from);
    if (this.resolved.has(key)) return this.resolved.get(key);
    const found = this.find(specifier, from);
    // What is not there today may be there tomorrow, and a project file may be deleted.
    if (isInstalled(from) || (found && isInstalled(found.resolvedFileName))) this.resolved.set(key, found);
    return found;
  }

  /** As at run time, a file is one module, whatever links lead to it. */
  private find(specifier: string, from: string): ts.ResolvedModuleFull | undefined {
    const { typescript: t, options } = this.host;
    const found = t.resolveModuleName(specifier, from, options, this.resolutionHost()).resolvedModule;
    if (!found || isInstalled(found.resolvedFileName)) return found;
    const path = found.resolvedFileName;
    const resolvedFileName = this.followed(path);
    if (resolvedFileName === path) this.links.delete(keyOf(specifier, from));
    else this.links.set(keyOf(specifier, from), path);
    return { ...found, resolvedFileName };
  }

  /** Where a symbolic link leads, unless the learner's options leave it as it is. */
  private followed(path: string): string {
    return this.host.options.preserveSymlinks ? path : this.host.realpath(path);
  }

  private setVirtual(path: string, text: string): void {
    const snapshot = this.host.typescript.ScriptSnapshot.fromString(text);
    this.virtual.set(path, { version: ++this.counter, stamp: undefined, snapshot });
  }

  private track(path: string): TrackedFile {
    const known = this.virtual.get(path) ?? this.files.get(path);
    if (known?.snapshot) return known;
    // Before the text is read: what is written in between counts as a change.
    const stamp = this.host.stamp(path);
    const text = this.host.readFile(path);
    const snapshot = text === undefined ? undefined : this.host.typescript.ScriptSnapshot.fromString(text);
    const file = { version: known?.version ?? 1, stamp, snapshot };
    this.files.set(path, file);
    return file;
  }

  private fileExists(path: string): boolean {
    if (this.virtual.has(path)) return true;
    if (!isInstalled(path)) return this.host.stamp(path) !== undefined;
    let exists = this.exists.get(path);
    if (exists === undefined) {
      exists = this.host.stamp(path) !== undefined;
      this.exists.set(path, exists);
    }
    return exists;
  }

  private resolutionHost(): Omit<ts.ModuleResolutionHost, 'useCaseSensitiveFileNames'> {
    const { host } = this;
    return {
      fileExists: path => this.fileExists(path),
      readFile: path => host.readFile(path),
      directoryExists: path => host.directoryExists(path),
      getCurrentDirectory: () => host.directory,
      getDirectories: path => host.getDirectories(path),
      realpath: path => host.realpath(path),
    };
  }

  private resolveAll(
    literals: readonly ts.StringLiteralLike[],
    from: string,
  ): ts.ResolvedModuleWithFailedLookupLocations[] {
    const resolutions = literals.map(literal => ({ resolvedModule: this.resolve(literal.text, from) }));
    if (!isInstalled(from)) {
      const imports = literals.map(
        (l, i) => [l.text, resolutions[i].resolvedModule?.resolvedFileName] as const,
      );
      this.imports.set(from, new Map(imports.filter(([name, to]) => to || !this.host.isBuiltIn(name))));
    }
    return resolutions;
  }

  private serviceHost(): ServiceHost {
    const { host } = this;
    // Only for what it knows of each package.json: the compiler would read them again for every cell.
    const cache = host.typescript.createModuleResolutionCache(host.directory, path => path, host.options);
    return {
      ...this.resolutionHost(),
      getModuleResolutionCache: () => cache,
      // While it stays the same, the compiler does not ask for each file's version.
      getProjectVersion: () => String(this.counter),
      fileExists: path => this.fileExists(path),
      readFile: path => this.text(path),
      getCurrentDirectory: () => host.directory,
      useCaseSensitiveFileNames: () => this.isCaseSensitive,
      getCompilationSettings: () => host.options,
      getScriptFileNames: () => [this.cellPath, ...host.ambientFiles, ...this.extraRoots],
      getScriptVersion: path => String(this.version(path)),
      getScriptSnapshot: path => this.track(path).snapshot,
      getDefaultLibFileName: options =>
        `${host.libraryDirectory}/${host.typescript.getDefaultLibFileName(options)}`,
      resolveModuleNameLiterals: (literals: readonly ts.StringLiteralLike[], from: string) =>
        this.resolveAll(literals, from),
      hasInvalidatedResolutions: (path: string) => this.unsettled.has(path),
      readDirectory: host.readDirectory,
    };
  }
}

/** What an import means depends on the folder of the file that it stands in. */
const keyOf = (specifier: string, from: string) => `${from.slice(0, from.lastIndexOf('/'))} ${specifier}`;

const swapCase = (path: string) =>
  path.replace(/./g, letter =>
    letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase(),
  );

/** A relative path that does not say itself which file it means. */
const mayMeanOthers = (specifier: string) => /^\.{1,2}(\/|$)(.*\/)?[^.]*(\.[cm]?jsx?)?$/.test(specifier);

export function isInstalled(path: string): boolean {
  return path.includes('/node_modules/');
}

/** A file that the session compiles itself. */
export function isProjectSource(path: string): boolean {
  return !isInstalled(path) && (/(?<!\.d)\.[cm]?tsx?$/.test(path) || path.endsWith('.json'));
}
