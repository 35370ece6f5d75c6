/**
 * The small part of WebAssembly that the engine uses. Every host has it, but TypeScript only knows it together
 * with a browser's page or with Node, and lib/ is written for neither.
 */
export interface WasmMemory {
  readonly buffer: ArrayBuffer;
}

interface WebAssemblyInHost {
  validate(bytes: Uint8Array<ArrayBuffer>): boolean;
  readonly Memory: new (limits: { initial: number; maximum?: number }) => WasmMemory;
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => object;
  readonly Instance: new (
    module: object,
    imports: { env: { memory: WasmMemory } },
  ) => { readonly exports: Readonly<Record<string, unknown>> };
}

/** undefined where the host has no WebAssembly. */
export const webAssembly = (globalThis as unknown as { WebAssembly?: WebAssemblyInHost }).WebAssembly;

const pageBytes = 65536;

/**
 * Memory of a fixed size for a WebAssembly engine, all 0.
 *
 * @param bytes how much is needed; what there is is the next multiple of 64 KiB
 * @throws when the host has no WebAssembly or not so much memory
 *
 * @example
 * ```ts
 * wasmMemory(100_000).buffer.byteLength // => 131_072
 * ```
 */
export function wasmMemory(bytes: number): WasmMemory {
  if (!webAssembly) throw new Error('wasmMemory: expected a host with WebAssembly, this one has none');
  const pages = Math.ceil(bytes / pageBytes);
  try {
    return new webAssembly.Memory({ initial: pages, maximum: pages });
  } catch (error) {
    throw new RangeError(
      `wasmMemory: expected room for ${bytes} bytes, got none (${(error as Error).message})`,
    );
  }
}
