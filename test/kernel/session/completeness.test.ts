// What a console does with a line: run it, wait for more, or let the error be shown.
import ts from 'typescript';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { completeness } from '../../../kernel/session/completeness.ts';

const complete = [
  '',
  '1 + 1',
  'const a = 1',
  '// comment {',
  '"{"',
  'const re = /[{(]/',
  `const s = \`a \${ { b: 1 }.b } c\``,
  'await Promise.resolve(1)',
  'for await (const x of xs) {}',
  'if (a) {} else {}',
  'f({\n  a: [1]\n})',
  'class A { #p = 1 }',
  "import { a } from 'b'",
];

/** Code, and by how many spaces the next line is indented. */
const incomplete: [string, number][] = [
  ['1 +', 0],
  ['f(', 2],
  ['f(1,', 2],
  ['const', 0],
  ['let ', 0],
  ['const a =', 0],
  ['const a = `x', 0],
  [`const a = \`x\${`, 2],
  ['/* comment', 0],
  ['/** doc', 0],
  ['if (a) {', 2],
  ['if (a)', 0],
  ['if (a) {} else', 0],
  ['function f() {\n  if (x) {\n    y([', 8],
  ['f({\n  a: [1,', 6],
  ['x => {', 2],
  ['async () => {\n  await x', 2],
  ['class A {', 2],
  ['switch (x) { case 1:', 2],
  ['do {', 2],
  ['try {}', 0],
  ['a.', 0],
  ['a?.', 0],
  ['a ?', 0],
  ['@decorator', 0],
  ['import { a } from', 0],
  ['import {', 2],
  ['type A =', 0],
  ['interface A {', 2],
  ["const s = '{'; f(", 2],
];

const invalid = [
  '}',
  ')',
  'f())',
  'a b',
  'let x = 5 5',
  "const s = 'abc",
  'else {',
  'const = 1',
  '/[a',
  'const x = 1; }',
];

for (const code of complete) {
  test(`complete: ${code}`, () => assert.equal(completeness(ts, code), { status: 'complete' }));
}

for (const [code, indent] of incomplete) {
  test(`incomplete: ${code}`, () =>
    assert.equal(completeness(ts, code), { status: 'incomplete', indent: ' '.repeat(indent) }));
}

for (const code of invalid) {
  test(`invalid: ${code}`, () => assert.equal(completeness(ts, code), { status: 'invalid' }));
}

test.run();
