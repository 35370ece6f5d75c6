import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { glob } from '../../../kernel/jupyter/glob.ts';
import { type Entry, History, historyLimit } from '../../../kernel/jupyter/history.ts';
import { HistoryFile, historyPlace } from '../../../kernel/jupyter/historyFile.ts';

const folder = mkdtempSync(join(tmpdir(), 'history-'));
test.after(() => rmSync(folder, { recursive: true }));

function add(history: History, ...inputs: string[]): void {
  inputs.forEach((input, index) => {
    const entry = history.begin(index + 1, input);
    if (entry) history.finish(entry, `${input}!`);
  });
}
const inputs = (entries: Entry[]) => entries.map(entry => entry.input);

test('glob: * is any text, ? one character, of the whole text', () => {
  const table: [string, string, boolean][] = [
    ['*', '', true],
    ['1?2*', '1+2+3', true],
    ['1?2', '1+2+3', false],
    ['*train*', 'a\ntrain(b)\nc', true],
    ['?', '🎉', true],
    ['a*b*c', 'a-b-b-c', true],
    ['[a]', 'a', false],
    ['', 'a', false],
  ];
  for (const [pattern, text, expected] of table)
    assert.is(glob(pattern, text), expected, `${pattern} ${text}`);
});

test('glob: many stars take no time', () => {
  const started = performance.now();
  assert.not(glob(`${'*a'.repeat(50)}b`, 'a'.repeat(10_000)));
  assert.ok(performance.now() - started < 1000);
});

test('tail, range, search', () => {
  const history = new History();
  add(history, 'a', 'b', 'ab', 'a');
  assert.equal(inputs(history.tail(2)), ['ab', 'a']);
  assert.equal(inputs(history.tail(99)), ['a', 'b', 'ab', 'a']);
  assert.equal(history.tail(0), []);
  assert.equal(inputs(history.range(0, 2, 4)), ['b', 'ab']);
  assert.equal(inputs(history.range(1, 3)), ['ab', 'a']);
  assert.equal(inputs(history.range(0, -2)), ['ab', 'a']);
  assert.equal(inputs(history.range(0, 1, -1)), ['a', 'b', 'ab']);
  assert.equal(history.range(5, 1), []);
  assert.equal(inputs(history.search('a*')), ['a', 'ab', 'a']);
  assert.equal(inputs(history.search('a*', undefined, true)), ['ab', 'a']);
  assert.equal(inputs(history.search('a*', 1)), ['a']);
  assert.equal(history.search('a*', 0), []);
});

test('the running cell belongs to history, its result follows', () => {
  const history = new History();
  const entry = history.begin(1, '6 * 7') as Entry;
  assert.equal(history.tail(1), [{ session: 1, line: 1, input: '6 * 7', output: '' }]);
  history.finish(entry, '42');
  assert.is(history.tail(1)[0].output, '42');
});

test('history is bounded, and keeps no empty and no huge cells', () => {
  const history = new History();
  add(history, ...Array.from({ length: historyLimit + 5 }, (_, index) => String(index)));
  assert.is(history.tail(9999).length, historyLimit);
  assert.is(history.begin(1, ' \n'), undefined);
  assert.is(history.begin(1, 'x'.repeat(1 << 20)), undefined);
});

test('a file keeps it over a restart, under the next session', async () => {
  const place = { file: join(folder, 'kept.jsonl'), temporary: true };
  const file = new HistoryFile(place);
  add(new History(file), 'const a = 1', '"two\nlines"');
  await file.close(true);
  assert.is(statSync(place.file).mode & 0o77, 0);
  const again = new HistoryFile(place);
  const history = new History(again);
  assert.is(history.session, 2);
  assert.equal(inputs(history.range(-1, 1)), ['const a = 1', '"two\nlines"']);
  assert.is(history.tail(1)[0].output, '"two\nlines"!');
  await again.close(false);
  assert.not(existsSync(place.file));
});

test('a broken file costs the broken lines only, and is mended', () => {
  const place = { file: join(folder, 'broken.jsonl'), temporary: false };
  writeFileSync(place.file, '[1,1,"good",""]\n{"half\n[1,"2","x",""]\nnull\n[1,3,"also good",""]\n');
  assert.equal(inputs(new HistoryFile(place).load()), ['good', 'also good']);
  assert.is(readFileSync(place.file, 'utf8').split('\n').length, 3);
});

test('a place that cannot be read or written is no failure', async () => {
  for (const file of [folder, join(folder, 'no', 'such', 'folder')]) {
    const store = new HistoryFile({ file, temporary: false });
    const history = new History(store);
    add(history, 'a');
    await store.close(false);
    assert.equal(inputs(history.tail(1)), ['a']);
  }
});

test('the place: one for a notebook, else one for a kernel that ends with it', () => {
  const one = historyPlace('/run/kernel-1.json', '/course/one.ipynb');
  assert.equal(one, historyPlace('/run/kernel-2.json', '/course/one.ipynb'));
  assert.not(one.temporary);
  assert.match(one.file, /^\/run\/tslab-history-[0-9a-f]{16}\.jsonl$/);
  const nameless = historyPlace('/run/kernel-1.json', undefined);
  assert.ok(nameless.temporary);
  assert.is.not(nameless.file, historyPlace('/run/kernel-2.json', '').file);
});

test.run();
