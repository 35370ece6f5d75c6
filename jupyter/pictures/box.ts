/** A rectangle on the page, in pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** A transform of the plane as SVG writes it: matrix(a b c d e f). */
export type Matrix = readonly [number, number, number, number, number, number];

/** The smallest box around both; undefined stands for nothing drawn. */
export function union(first: Box | undefined, second: Box | undefined): Box | undefined {
  if (!first || !second) return first ?? second;
  return {
    left: Math.min(first.left, second.left),
    top: Math.min(first.top, second.top),
    right: Math.max(first.right, second.right),
    bottom: Math.max(first.bottom, second.bottom),
  };
}

/** The smallest box around some points. */
export function around(points: readonly (readonly [number, number])[]): Box | undefined {
  if (points.length === 0) return undefined;
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  return {
    left: Math.min(...xs),
    top: Math.min(...ys),
    right: Math.max(...xs),
    bottom: Math.max(...ys),
  };
}

/** The box around a transformed box. */
export function transformed(box: Box | undefined, [a, b, c, d, e, f]: Matrix): Box | undefined {
  if (!box) return undefined;
  const corners = [
    [box.left, box.top],
    [box.right, box.top],
    [box.left, box.bottom],
    [box.right, box.bottom],
  ] as const;
  return around(corners.map(([x, y]) => [a * x + c * y + e, b * x + d * y + f] as const));
}

/** Reads an SVG `transform` attribute, such as `translate(3, 4) rotate(90)`. */
export function readTransform(text: string | null): Matrix {
  let matrix: Matrix = [1, 0, 0, 1, 0, 0];
  for (const [, name, list] of (text ?? '').matchAll(/(\w+)\(([^)]*)\)/g)) {
    const values = list
      .split(/[\s,]+/)
      .filter(Boolean)
      .map(Number);
    matrix = multiply(matrix, matrixOf(name, values));
  }
  return matrix;
}

function matrixOf(name: string, values: readonly number[]): Matrix {
  const [first = 0, second, third = 0] = values;
  switch (name) {
    case 'translate':
      return [1, 0, 0, 1, first, second ?? 0];
    case 'scale':
      return [first, 0, 0, second ?? first, 0, 0];
    case 'rotate':
      return rotation((first * Math.PI) / 180, second ?? 0, third);
    case 'matrix':
      return values as unknown as Matrix;
    default:
      return [1, 0, 0, 1, 0, 0];
  }
}

function rotation(angle: number, x: number, y: number): Matrix {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return [cos, sin, -sin, cos, x - cos * x + sin * y, y - sin * x - cos * y];
}

function multiply(m: Matrix, n: Matrix): Matrix {
  return [
    m[0] * n[0] + m[2] * n[1],
    m[1] * n[0] + m[3] * n[1],
    m[0] * n[2] + m[2] * n[3],
    m[1] * n[2] + m[3] * n[3],
    m[0] * n[4] + m[2] * n[5] + m[4],
    m[1] * n[4] + m[3] * n[5] + m[5],
  ];
}
