const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/**
 * The bytes that base64 stands for: each four characters are three bytes.
 *
 * Hosts have decoders of their own, but no two the same.
 *
 * @param text base64 with its padding, no line breaks
 *
 * @example
 * ```ts
 * bytesOfBase64('AGFzbQ==') // => Uint8Array.of(0, 97, 115, 109)
 * ```
 */
export function bytesOfBase64(text: string): Uint8Array<ArrayBuffer> {
  const end = text.indexOf('=');
  const characters = end < 0 ? text.length : end;
  const bytes = new Uint8Array(Math.floor((characters * 6) / 8));
  let bits = 0;
  for (let i = 0, next = 0; i < characters; i++) {
    bits = ((bits << 6) | digits.indexOf(text[i])) & 0xffffff;
    // After 2, 3 and 4 characters of each four there are 8 more bits.
    if (i % 4 > 0) bytes[next++] = bits >> (6 - 2 * (i % 4));
  }
  return bytes;
}

/**
 * Bytes in base64: each three bytes as four characters of 6 bits, `=` where there are no more bytes.
 *
 * @param bytes any bytes
 *
 * @example
 * ```ts
 * base64OfBytes(Uint8Array.of(0, 97, 115, 109)) // => 'AGFzbQ=='
 * ```
 */
export function base64OfBytes(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const bits = (bytes[i] << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    text += digits[bits >> 18] + digits[(bits >> 12) & 63];
    text += i + 1 < bytes.length ? digits[(bits >> 6) & 63] : '=';
    text += i + 2 < bytes.length ? digits[bits & 63] : '=';
  }
  return text;
}
