/** A value as text, the same in Node and in a browser. */
export function show(value: unknown): string {
  return showWithin(value, 0);
}

function showWithin(value: unknown, depth: number): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'symbol') return String(value);
  if (typeof value === 'function') return `[${kindOf(value)} ${value.name}]`;
  if (value === null || typeof value !== 'object') return Object.is(value, -0) ? '-0' : String(value);
  if (depth > 4) return '…';
  const inner = (item: unknown) => showWithin(item, depth + 1);
  if (Array.isArray(value)) return `[${value.map(inner).join(', ')}]`;
  if (value instanceof Map) {
    return `Map {${[...value].map(([k, v]) => `${inner(k)} => ${inner(v)}`).join(', ')}}`;
  }
  if (value instanceof Set) return `Set {${[...value].map(inner).join(', ')}}`;
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  if (ArrayBuffer.isView(value)) return `${value.constructor.name} [${String(value)}]`;
  const entries = Object.entries(value).map(([key, item]) => `${key}: ${inner(item)}`);
  const name = Object.getPrototypeOf(value)?.constructor?.name;
  return `${name && name !== 'Object' ? `${name} ` : ''}{${entries.join(', ')}}`;
}

const kindOf = (value: unknown) => (/^class\b/.test(String(value)) ? 'class' : 'function');
