/** What drawing needs to know of a font: how wide each character is. */
export interface Font {
  /** Width of a character in units of the font size; undefined where the font has no such character. */
  advance(codePoint: number): number | undefined;
}

/**
 * Reads the widths of characters from a TrueType file.
 *
 * Plotly asks the browser how large its texts are. There is no browser here, so the answer comes from
 * the tables of the font with which the picture is drawn.
 *
 * @throws when the bytes are no TrueType font with the tables cmap, head, hhea and hmtx
 */
export function readFont(bytes: Buffer): Font {
  const tables = tablesOf(bytes);
  const unitsPerEm = bytes.readUInt16BE(tables.head + 18);
  const metricsCount = bytes.readUInt16BE(tables.hhea + 34);
  const glyphs = glyphsOf(bytes, tables.cmap);
  return {
    advance(codePoint) {
      const glyph = glyphs.get(codePoint);
      if (glyph === undefined) return undefined;
      // Glyphs beyond the last metric share its width.
      return bytes.readUInt16BE(tables.hmtx + 4 * Math.min(glyph, metricsCount - 1)) / unitsPerEm;
    },
  };
}

type Tables = Record<'cmap' | 'head' | 'hhea' | 'hmtx', number>;

function tablesOf(bytes: Buffer): Tables {
  const tables: Record<string, number> = {};
  const count = bytes.length < 12 ? 0 : bytes.readUInt16BE(4);
  for (let entry = 12; entry < 12 + 16 * count && entry + 16 <= bytes.length; entry += 16) {
    tables[bytes.toString('latin1', entry, entry + 4)] = bytes.readUInt32BE(entry + 8);
  }
  for (const name of ['cmap', 'head', 'hhea', 'hmtx']) {
    if (tables[name] === undefined)
      throw new Error(`readFont: expected a TrueType font, found no table ${name}`);
  }
  return tables as Tables;
}

function glyphsOf(bytes: Buffer, cmap: number): Map<number, number> {
  const glyphs = new Map<number, number>();
  const count = bytes.readUInt16BE(cmap + 2);
  for (let i = 0; i < count; i++) {
    const start = cmap + bytes.readUInt32BE(cmap + 8 + 8 * i);
    const format = bytes.readUInt16BE(start);
    if (format === 4) readSegments(bytes, start, glyphs);
    if (format === 12) readGroups(bytes, start, glyphs);
  }
  return glyphs;
}

/** Format 12: groups of characters with consecutive glyphs. */
function readGroups(bytes: Buffer, start: number, glyphs: Map<number, number>): void {
  const count = bytes.readUInt32BE(start + 12);
  for (let group = start + 16; group < start + 16 + 12 * count; group += 12) {
    const [first, last, glyph] = [0, 4, 8].map(offset => bytes.readUInt32BE(group + offset));
    for (let code = first; code <= last; code++) glyphs.set(code, glyph + code - first);
  }
}

/** Format 4: segments of the first 65,536 characters, by offset or through a list of glyphs. */
function readSegments(bytes: Buffer, start: number, glyphs: Map<number, number>): void {
  const size = bytes.readUInt16BE(start + 6);
  for (let segment = start + 14; segment < start + 14 + size; segment += 2) {
    const last = bytes.readUInt16BE(segment);
    const first = bytes.readUInt16BE(segment + size + 2);
    const delta = bytes.readUInt16BE(segment + 2 * size + 2);
    const rangeAt = segment + 3 * size + 2;
    const range = bytes.readUInt16BE(rangeAt);
    for (let code = first; code <= last && code < 0xffff; code++) {
      const listed = range === 0 ? code : bytes.readUInt16BE(rangeAt + range + 2 * (code - first));
      if (listed !== 0 || range === 0) glyphs.set(code, (listed + delta) & 0xffff);
    }
  }
}
