import { around, type Box, readTransform, transformed, union } from './box.ts';
import type { Font } from './font.ts';
import { lengthOf, pathPoints, pointAt } from './path.ts';
import { textBox } from './text-box.ts';

/** The window of a page without a screen; only what is needed here. */
export type Page = Window & typeof globalThis;

/**
 * Gives a page the measures that jsdom leaves out: boxes of texts and shapes, lengths of paths.
 *
 * Plotly places legends, axis titles and contour labels by them.
 */
export function installGeometry(page: Page, font: Font): void {
  Object.assign(page.SVGElement.prototype, {
    getBBox(this: Element) {
      return rectangle(localBox(this, font));
    },
    getComputedTextLength(this: Element) {
      return rectangle(localBox(this, font)).width;
    },
    getBoundingClientRect(this: Element) {
      return rectangle(pageBox(this, font));
    },
    getTotalLength(this: Element) {
      return lengthOf(outline(this));
    },
    getPointAtLength(this: Element, length: number) {
      return pointAt(outline(this), length);
    },
  });
  page.HTMLElement.prototype.getBoundingClientRect = function (this: HTMLElement) {
    const [width, height] = [this.style.width, this.style.height].map(size => Number.parseFloat(size) || 0);
    return rectangle({ left: 0, top: 0, right: width, bottom: height });
  };
}

function localBox(element: Element, font: Font): Box | undefined {
  const kind = element.nodeName.toLowerCase();
  if (kind === 'text' || kind === 'tspan') return textBox(element, font);
  if (kind === 'g' || kind === 'a' || kind === 'svg') return groupBox(element, font);
  if (kind === 'rect' || kind === 'image' || kind === 'foreignobject') {
    const [left, top, width, height] = numbers(element, 'x', 'y', 'width', 'height');
    return { left, top, right: left + width, bottom: top + height };
  }
  if (kind === 'circle') {
    const [x, y, r] = numbers(element, 'cx', 'cy', 'r');
    return { left: x - r, top: y - r, right: x + r, bottom: y + r };
  }
  return around(outline(element));
}

function groupBox(group: Element, font: Font): Box | undefined {
  let box: Box | undefined;
  for (const child of group.children) {
    if (/^(defs|clippath|style|title)$/i.test(child.nodeName)) continue;
    if ((child as SVGElement).style?.display === 'none') continue;
    box = union(box, transformed(localBox(child, font), readTransform(child.getAttribute('transform'))));
  }
  return box;
}

function pageBox(element: Element, font: Font): Box | undefined {
  if (isDrawing(element)) {
    const [width, height] = numbers(element, 'width', 'height');
    return { left: 0, top: 0, right: width, bottom: height };
  }
  let box = localBox(element, font);
  for (let node: Element | null = element; node && !isDrawing(node); node = node.parentElement) {
    box = transformed(box, readTransform(node.getAttribute('transform')));
  }
  return box;
}

function isDrawing(element: Element): boolean {
  return element.nodeName.toLowerCase() === 'svg';
}

function outline(element: Element): (readonly [number, number])[] {
  if (element.nodeName.toLowerCase() === 'line') {
    const [x1, y1, x2, y2] = numbers(element, 'x1', 'y1', 'x2', 'y2');
    return [
      [x1, y1],
      [x2, y2],
    ];
  }
  return pathPoints(element.getAttribute('d') ?? '');
}

function numbers(element: Element, ...names: string[]): number[] {
  return names.map(name => Number.parseFloat(element.getAttribute(name) ?? '') || 0);
}

function rectangle(box: Box = { left: 0, top: 0, right: 0, bottom: 0 }): DOMRect {
  const size = { x: box.left, y: box.top, width: box.right - box.left, height: box.bottom - box.top };
  return { ...box, ...size, toJSON: () => size };
}
