/** What the compiler hands to the runtime. Plain data: it may cross a process. */

/** Where one `import` leads. */
export type ModuleReference =
  /** A source file of the learner's project: compiled here, fresh when it changes. */
  | { kind: 'file'; path: string }
  /** Anything the host loads by itself: an installed package, a built-in module, a `.js` file. */
  | { kind: 'package'; specifier: string; from: string };

/** A project file, compiled to an expression whose value is a function of the runtime's module object. */
export interface ModuleImage {
  path: string;
  /** Grows when the file, or anything it imports, changes. */
  epoch: number;
  code: string;
  /** The file's own text, for the lines that errors show. */
  source: string;
  /** Source map (version 3, JSON); empty for JSON files. */
  map: string;
  references: ModuleReference[];
}

export interface CompiledCell {
  status: 'ok';
  /** The compiler's own number of this cell; `Compiler.settle` takes it back. */
  cell: number;
  code: string;
  map: string;
  references: ModuleReference[];
  /** Files to bring up to date before the cell runs, each before what it imports. */
  images: ModuleImage[];
}

export interface RefusedCell {
  status: 'refused';
  ename: 'SyntaxError' | 'TypeScriptError';
  /** One text for each error, ready to show. */
  diagnostics: string[];
}

/** Answers to `import()`: a reference, and what it takes to evaluate it. */
export interface CompiledImport {
  reference: ModuleReference;
  images: ModuleImage[];
}
