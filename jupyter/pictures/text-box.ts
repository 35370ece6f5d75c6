import { type Box, union } from './box.ts';
import type { Font } from './font.ts';

// Height of Noto Sans SC above and below the line, in units of the font size, as browsers box it.
const ascent = 0.93;
const descent = 0.27;

interface Line {
  /** Where the line is anchored. */
  x: number;
  anchor: string;
  width: number;
  top: number;
  bottom: number;
}

/** The box of an SVG text with its tspans, as a browser would measure it in the given font. */
export function textBox(text: Element, font: Font): Box | undefined {
  const lines: Line[] = [];
  let y = 0;
  const visit = (node: Node): void => {
    if (node.nodeType === 3) {
      const words = (node.nodeValue ?? '').replace(/\s+/g, ' ');
      if (words) addWords(lines, words, node.parentNode as Element, y, text, font);
      return;
    }
    if (node.nodeType !== 1) return;
    const element = node as Element;
    const size = fontSize(element);
    const [x, absolute, dx, dy] = ['x', 'y', 'dx', 'dy'].map(name =>
      pixels(element.getAttribute(name), size),
    );
    if (absolute !== undefined) y = absolute;
    if (dy !== undefined) y += dy;
    if (x !== undefined) lines.push(emptyLine(x, element));
    const line = lines.at(-1);
    if (dx !== undefined && line) line.width += dx;
    for (const child of element.childNodes) visit(child);
  };
  visit(text);
  return lines.reduce<Box | undefined>((box, line) => union(box, boxOf(line)), undefined);
}

function addWords(lines: Line[], words: string, owner: Element, y: number, text: Element, font: Font): void {
  if (lines.length === 0) lines.push(emptyLine(0, text));
  const line = lines[lines.length - 1];
  const size = fontSize(owner);
  for (const character of words) line.width += size * (font.advance(character.codePointAt(0) ?? 0) ?? 0.6);
  line.top = Math.min(line.top, y - ascent * size);
  line.bottom = Math.max(line.bottom, y + descent * size);
}

function emptyLine(x: number, element: Element): Line {
  const anchor = inherited(element, 'text-anchor') ?? 'start';
  return { x, anchor, width: 0, top: Infinity, bottom: -Infinity };
}

function boxOf({ x, anchor, width, top, bottom }: Line): Box | undefined {
  if (top > bottom) return undefined;
  const left = anchor === 'middle' ? x - width / 2 : anchor === 'end' ? x - width : x;
  return { left, top, right: left + width, bottom };
}

function fontSize(element: Element | null): number {
  if (!element) return 12;
  const own = styleOf(element, 'font-size');
  if (!own) return fontSize(element.parentElement);
  if (own.endsWith('%')) return (fontSize(element.parentElement) * Number.parseFloat(own)) / 100;
  if (own.endsWith('em')) return fontSize(element.parentElement) * Number.parseFloat(own);
  return Number.parseFloat(own);
}

function inherited(element: Element | null, property: string): string | undefined {
  if (!element) return undefined;
  return styleOf(element, property) ?? inherited(element.parentElement, property);
}

function styleOf(element: Element, property: string): string | undefined {
  const style = (element as SVGElement).style?.getPropertyValue(property);
  return style || element.getAttribute(property) || undefined;
}

function pixels(value: string | null, size: number): number | undefined {
  if (value === null || value === '') return undefined;
  return value.endsWith('em') ? Number.parseFloat(value) * size : Number.parseFloat(value);
}
