import { type Cell, fails, ok, prints } from './cell.ts';

export const classes: Cell[] = [
  ok(
    'const kinds: string[] = []; function note(_: unknown, c: { kind: string; name: unknown }) { kinds.push(c.kind + " " + String(c.name)) }',
  ),
  ok(
    '@note class D { @note accessor x = 1; @note get z() { return 1 } @note static s() {} @note m() { return 2 } }',
  ),
  ok('kinds', '["method s", "accessor x", "getter z", "method m", "class D"]'),
  ok(
    'class P { #p = 5; static #made = 0; static make() { P.#made++; return new P() } get p() { return this.#p + P.#made } }',
  ),
  ok('P.make().p', '6'),
  ok('abstract class Shape { abstract area(): number; describe() { return "area " + this.area() } }'),
  ok(
    'class Square extends Shape { constructor(readonly side: number) { super() } override area() { return this.side ** 2 } }',
  ),
  ok('new Square(3).describe()', '"area 9"'),
  fails('new Shape()', 'Cell [9]:1:1 - error TS2511: Cannot create an instance of an abstract class.'),
  ok(
    'class Self { static one = new Self(); make() { return new Self() } } Self.one.make() instanceof Self',
    'true',
  ),
  ok('const Named = class {}; const arrow = () => 1; [Named.name, arrow.name]', '["Named", "arrow"]'),
  ok(
    'const box = { get v() { return 3 }, set v(n) { print(n) }, async *[Symbol.asyncIterator]() { yield 1; yield 2 } }',
  ),
  prints('for await (const n of box) print(n)\nbox.v = 4; undefined', '1', '2', '4'),
  ok('const enum Ce { A = 3 } enum Color { Red = "r" }'),
  ok('[Ce.A, Color.Red, Object.keys(Color)]', '[3, "r", ["Red"]]'),
  ok(
    'namespace Out { export namespace In { export const k = 1 } export let count = 0; export const add = () => ++count }',
  ),
  ok('Out.add(); [Out.count, Out.In.k]', '[1, 1]'),
  ok('import Inner = Out.In; export import twice = Out.add; Inner.k', '1'),
  ok('[Inner.k, twice(), Out.count]', '[1, 2, 2]'),
  ok(
    'namespace Far { import Near = Out.In; export import Add = Out.add; export const k = Near.k } [Far.k, Far.Add()]',
    '[1, 3]',
  ),
  ok('import Format = Intl.NumberFormat'),
  ok("const format: Format = new Format('en'); format.format(1.5)", '"1.5"'),
  ok('class Box<T> { constructor(public v: T) {} map<U>(g: (t: T) => U) { return new Box(g(this.v)) } }'),
  ok("new Box(2).map(v => 'x'.repeat(v))", 'Box {v: "xx"}'),
  ok('function self(this: unknown) { return this } String(self())', '"undefined"'),
  ok(`const tag = (s: TemplateStringsArray, n: number) => s.raw[0] + n; tag\`a\${1}\``, '"a1"'),
  ok('function* count() { yield 1; yield 2 } [...count()]', '[1, 2]'),
];
