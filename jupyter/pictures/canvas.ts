import { encodePng } from './png.ts';

/** A page whose canvases are to work; only what is needed of it. */
interface CanvasPage {
  HTMLCanvasElement: { prototype: object };
}

interface Canvas {
  width: number;
  height: number;
}

/** A picture in the making: width, height, and red, green, blue, opacity of each pixel. */
interface Bitmap {
  width: number;
  height: number;
  data: Uint8ClampedArray;
}

/**
 * Gives a page canvases that can be filled with rectangles and read out as PNG.
 *
 * Plotly draws heat maps on a canvas, and nothing else; jsdom has no canvas of its own.
 */
export function installCanvas(page: CanvasPage): void {
  const contexts = new WeakMap<object, { bitmap(): Bitmap; context: unknown }>();
  Object.assign(page.HTMLCanvasElement.prototype, {
    getContext(this: Canvas, kind: string) {
      if (kind !== '2d') return null;
      if (!contexts.has(this)) contexts.set(this, createContext(this));
      return contexts.get(this)?.context;
    },
    toDataURL(this: Canvas & { getContext(kind: string): unknown }) {
      this.getContext('2d');
      const { width, height, data } = contexts.get(this)?.bitmap() ?? emptyBitmap(this);
      return `data:image/png;base64,${encodePng(width, height, data).toString('base64')}`;
    },
  });
}

function createContext(canvas: Canvas) {
  let bitmap = emptyBitmap(canvas);
  // A canvas is cleared when its size is set.
  const current = () => {
    if (bitmap.width !== canvas.width || bitmap.height !== canvas.height) bitmap = emptyBitmap(canvas);
    return bitmap;
  };
  const blank = (width: number, height: number) => emptyBitmap({ width, height });
  const context = {
    canvas,
    fillStyle: '#000000',
    fillRect(x: number, y: number, width: number, height: number) {
      fill(current(), [x, y, x + width, y + height], readColor(context.fillStyle));
    },
    clearRect: () => current().data.fill(0),
    createImageData: blank,
    getImageData: (_x: number, _y: number, width: number, height: number) => blank(width, height),
    putImageData: (image: Bitmap, x: number, y: number) => copy(image, current(), x, y),
    measureText: (text: string) => ({ width: 6 * text.length }),
  };
  const ignore = () => undefined;
  const forgiving = new Proxy(context, {
    get: (target, name) => Reflect.get(target, name) ?? ignore,
  });
  return { bitmap: current, context: forgiving };
}

function emptyBitmap({ width, height }: Canvas): Bitmap {
  return { width, height, data: new Uint8ClampedArray(4 * width * height) };
}

function fill(bitmap: Bitmap, edges: readonly number[], color: readonly number[]): void {
  const between = (value: number, most: number) => Math.min(most, Math.max(0, Math.round(value)));
  const [left, right] = [edges[0], edges[2]].sort((a, b) => a - b).map(x => between(x, bitmap.width));
  const [top, bottom] = [edges[1], edges[3]].sort((a, b) => a - b).map(y => between(y, bitmap.height));
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) bitmap.data.set(color, 4 * (y * bitmap.width + x));
  }
}

function copy(image: Bitmap, bitmap: Bitmap, x: number, y: number): void {
  for (let row = 0; row < image.height; row++) {
    const line = image.data.subarray(4 * row * image.width, 4 * (row + 1) * image.width);
    bitmap.data.set(line, 4 * ((y + row) * bitmap.width + x));
  }
}

function readColor(text: string): number[] {
  const listed = text.match(/^rgba?\(([^)]*)\)/);
  if (listed) {
    const [red, green, blue, opacity = 1] = listed[1]
      .split(/[\s,/]+/)
      .filter(Boolean)
      .map(Number);
    return [red, green, blue, Math.round(255 * opacity)];
  }
  const channels = text.match(/^#(..)(..)(..)/)?.slice(1) ?? ['00', '00', '00'];
  return [...channels.map(channel => Number.parseInt(channel, 16)), 255];
}
