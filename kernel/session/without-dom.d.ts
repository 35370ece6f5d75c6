/**
 * What Node has at run time and TypeScript knows only together with a browser's document: for notebooks whose
 * tsconfig.json leaves `DOM` out of `lib`.
 */

import type { webcrypto } from 'node:crypto';
import type { Performance as NodePerformance } from 'node:perf_hooks';

declare global {
  interface Performance extends NodePerformance {}
  const Performance: { readonly prototype: Performance };

  interface Crypto extends webcrypto.Crypto {}
  const Crypto: { readonly prototype: Crypto };

  interface CryptoKey extends webcrypto.CryptoKey {}
  const CryptoKey: { readonly prototype: CryptoKey };

  interface SubtleCrypto extends webcrypto.SubtleCrypto {}
  const SubtleCrypto: { readonly prototype: SubtleCrypto };

  namespace WebAssembly {
    type Bytes = ArrayBuffer | ArrayBufferView;
    type ImportExportKind = 'function' | 'global' | 'memory' | 'table' | 'tag';
    type Exports = Record<string, ExportValue>;
    // biome-ignore lint/complexity/noBannedTypes: of an exported function no signature is known; TypeScript's own says so too.
    type ExportValue = Function | Global | Memory | Table;
    type Imports = Record<string, Record<string, ExportValue | number | bigint>>;

    interface ValueTypeMap {
      // biome-ignore lint/complexity/noBannedTypes: as above.
      anyfunc: Function;
      externref: unknown;
      f32: number;
      f64: number;
      i32: number;
      i64: bigint;
      v128: never;
    }
    type ValueType = keyof ValueTypeMap;

    interface Module {}
    const Module: {
      readonly prototype: Module;
      new (bytes: Bytes): Module;
      customSections(module: Module, name: string): ArrayBuffer[];
      exports(module: Module): { name: string; kind: ImportExportKind }[];
      imports(module: Module): { module: string; name: string; kind: ImportExportKind }[];
    };

    interface Instance {
      readonly exports: Exports;
    }
    const Instance: { readonly prototype: Instance; new (module: Module, imports?: Imports): Instance };

    interface Memory {
      /** Another one after each `grow`; views of the one before are then empty. */
      readonly buffer: ArrayBuffer;
      /** By so many pages of 64 KiB. Gives how many there were. */
      grow(pages: number): number;
    }
    const Memory: {
      readonly prototype: Memory;
      new (pages: { initial: number; maximum?: number; shared?: boolean }): Memory;
    };

    interface Table {
      readonly length: number;
      // biome-ignore lint/suspicious/noExplicitAny: a function to call, mostly.
      get(index: number): any;
      set(index: number, value?: unknown): void;
      grow(by: number, value?: unknown): number;
    }
    const Table: {
      readonly prototype: Table;
      new (
        descriptor: { element: 'anyfunc' | 'externref'; initial: number; maximum?: number },
        value?: unknown,
      ): Table;
    };

    interface Global<T extends ValueType = ValueType> {
      value: ValueTypeMap[T];
      valueOf(): ValueTypeMap[T];
    }
    const Global: {
      readonly prototype: Global;
      new <T extends ValueType>(
        descriptor: { value: T; mutable?: boolean },
        value?: ValueTypeMap[T],
      ): Global<T>;
    };

    interface Tag {}
    const Tag: { readonly prototype: Tag; new (type: { parameters: ValueType[] }): Tag };

    interface Exception {
      readonly stack: string | undefined;
      is(tag: Tag): boolean;
      getArg(tag: Tag, index: number): unknown;
    }
    const Exception: {
      readonly prototype: Exception;
      new (tag: Tag, payload: unknown[], options?: { traceStack?: boolean }): Exception;
    };

    interface CompileError extends Error {}
    const CompileError: ErrorConstructor;
    interface LinkError extends Error {}
    const LinkError: ErrorConstructor;
    interface RuntimeError extends Error {}
    const RuntimeError: ErrorConstructor;

    interface Instantiated {
      module: Module;
      instance: Instance;
    }

    function validate(bytes: Bytes): boolean;
    function compile(bytes: Bytes): Promise<Module>;
    function compileStreaming(source: Response | PromiseLike<Response>): Promise<Module>;
    function instantiate(bytes: Bytes, imports?: Imports): Promise<Instantiated>;
    function instantiate(module: Module, imports?: Imports): Promise<Instance>;
    function instantiateStreaming(
      source: Response | PromiseLike<Response>,
      imports?: Imports,
    ): Promise<Instantiated>;
  }
}
