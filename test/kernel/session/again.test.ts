// A cell that is run again as it is: not checked twice, and never with what has changed since.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createCompilerHost } from '../../../kernel/node/compiler-host.ts';
import { Compiler } from '../../../kernel/session/compiler.ts';
import { openInNode } from './node-host.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

const open = openInNode();

/** How often the checker was asked for a program. */
function countPrograms(session: ReturnType<typeof open>) {
  const { workspace } = session.compiler;
  const program = workspace.program.bind(workspace);
  const counted = { programs: 0 };
  workspace.program = () => {
    counted.programs++;
    return program();
  };
  return counted;
}

test('the same text again asks for no program, and runs as before', async () => {
  const session = open();
  const counted = countPrograms(session);
  await session.run('let turns = 0;');
  const code = 'const squares = [1, 2, 3].map(x => x * x); turns++; squares.length + turns';
  assert.is((await session.run(code)).value, '4');
  const before = counted.programs;
  assert.is((await session.run(code)).value, '5');
  assert.is((await session.run(code)).value, '6');
  assert.is(counted.programs, before);
  assert.is((await session.run('squares[2] + turns')).value, '12');
});

test('a name that has another type since is seen', async () => {
  const session = open();
  await session.run('let size = 3;');
  assert.is((await session.run('size.toFixed(1)')).value, '"3.0"');
  await session.run("let size = 'large';");
  const { status, diagnostics } = await session.run('size.toFixed(1)');
  assert.is(status, 'refused');
  assert.match(diagnostics?.[0] ?? '', "Property 'toFixed' does not exist on type 'string'");
  await session.run('let size = 4;');
  assert.is((await session.run('size.toFixed(1)')).value, '"4.0"');
});

test('a built-in that a cell has hidden since is seen', async () => {
  const session = open();
  assert.is((await session.run('Number.isInteger(1)')).value, 'true');
  await session.run('const Number = { isInteger: (n: number) => n + " is mine" };');
  assert.is((await session.run('Number.isInteger(1)')).value, '"1 is mine"');
});

test('what a cell has added to every cell since is seen', async () => {
  const session = open();
  const code = '([1, 2] as any[]).length';
  await session.run(code);
  const counted = countPrograms(session);
  await session.run('declare global { interface Array<T> { last: T } }');
  const before = counted.programs;
  await session.run(code);
  assert.ok(counted.programs > before);
});

test('a built-in module is not looked for again and again', () => {
  const installation = { kernel: join(root, 'kernel'), modules: join(root, 'node_modules') };
  const host = createCompilerHost(join(root, 'notebooks'), installation, ts.createDocumentRegistry());
  const compiler = new Compiler(host);
  const compile = (code: string) => {
    const compiled = compiler.compile(code, 'Cell');
    if (compiled.status === 'ok') compiler.settle(compiled.cell, 'all');
    return compiled.status;
  };
  assert.is(compile("import { statSync } from 'node:fs'; const size = statSync('.').size;"), 'ok');
  const { epoch } = compiler.workspace;
  assert.equal([compile('size'), compile('size + 1')], ['ok', 'ok']);
  assert.is(compiler.workspace.epoch, epoch);
});

test('of two cells that declare the same global, later cells see the last', async () => {
  const session = open();
  await session.run('declare global { var shared: number }');
  assert.is((await session.run('globalThis.shared = 1; shared.toFixed()')).value, '"1"');
  await session.run('declare global { var shared: string }');
  assert.is((await session.run("globalThis.shared = 'a'; shared.toUpperCase()")).value, '"A"');
});

test.run();
