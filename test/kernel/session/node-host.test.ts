// What notebooks have from Node's host: the names of Node itself, and compiler options that let imports through.
import { execFileSync } from 'node:child_process';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createCompilerHost } from '../../../kernel/node/compiler-host.ts';
import { Compiler } from '../../../kernel/session/compiler.ts';
import { nodeHost, writeProject } from './node-host.ts';

/** In a file: what is evaluated by a flag has Node's modules for globals as well. */
const printNames = `const members = Object.getOwnPropertyNames(WebAssembly).map(name => 'WebAssembly.' + name);
console.log(JSON.stringify([...Object.getOwnPropertyNames(globalThis), ...members]));`;

/** A compiler for a notebook beside a tsconfig.json with these options. */
function compilerWith(compilerOptions: object, files: Record<string, string> = {}): Compiler {
  const config = JSON.stringify({ compilerOptions });
  const folder = writeProject({ 'notebooks/en/tsconfig.json': config, ...files });
  return new Compiler(realHost(folder));
}

/** Without what the shared sessions of Node and the browser leave out. */
function realHost(folder: string) {
  const { ambientFiles: _, libraryDirectory, registry, directory } = nodeHost(folder);
  const modules = libraryDirectory.replace(/\/typescript\/lib$/, '');
  return createCompilerHost(
    directory,
    { kernel: modules.replace(/node_modules$/, 'kernel'), modules },
    registry,
  );
}

function errorsOf(compiler: Compiler, code: string): string[] {
  const compiled = compiler.compile(code, 'Cell');
  return compiled.status === 'refused' ? compiled.diagnostics.map(d => d.split('\n')[0]) : [];
}

/** The types are those of Node 20. What Node 22, 24 and 26 have beyond. */
const later = new Set([
  ...['CloseEvent', 'Navigator', 'navigator', 'URLPattern', 'WebSocket'],
  ...['AsyncDisposableStack', 'DisposableStack', 'Float16Array', 'Iterator', 'SuppressedError'],
  ...['ErrorEvent', 'QuotaExceededError', 'Storage', 'Temporal', 'localStorage', 'sessionStorage'],
  ...['JSTag', 'Suspending', 'SuspendError', 'promising'].map(name => `WebAssembly.${name}`),
]);

for (const [title, lib] of [
  ['the language', ['ES2023']],
  ['a document', ['ES2023', 'DOM']],
] as const) {
  test(`a cell can name all that Node has, beside the library of ${title}`, () => {
    const file = `${writeProject({ 'names.mjs': printNames })}/names.mjs`;
    const env = { ...process.env, NODE_OPTIONS: '' };
    const names: string[] = JSON.parse(execFileSync(process.execPath, [file], { env, encoding: 'utf8' }));
    assert.ok(names.length > 120);
    const code = names.filter(name => !later.has(name)).join(';\n');
    assert.equal(errorsOf(compilerWith({ lib }), code), []);
  });
}

test('types of WebAssembly, of keys and of performance have their members', () => {
  const compiler = compilerWith({});
  const code = `const memory: WebAssembly.Memory = new WebAssembly.Memory({ initial: 1 });
const { module, instance } = await WebAssembly.instantiate(new Uint8Array(8), { env: { memory, log(n: number) {} } });
const again: WebAssembly.Instance = await WebAssembly.instantiate(module, {});
const add = instance.exports.add as (a: number, b: number) => number;
const counter = new WebAssembly.Global({ value: 'i64', mutable: true }, 1n); counter.value += 2n;
const key: CryptoKey = await crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, true, ['sign']);
const clock: Performance = performance; const subtle: SubtleCrypto = crypto.subtle;
add(memory.buffer.byteLength, clock.now())`;
  assert.equal(errorsOf(compiler, code), []);
  assert.match(
    errorsOf(compiler, 'new WebAssembly.Memory({})').join(),
    /'{}' is not assignable to parameter/,
  );
});

test('a tsconfig.json that resolves no imports does not keep a notebook from its own', () => {
  const compiler = compilerWith(
    { noResolve: true },
    {
      'notebooks/en/near.ts': "import { far } from './far.ts'; export const near = far;",
      'notebooks/en/far.ts': 'export const far = 1;',
    },
  );
  assert.equal(errorsOf(compiler, "import { near } from './near.ts'; near.toFixed(1)"), []);
  assert.match(errorsOf(compiler, "import { near } from './near.ts'; near.length").join(), /on type '1'/);
});

test.run();
