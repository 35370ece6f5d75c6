interface Color {
  red: number;
  green: number;
  blue: number;
  count: number;
}

/**
 * The same picture with at most `limit` colours, all solid: so small that a palette holds them.
 *
 * Half of the palette goes to the most frequent colours as they are; the others are averages of the
 * colours that share the first four bits of each channel. Ties are broken by order of appearance, so the
 * same picture always gives the same bytes.
 *
 * @param pixels red, green, blue and opacity of each pixel
 * @param limit size of the palette
 */
export function quantize(pixels: Uint8ClampedArray, limit = 256): Uint8ClampedArray {
  const source = new Uint32Array(pixels.buffer.slice(pixels.byteOffset, pixels.byteOffset + pixels.length));
  const counts = new Map<number, number>();
  for (const pixel of source) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
  const byFrequency = [...counts].sort((first, second) => second[1] - first[1]);
  const colors = byFrequency.map(([pixel, count]) => toColor(pixel, count));
  const palette =
    colors.length <= limit ? colors : [...colors.slice(0, limit / 2), ...averages(colors, limit)];
  const replaced = new Map<number, number>();
  byFrequency.forEach(([pixel], i) => {
    replaced.set(pixel, toPixel(i < limit / 2 ? colors[i] : nearest(colors[i], palette)));
  });
  const result = source.map(pixel => replaced.get(pixel) ?? pixel);
  return new Uint8ClampedArray(result.buffer);
}

function averages(colors: readonly Color[], limit: number): Color[] {
  const groups = new Map<number, Color>();
  for (const color of colors.slice(limit / 2)) {
    const key = ((color.red >> 4) << 8) | ((color.green >> 4) << 4) | (color.blue >> 4);
    const group = groups.get(key) ?? { red: 0, green: 0, blue: 0, count: 0 };
    group.red += color.red * color.count;
    group.green += color.green * color.count;
    group.blue += color.blue * color.count;
    group.count += color.count;
    groups.set(key, group);
  }
  return [...groups.values()]
    .sort((first, second) => second.count - first.count)
    .slice(0, limit / 2)
    .map(({ red, green, blue, count }) => ({
      red: Math.round(red / count),
      green: Math.round(green / count),
      blue: Math.round(blue / count),
      count,
    }));
}

function nearest(color: Color, palette: readonly Color[]): Color {
  let best = palette[0];
  let least = Infinity;
  for (const candidate of palette) {
    const distance =
      (candidate.red - color.red) ** 2 +
      (candidate.green - color.green) ** 2 +
      (candidate.blue - color.blue) ** 2;
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best;
}

function toColor(pixel: number, count: number): Color {
  return { red: pixel & 255, green: (pixel >> 8) & 255, blue: (pixel >> 16) & 255, count };
}

function toPixel({ red, green, blue }: Color): number {
  return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}
