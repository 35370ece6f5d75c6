import type { Kernels } from './kernels.ts';
import { plainKernels } from './plain.ts';
import { wasmAvailable, wasmKernels, wasmScratchBytes } from './wasm.ts';
import { wasmMemory } from './web-assembly.ts';

/** Which kernels compute: WebAssembly with SIMD, or plain TypeScript. */
export type Backend = 'wasm' | 'plain';

/** Where a model computes and how. */
export interface BackendOptions {
  /** If left out: WebAssembly where it is to be had. */
  readonly backend?: Backend;
  /** Bits a number: 32, or 64 for checks, which only plain TypeScript has. */
  readonly precision?: 32 | 64;
}

/** Memory and the kernels that compute in it. */
export interface Ground {
  readonly kernels: Kernels;
  readonly buffer: ArrayBufferLike;
  /** How many bytes at the bottom belong to the kernels. */
  readonly scratch: number;
}

/**
 * The backend that a model gets: the one it asks for, or the fastest there is.
 *
 * @param options what was asked for
 * @throws when 64 bits are asked of WebAssembly
 *
 * @example
 * ```ts
 * chosenBackend({ precision: 64 }) // => 'plain'
 * ```
 */
export function chosenBackend({ backend, precision = 32 }: BackendOptions): Backend {
  if (backend === 'wasm' && precision === 64) {
    throw new RangeError('chosenBackend: expected a precision of 32 bits with WebAssembly, got 64');
  }
  return backend ?? (precision === 32 && wasmAvailable() ? 'wasm' : 'plain');
}

/**
 * Fresh memory of a fixed size, filled with zeros, and kernels that compute in it.
 *
 * @param backend which kernels
 * @param bytes how many bytes are wanted beside the kernels' own
 * @throws when the host does not have that much memory, or no WebAssembly with SIMD where it was asked for
 *
 * @example
 * ```ts
 * groundOf('plain', 64).buffer.byteLength // => 64
 * ```
 */
export function groundOf(backend: Backend, bytes: number): Ground {
  if (backend === 'plain') return { kernels: plainKernels, buffer: plainBuffer(bytes), scratch: 0 };
  const memory = wasmMemory(wasmScratchBytes + bytes);
  return { kernels: wasmKernels(memory), buffer: memory.buffer, scratch: wasmScratchBytes };
}

function plainBuffer(bytes: number): ArrayBuffer {
  try {
    return new ArrayBuffer(bytes);
  } catch (error) {
    throw new RangeError(
      `groundOf: expected room for ${bytes} bytes, got none (${(error as Error).message})`,
    );
  }
}
