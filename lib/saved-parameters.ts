import type { Vector } from './optimizer.ts';
import { bytesOfBase64 } from './tensor/base64.ts';

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
  return { count: parameters.length, float32: base64Of(bytes) };
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

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Each three bytes as four characters of 6 bits; '=' where there are no more bytes. */
function base64Of(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const bits = (bytes[i] << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    text += digits[bits >> 18] + digits[(bits >> 12) & 63];
    text += i + 1 < bytes.length ? digits[(bits >> 6) & 63] : '=';
    text += i + 2 < bytes.length ? digits[bits & 63] : '=';
  }
  return text;
}

function expectFiniteNumbers(caller: string, parameters: Vector): void {
  for (let i = 0; i < parameters.length; i++) {
    if (!Number.isFinite(parameters[i])) {
      throw new RangeError(`${caller}: expected finite numbers, got ${parameters[i]} at place ${i}`);
    }
  }
}
