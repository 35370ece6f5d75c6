import { kernelOptions } from '../../../kernel/session/options.ts';
import type { CompilerHost } from '../../../kernel/session/workspace.ts';

/** A small project around the notebook, the same in Node and in the browser. */
export const projectFiles: Record<string, string> = {
  'ambient.d.ts': `declare function print(...values: unknown[]): void;
interface ImportMeta {
  url: string;
}
declare function setTimeout(callback: () => void, milliseconds?: number): number;
`,
  'lib/loss.ts': `import { mean } from './mean.ts';

/** Mean of the squared differences. */
export function meanSquaredError(predictions: number[], targets: number[]): number {
  return mean(predictions.map((p, i) => (p - targets[i]) ** 2));
}

export let calls = 0;

export function count(): void {
  calls++;
}

export function explode(deep: { a: { b: number } } | undefined): number {
  return deep!.a.b;
}

export default class Model {
  weight = 2;
  predict(x: number): number {
    return this.weight * x;
  }
}
`,
  'lib/mean.ts': `export const mean = (xs: readonly number[]): number => xs.reduce((a, b) => a + b, 0) / xs.length;
export type Row = { x: number; y: number };
export enum Level { Low, High }
`,
  'lib/index.ts': `export * from './mean.ts';
export * as loss from './loss.ts';
export { mean as average } from './mean.ts';
`,
  'lib/alias.ts': `import * as mean from './mean.ts';
export import Level = mean.Level;
export import Row = mean.Row;
import Low = Level.Low;
export const low: Low = Low;
`,
  'lib/slow.ts': 'export const slow = await Promise.resolve(9);\nexport const here = import.meta.url;\n',
  'lib/even.ts': `import { odd } from './odd.ts';
export function even(n: number): boolean { return n === 0 || odd(n - 1); }
`,
  'lib/odd.ts': `import { even } from './even.ts';
export function odd(n: number): boolean { return n !== 0 && even(n - 1); }
`,
  'lib/early.ts':
    "import { late } from './late.ts';\nexport const early = 1;\nexport const both = early + late;\n",
  'lib/late.ts': "import { early } from './early.ts';\nexport const late = early + 1;\n",
  'lib/own.ts': `const __filename = import.meta.url;
const __dirname = __filename.slice(0, __filename.lastIndexOf('/'));
class require {}
export const own = [__dirname.endsWith('/lib'), require.name];
`,
  'lib/nameless-class.ts': 'export default class {\n  x = 1;\n}\n',
  'lib/nameless-function.ts': 'export default function () {}\n',
  'lib/nameless-arrow.ts': 'export default () => 1;\n',
  'lib/over.ts': "export * from './mean.ts';\nexport const mean = 'mine';\n",
  'lib/ring.ts': "export * from './gem.ts';\nexport const size = 7;\n",
  'lib/gem.ts':
    "import * as ring from './ring.ts';\nexport const gem = 'ruby';\nexport const whole = () => [ring.gem, ring.size];\n",
  'node_modules/plain/package.json': '{ "name": "plain", "version": "1.0.0", "main": "index.js" }',
  'node_modules/plain/index.js': 'exports.untyped = 7;\n',
  'lib/wrong.ts': 'export const wrong: number = 1;\n\nexport const length: string = wrong;\n',
  'lib/throws.ts': "const limit = 3;\n\nthrow new RangeError('over ' + limit);\nexport const never = 1;\n",
  'lib/data.json': '{ "three": 3, "list": [1, 2] }',
  'node_modules/numbers/package.json': '{ "name": "numbers", "version": "1.0.0", "types": "index.d.ts" }',
  'node_modules/numbers/index.d.ts':
    'export declare function twice(n: number): number;\ndeclare const name: string;\nexport default name;\n',
  'notebooks/en/local.ts': 'export const local = "beside the notebook";\n',
};

/** What packages give when they are loaded. */
export const packages: Record<string, Record<string, unknown>> = {
  plain: { untyped: 7, default: { untyped: 7 } },
  numbers: { twice: (n: number) => n * 2, default: 'numbers' },
};

/** The same types for both: the language, and what `ambient.d.ts` declares. */
export function sharedHost(host: CompilerHost, folder: string): CompilerHost {
  const options = { ...kernelOptions(host.typescript, {}), types: [] };
  return { ...host, options, ambientFiles: [`${folder}/ambient.d.ts`], ownModules: {} };
}
