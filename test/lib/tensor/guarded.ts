import * as assert from 'uvu/assert';
import type { Random } from '../../../lib/random.ts';
import { wasmKernels, wasmScratchBytes } from '../../../lib/tensor/wasm.ts';
import { wasmMemory } from '../../../lib/tensor/web-assembly.ts';

const memory = wasmMemory(wasmScratchBytes + 2 ** 24);
export const kernels = wasmKernels(memory);

const guard = 12345.678;
const guards = 12;

/**
 * Arrays in the kernels' memory with guard numbers before and after each, at addresses that are multiples of 4
 * and of nothing more.
 */
export class Guarded {
  private top = wasmScratchBytes;
  private readonly kept: { array: Float32Array | Int32Array; at: number; before?: Float32Array }[] = [];

  /** An array that the kernel may only read. */
  input(values: ArrayLike<number>): Float32Array {
    const array = this.output(values);
    this.kept[this.kept.length - 1].before = array.slice();
    return array;
  }

  /** An array that the kernel may change. */
  output(values: ArrayLike<number>): Float32Array {
    const array = new Float32Array(memory.buffer, this.place(values.length), values.length);
    array.set(values);
    this.kept.push({ array, at: array.byteOffset });
    return array;
  }

  ids(values: ArrayLike<number>): Int32Array {
    const array = new Int32Array(memory.buffer, this.place(values.length), values.length);
    array.set(values);
    this.kept.push({ array, at: array.byteOffset });
    return array;
  }

  /** Fails when a number around an array, or in one that is only read, has changed. */
  check(): void {
    for (const { array, at, before } of this.kept) {
      for (const from of [at - 4 * guards, at + array.byteLength]) {
        const around = new Float32Array(memory.buffer, from, guards);
        assert.ok(
          around.every(value => value === Math.fround(guard)),
          'numbers around an array have changed',
        );
      }
      if (before?.some((value, i) => !Object.is(value, array[i]))) assert.unreachable('an input has changed');
    }
  }

  private place(count: number): number {
    const at = this.top + 4 * guards;
    this.top = at + 4 * (count + guards);
    new Float32Array(memory.buffer, at - 4 * guards, count + 2 * guards).fill(guard);
    return at;
  }
}

/** Numbers in [-size, size), as they are in float32. */
export function randomNumbers(random: Random, count: number, size = 1): Float32Array {
  return Float32Array.from({ length: count }, () => (2 * random() - 1) * size);
}

/** Fails unless each number is near what is expected: within `relative` of its size or `absolute`, the larger. */
export function closeTo(
  got: ArrayLike<number>,
  expected: ArrayLike<number>,
  relative: number,
  absolute: number,
  what: string,
): void {
  assert.is(got.length, expected.length, what);
  for (let i = 0; i < got.length; i++) {
    const room = Math.max(absolute, relative * Math.abs(expected[i]));
    if (!(Math.abs(got[i] - expected[i]) <= room)) {
      assert.unreachable(`${what}, number ${i}: expected ${expected[i]}, got ${got[i]}`);
    }
  }
}
