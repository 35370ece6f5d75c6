import { deflateSync, inflateSync } from 'node:zlib';
import { crc32 } from './crc32.ts';

const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);

/**
 * Writes a PNG: with a palette where the picture has at most 256 colours, in true colour otherwise.
 *
 * @param width pixels in a row
 * @param height rows
 * @param pixels red, green, blue and opacity of each pixel, row by row
 */
export function encodePng(width: number, height: number, pixels: Uint8ClampedArray): Buffer {
  const colors = new Uint32Array(pixels.buffer, pixels.byteOffset, width * height);
  const palette = new Map<number, number>();
  for (const color of colors) {
    if (!palette.has(color)) palette.set(color, palette.size);
    if (palette.size > 256) return trueColor(width, height, pixels);
  }
  return indexed(width, height, colors, palette);
}

/**
 * Whether two PNG files show the same, however they are compressed.
 *
 * @param first bytes of a file written by `encodePng`
 * @param second bytes of another
 */
export function samePicture(first: Buffer, second: Buffer): boolean {
  return first.equals(second) || plainContent(first).equals(plainContent(second));
}

function plainContent(file: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = signature.length; at + 12 <= file.length; at += 12 + file.readUInt32BE(at)) {
    const content = file.subarray(at + 8, at + 8 + file.readUInt32BE(at));
    const compressed = file.toString('latin1', at + 4, at + 8) === 'IDAT';
    parts.push(compressed ? inflateSync(content) : content);
  }
  return Buffer.concat(parts);
}

function indexed(width: number, height: number, colors: Uint32Array, palette: Map<number, number>): Buffer {
  const bits = palette.size <= 2 ? 1 : palette.size <= 4 ? 2 : palette.size <= 16 ? 4 : 8;
  const perByte = 8 / bits;
  const rowLength = 1 + Math.ceil(width / perByte);
  const rows = Buffer.alloc(rowLength * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * rowLength + 1 + Math.floor(x / perByte);
      rows[at] |= (palette.get(colors[y * width + x]) ?? 0) << (8 - bits - (x % perByte) * bits);
    }
  }
  const entries = [...palette.keys()];
  const color = Buffer.from(entries.flatMap(entry => [entry & 255, (entry >> 8) & 255, (entry >> 16) & 255]));
  const opacity = Buffer.from(entries.map(entry => entry >>> 24));
  const chunks = [header(width, height, bits, 3), chunk('PLTE', color)];
  if (opacity.some(value => value < 255)) chunks.push(chunk('tRNS', opacity));
  return file([...chunks, chunk('IDAT', deflateSync(rows, { level: 9 }))]);
}

function trueColor(width: number, height: number, pixels: Uint8ClampedArray): Buffer {
  const rowLength = 1 + 4 * width;
  const rows = Buffer.alloc(rowLength * height);
  for (let y = 0; y < height; y++) {
    rows.set(pixels.subarray(4 * y * width, 4 * (y + 1) * width), y * rowLength + 1);
  }
  return file([header(width, height, 8, 6), chunk('IDAT', deflateSync(rows, { level: 9 }))]);
}

function file(chunks: readonly Buffer[]): Buffer {
  return Buffer.concat([signature, ...chunks, chunk('IEND', Buffer.alloc(0))]);
}

function header(width: number, height: number, bits: number, colorType: number): Buffer {
  const content = Buffer.alloc(13);
  content.writeUInt32BE(width, 0);
  content.writeUInt32BE(height, 4);
  content[8] = bits;
  content[9] = colorType;
  return chunk('IHDR', content);
}

function chunk(name: string, content: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  const named = Buffer.concat([Buffer.from(name, 'latin1'), content]);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}
