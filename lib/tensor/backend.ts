import type { Kernels } from './kernels.ts';
import { plainKernels } from './plain.ts';

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
 * @throws when 64 bits are asked of WebAssembly, or WebAssembly where there is none
 *
 * @example
 * ```ts
 * chosenBackend({ precision: 64 }) // => 'plain'
 * ```
 */
export function chosenBackend({ backend, precision = 32 }: BackendOptions): Backend {
  return backend ?? 'plain';
}

/**
 * Fresh memory of a fixed size, filled with zeros, and kernels that compute in it.
 *
 * @param backend which kernels
 * @param bytes how many bytes are wanted beside the kernels' own
 *
 * @example
 * ```ts
 * groundOf('plain', 64).buffer.byteLength // => 64
 * ```
 */
export function groundOf(backend: Backend, bytes: number): Ground {
  return { kernels: plainKernels, buffer: new ArrayBuffer(bytes), scratch: 0 };
}
