type Point = readonly [number, number];

const valuesPerStep: Record<string, number> = { M: 2, L: 2, T: 2, S: 4, Q: 4, C: 6, A: 7, H: 1, V: 1 };

/**
 * The corners of an SVG path: where each of its steps ends.
 *
 * Curves count as their ends, which is near enough: what Plotly measures is made of straight steps,
 * and of arcs that are cut fine.
 */
export function pathPoints(path: string): Point[] {
  const points: Point[] = [];
  let x = 0;
  let y = 0;
  for (const [, command, list] of path.matchAll(/([a-z])([^a-z]*(?:e[-+]?\d[^a-z]*)*)/gi)) {
    const kind = command.toUpperCase();
    const relative = command !== kind;
    if (kind === 'Z') {
      if (points.length > 0) points.push(points[0]);
      continue;
    }
    const values = (list.match(/[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?/gi) ?? []).map(Number);
    const step = valuesPerStep[kind] ?? 2;
    for (let end = step; end <= values.length; end += step) {
      if (kind !== 'V') x = (relative ? x : 0) + values[kind === 'H' ? end - 1 : end - 2];
      if (kind !== 'H') y = (relative ? y : 0) + values[end - 1];
      points.push([x, y]);
    }
  }
  return points;
}

/** Length of the way through the points. */
export function lengthOf(points: readonly Point[]): number {
  let length = 0;
  for (let i = 1; i < points.length; i++) length += distance(points[i - 1], points[i]);
  return length;
}

/** The point at a given distance along the way through the points. */
export function pointAt(points: readonly Point[], wanted: number): { x: number; y: number } {
  let left = wanted;
  for (let i = 1; i < points.length; i++) {
    const step = distance(points[i - 1], points[i]);
    if (left <= step && step > 0) {
      const part = Math.max(0, left) / step;
      const [[x0, y0], [x1, y1]] = [points[i - 1], points[i]];
      return { x: x0 + part * (x1 - x0), y: y0 + part * (y1 - y0) };
    }
    left -= step;
  }
  const [x, y] = points.at(-1) ?? [0, 0];
  return { x, y };
}

function distance([x0, y0]: Point, [x1, y1]: Point): number {
  return Math.hypot(x1 - x0, y1 - y0);
}
