// kernel/session knows neither Node nor a document: it runs where there is only the language.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { test } from 'uvu';
import * as assert from 'uvu/assert';

const folder = fileURLToPath(new URL('../../../kernel/session/', import.meta.url));
const names = readdirSync(folder).filter(name => name.endsWith('.ts') && !name.endsWith('.d.ts'));

const intruder = {
  path: `${folder}intruder.ts`,
  text: "process.cwd(); document.title; console.log(1); import 'node:fs'; export {};",
};

/** Errors under the folder's tsconfig.json: the language's library and nothing else. A file that would not do is added. */
function errors(): { file: string; message: string }[] {
  const config = ts.readConfigFile(`${folder}tsconfig.json`, ts.sys.readFile).config;
  const { options, fileNames } = ts.parseJsonConfigFileContent(config, ts.sys, folder);
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists } = host;
  host.readFile = path => (path === intruder.path ? intruder.text : readFile(path));
  host.fileExists = path => path === intruder.path || fileExists(path);
  const program = ts.createProgram([...fileNames, intruder.path], options, host);
  return ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => ({
    file: file?.fileName ?? '',
    message: ts.flattenDiagnosticMessageText(messageText, ' '),
  }));
}

const found = errors();

test('checks without the types of Node and of a document', () => {
  assert.equal(
    found.filter(({ file }) => file !== intruder.path),
    [],
  );
});

test('the check would notice', () => {
  for (const name of ['process', 'document', 'console', 'node:fs']) {
    assert.ok(found.some(({ file, message }) => file === intruder.path && message.includes(`'${name}'`)));
  }
});

test('imports its own files, types, and the reader of source maps', () => {
  for (const name of names) {
    const imports = readFileSync(folder + name, 'utf8').matchAll(/^import (type )?[^;]*? from '([^']+)';/gm);
    for (const [, isType, from] of imports) {
      const allowed = isType ? /^(\.\/|typescript$)/ : /^(\.\/|@jridgewell\/trace-mapping$)/;
      assert.match(from, allowed, name);
    }
  }
});

test.run();
