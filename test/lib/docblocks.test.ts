// Every exported function of lib/ has an example in its docblock, and every example holds.
// Convention: inside the fenced example a line `expression // => value` is compared; other lines run as they are.
import { readdirSync, readFileSync } from 'node:fs';
import { transformSync } from 'esbuild';
import { test } from 'uvu';
import * as assert from 'uvu/assert';

const lib = new URL('../../lib/', import.meta.url);
const files = (readdirSync(lib, { recursive: true }) as string[])
  .filter(name => name.endsWith('.ts') && !name.endsWith('.d.ts'))
  .map(name => name.replaceAll('\\', '/'))
  // AssemblyScript does not run here: tensor/wasm.ts, which calls it, has the examples.
  .filter(name => !name.startsWith('tensor/assembly/'))
  .sort();

interface Documented {
  readonly name: string;
  readonly docblock: string;
}

function exportedFunctions(source: string): Documented[] {
  const pattern = /(\/\*\*(?:(?!\*\/)[\s\S])*\*\/\s*)?^export (?:async )?function\*? (\w+)/gm;
  return [...source.matchAll(pattern)].map(([, docblock = '', name]) => ({ name, docblock }));
}

function exampleIn(docblock: string): string[] {
  const text = docblock.replace(/^\s*\*( |$)/gm, '');
  const fence = text.match(/@example\s*```ts\n([\s\S]*?)```/);
  return fence ? fence[1].trimEnd().split('\n') : [];
}

function program(lines: readonly string[]): string {
  const typed = lines.map((line, number) => {
    const claim = line.match(/^(.*?)\s*\/\/ => (.*)$/);
    return claim ? `claim(${number}, (${claim[1]}), (${claim[2]}));` : line;
  });
  return transformSync(typed.join('\n'), { loader: 'ts' }).code;
}

async function namesInScope(file: string): Promise<Record<string, unknown>> {
  const scope: Record<string, unknown> = {};
  const source = readFileSync(new URL(file, lib), 'utf8');
  const imported = [...source.matchAll(/from '(\.[^']*)'/g)].map(
    ([, path]) => new URL(path, new URL(file, lib)),
  );
  for (const url of [...imported, new URL(file, lib)]) Object.assign(scope, await import(url.href));
  return scope;
}

for (const file of files) {
  const source = readFileSync(new URL(file, lib), 'utf8');
  for (const { name, docblock } of exportedFunctions(source)) {
    test(`lib/${file} ${name}: the example holds`, async () => {
      const lines = exampleIn(docblock);
      assert.ok(
        lines.some(line => line.includes('// => ')),
        `${name}: expected an @example with a line "expression // => value"`,
      );
      const scope = await namesInScope(file);
      const claim = (number: number, got: unknown, expected: unknown) =>
        assert.equal(got, expected, `${name}: ${lines[number]}`);
      const run = new Function(
        'claim',
        ...Object.keys(scope),
        `return (async () => { ${program(lines)} })()`,
      );
      await run(claim, ...Object.values(scope));
    });

    test(`lib/${file} ${name}: the docblock names every parameter`, () => {
      const header = source.slice(source.search(new RegExp(`^export (async )?function\\*? ${name}\\b`, 'm')));
      const documented = [...docblock.matchAll(/@param (\w+)/g)].map(([, parameter]) => parameter);
      for (const parameter of documented) {
        assert.ok(
          new RegExp(`\\b${parameter}\\b|[{[]`).test(header.slice(0, 600)),
          `${name}: no ${parameter}`,
        );
      }
      if (!/^export (async )?function\*? \w+(<[^(]*>)?\(\)/.test(header)) {
        assert.ok(documented.length > 0, `${name}: expected @param lines`);
      }
    });
  }
}

test.run();
