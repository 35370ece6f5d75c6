import { type Cell, fails, ok } from './cell.ts';

export const imports: Cell[] = [
  ok("import { meanSquaredError } from '../../lib/loss.ts'; meanSquaredError([1, 2], [1, 1])", '0.5'),
  ok('meanSquaredError([3], [1])', '4'),
  ok(
    "import { mean as average, type Row, Level } from '../../lib/mean'; const row: Row = { x: 1, y: average([2]) }; row",
    '{x: 1, y: 2}',
  ),
  ok('Level.High', '1'),
  ok("import Model, * as whole from '../../lib/loss.ts'; new Model().predict(4) + whole.calls", '8'),
  ok("import { calls, count as tick } from '../../lib/loss.ts'; tick(); calls", '1'),
  ok('tick(); calls', '2'),
  fails('calls = 5', "Cell [8]:1:1 - error TS2632: Cannot assign to 'calls' because it is an import."),
  ok("import * as lib from '../../lib'; [lib.mean([4]), lib.average([6]), lib.loss.calls]", '[4, 6, 2]'),
  ok("import data from '../../lib/data.json'; data", '{three: 3, list: [1, 2]}'),
  ok("import { three } from '../../lib/data.json'; three", '3'),
  ok("import { slow, here } from '../../lib/slow.ts'; [slow, here.endsWith('/lib/slow.ts')]", '[9, true]'),
  ok("import { even } from '../../lib/even.ts'; even(10)", 'true'),
  ok("const m = await import('../../lib/mean.ts'); m.mean([8])", '8'),
  ok("import text, { twice } from 'numbers'; [text, twice(4)]", '["numbers", 8]'),
  ok("import { untyped } from 'plain'; untyped", '7'),
  ok("import { local } from './local.ts'; local", '"beside the notebook"'),
  ok("import.meta.url.startsWith('file:')", 'true'),
  fails(
    "import { wrong } from '../../lib/wrong.ts'",
    "../../lib/wrong.ts:3:14 - error TS2322: Type 'number' is not assignable to type 'string'.",
  ),
  fails("import { never } from '../../lib/throws.ts'; never", 'RangeError: over 3', '    at throws.ts:3:7'),
  fails(
    "import { both } from '../../lib/early.ts'; both",
    "ReferenceError: Cannot access 'early' before initialization: early.ts is still being loaded, for it imports this file (circular import)",
    '    at late.ts:2:21',
  ),
  fails(
    "import { nothing } from '../../lib/Mean.ts'",
    "Cell [22]:1:25 - error TS2307: Cannot find module '../../lib/Mean.ts' or its corresponding type declarations.",
  ),
  fails(
    "import { Mean } from '../../lib/mean.ts'",
    "Cell [23]:1:10 - error TS2724: '\"../../lib/mean.ts\"' has no exported member named 'Mean'. Did you mean 'mean'?",
  ),
  fails(
    "import nothing from 'no-such-package'",
    "Cell [24]:1:21 - error TS2307: Cannot find module 'no-such-package' or its corresponding type declarations.",
  ),
  ok('const [after, now, each, meta, cell, m0, m1] = [1, 2, 3, 4, 5, 6, 7]; after + now + each + meta', '10'),
  ok(
    "import { mean as middle } from '../../lib/mean.ts'; await null; for await (const n of [cell]) m0 + n; middle([m0, m1])",
    '6.5',
  ),
  ok(
    "import { Level as Height, low, type Row as Line } from '../../lib/alias.ts'; const line: Line = { x: low, y: Height.High }; line",
    '{x: 0, y: 1}',
  ),
  ok("import * as heights from '../../lib/mean.ts'"),
  ok('import Tall = heights.Level; import Place = heights.Row; Tall.High', '1'),
  ok('const tall: Tall = Tall.Low; const place: Place = { x: tall, y: Tall.High }; place', '{x: 0, y: 1}'),
  ok("import '../../lib/mean.ts'; declare module '../../lib/mean.ts' { interface Column { z: number } }"),
  ok("import type { Column } from '../../lib/mean.ts'; const column: Column = { z: 1 }; column", '{z: 1}'),
  fails('Tall = 1 as any', "Cell [33]:1:1 - error TS2632: Cannot assign to 'Tall' because it is an import."),
  ok("import { own } from '../../lib/own.ts'; own", '[true, "require"]'),
  ok(
    "import A from '../../lib/nameless-class.ts'; import b from '../../lib/nameless-function.ts'; import c from '../../lib/nameless-arrow.ts'; [A, b, c].map(f => f.name)",
    '["default", "default", "default"]',
  ),
  ok("import { mean as mine } from '../../lib/over.ts'; mine", '"mine"'),
  ok(
    "import { gem } from '../../lib/gem.ts'; import * as ring from '../../lib/ring.ts'; [gem, ring.gem, ring.whole()]",
    '["ruby", "ruby", ["ruby", 7]]',
  ),
  fails(
    '(ring as any).size = 8',
    "TypeError: Cannot assign to read only property 'size' of object '[object Module]'",
    '    at Cell [38]:1:19',
  ),
  fails(
    '(ring as any).more = 8',
    'TypeError: Cannot add property more, object is not extensible',
    '    at Cell [39]:1:19',
  ),
  fails("export * from '../../lib/throws.ts'", 'RangeError: over 3', '    at throws.ts:3:7'),
  fails("export { never as none } from '../../lib/throws.ts'", 'RangeError: over 3', '    at throws.ts:3:7'),
];
