import { type Cell, fails, ok } from './cell.ts';

export const errors: Cell[] = [
  fails(
    "const first: number = 'x'",
    "Cell [1]:1:7 - error TS2322: Type 'string' is not assignable to type 'number'.",
  ),
  ok('let near = 1'),
  fails(
    "near\n\n\tnear = 'far'",
    "Cell [3]:3:2 - error TS2322: Type 'string' is not assignable to type 'number'.",
  ),
  fails(
    "const a: number = 'x'\nconst b: string = 1",
    "Cell [4]:1:7 - error TS2322: Type 'string' is not assignable to type 'number'.",
    "Cell [4]:2:7 - error TS2322: Type 'number' is not assignable to type 'string'.",
  ),
  fails('nearr', "Cell [5]:1:1 - error TS2552: Cannot find name 'nearr'. Did you mean 'near'?"),
  fails('const = 1', 'Cell [6]:1:7 - error TS1134: Variable declaration expected.'),
  fails('const 😀 = 1', 'Cell [7]:1:7 - error TS1127: Invalid character.'),
  fails('function open() {\n  near', "Cell [8]:2:7 - error TS1005: '}' expected."),
  fails(
    'return 5',
    "Cell [9]:1:1 - error TS1108: A 'return' statement can only be used within a function body.",
  ),
  ok('const fixed = 1; function fun() {} class Cla {} enum Enu { A }'),
  fails('fixed = 2', "Cell [11]:1:1 - error TS2588: Cannot assign to 'fixed' because it is a constant."),
  fails(
    'fun = null as any',
    "Cell [12]:1:1 - error TS2630: Cannot assign to 'fun' because it is a function.",
  ),
  fails('Cla = null as any', "Cell [13]:1:1 - error TS2629: Cannot assign to 'Cla' because it is a class."),
  fails('Enu = null as any', "Cell [14]:1:1 - error TS2628: Cannot assign to 'Enu' because it is an enum."),
  ok('interface Deep { x: { y: number } }\n\nfunction dig(d: Deep) {\n  return d.x.y\n}'),
  fails(
    'const nothing = {} as Deep\ndig(nothing)',
    "TypeError: Cannot read properties of undefined (reading 'y')",
    '    at dig (Cell [15]:4:14)',
    '    at Cell [16]:2:1',
  ),
  ok('nothing', '{}'),
  ok('let any: any = {}'),
  fails('any()', 'TypeError: any is not a function', '    at Cell [19]:1:1'),
  fails('any.a()', 'TypeError: any.a is not a function', '    at Cell [20]:1:5'),
  fails('new any()', 'TypeError: any is not a constructor', '    at Cell [21]:1:1'),
  fails('any`x`', 'TypeError: any is not a function', '    at Cell [22]:1:1'),
  fails(
    "import Model from '../../lib/loss.ts'; (Model as any).fit()",
    'TypeError: Model.fit is not a function',
    '    at Cell [23]:1:55',
  ),
  fails(
    "import * as loss from '../../lib/loss.ts'; (loss as any).fit()",
    'TypeError: loss.fit is not a function',
    '    at Cell [24]:1:58',
  ),
  fails(
    "import { explode } from '../../lib/loss.ts'\nexplode(undefined)",
    "TypeError: Cannot read properties of undefined (reading 'a')",
    '    at explode (loss.ts:15:16)',
    '    at Cell [25]:2:1',
  ),
  fails(
    "const wait = async () => {\n  await null\n  throw new Error('after')\n}\nawait wait()",
    'Error: after',
    '    at wait (Cell [26]:3:9)',
    '    at Cell [26]:5:1',
  ),
  fails(
    "[1].map(x => {\n  throw new Error('in map')\n})",
    'Error: in map',
    '    at Cell [27]:2:9',
    '    at Cell [27]:1:5',
  ),
  fails('throw null', 'Thrown: null'),
  fails("throw 'text'", 'Thrown: "text"'),
  ok("let before = 1; let untouched = 'old'"),
  fails("let before = 2; throw new Error('stop'); let untouched = 5", 'Error: stop', '    at Cell [31]:1:23'),
  ok('[before, untouched.toUpperCase()]', '[2, "OLD"]'),
  fails(
    "const lost: number = 'x'",
    "Cell [33]:1:7 - error TS2322: Type 'string' is not assignable to type 'number'.",
  ),
  fails('lost', "Cell [34]:1:1 - error TS2304: Cannot find name 'lost'."),
  ok('class Old { a = 1 } let old = new Old()'),
  ok('class Old { b = 1 }'),
  fails(
    'old = new Old()',
    "Cell [37]:1:1 - error TS2741: Property 'a' is missing in type 'Cell [36].Old' but required in type 'Cell [35].Old'.",
  ),
  fails(
    '(() => early)(); let early = 1',
    "Cell [38]:1:8 - error TS2448: Block-scoped variable 'early' used before its declaration.",
  ),
  fails(
    'const p = Promise.resolve({ a: 1 }); p.a',
    "Cell [39]:1:40 - error TS2339: Property 'a' does not exist on type 'Promise<{ a: number; }>'.",
  ),
  fails(
    'const down = (n: number): number => down(n + 1); down(0)',
    'RangeError: Maximum call stack size exceeded',
  ),
  ok("const 名 = '中'; 名", '"中"'),
];
