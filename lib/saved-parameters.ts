import type { Vector } from './optimizer.ts';
import { base64OfBytes, bytesOfBase64 } from './tensor/base64.ts';

/** Parameters as a file can hold them: a plain object, for `JSON.stringify`. */
export interface SavedParameters {
  readonly count: number;
  /** 32 bits a number, the lowest byte first, in base64. */
  readonly float32: string;
}

const bytesANumber = 4;

/**
 * Parameters as text, to be written to a file: five characters a number, and not a bit of 32 is lost.
 *
 * @param parameters a trained model's; numbers of 64 bits are rounded to 32
 * @throws when one is not finite: such a model is broken, and not worth a file
 *
 * @example
 * ```ts
 * savedParameters(Float32Array.of(1, -2)) // => { count: 2, float32: 'AACAPwAAAMA=' }
 * ```
 */
export function savedParameters(parameters: Vector): SavedParameters {
  expectFiniteNumbers('savedParameters', parameters);
  const bytes = new Uint8Array(bytesANumber * parameters.length);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < parameters.length; i++) view.setFloat32(bytesANumber * i, parameters[i], true);
  return { count: parameters.length, float32: base64OfBytes(bytes) };
}

/**
 * Parameters from a file.
 *
 * @param saved what `savedParameters` gave
 * @param count how many the model has
 * @throws when they are more or fewer, the text is damaged, or a number is not finite
 *
 * @example
 * ```ts
 * loadedParameters({ count: 2, float32: 'AACAPwAAAMA=' }, 2) // => Float32Array.of(1, -2)
 * ```
 */
export function loadedParameters(saved: SavedParameters, count: number): Float32Array {
  // What a file holds is known only once it is read.
  if (typeof saved?.float32 !== 'string') {
    throw new TypeError(
      `loadedParameters: expected what savedParameters gave, got ${saved === null ? 'null' : typeof saved} without its text float32`,
    );
  }
  if (saved.count !== count) {
    throw new RangeError(
      `loadedParameters: expected ${count} parameters, got a file of ${saved.count}; was it another model's?`,
    );
  }
  const bytes = bytesOfBase64(saved.float32);
  if (bytes.length !== bytesANumber * count || /[^\w+/=]|_/.test(saved.float32)) {
    throw new RangeError(
      `loadedParameters: expected base64 of ${bytesANumber * count} bytes, got a damaged text of ${bytes.length}`,
    );
  }
  const view = new DataView(bytes.buffer);
  const parameters = Float32Array.from({ length: count }, (_, i) => view.getFloat32(bytesANumber * i, true));
  expectFiniteNumbers('loadedParameters', parameters);
  return parameters;
}

function expectFiniteNumbers(caller: string, parameters: Vector): void {
  for (let i = 0; i < parameters.length; i++) {
    if (!Number.isFinite(parameters[i])) {
      throw new RangeError(`${caller}: expected finite numbers, got ${parameters[i]} at place ${i}`);
    }
  }
}
