import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { load } from './load.ts';

const { courseFirstPage, courseLanguage } = await load('jupyter/lab/first-page.mjs');

function projectWith(...notebooks: string[]) {
  const root = mkdtempSync(join(tmpdir(), 'first-page-'));
  for (const notebook of notebooks) {
    mkdirSync(join(root, 'notebooks', notebook, '..'), { recursive: true });
    writeFileSync(join(root, 'notebooks', notebook), '{}');
  }
  return root;
}

test('the language is the first of LC_ALL, LC_MESSAGES, LANG that is set', () => {
  assert.is(courseLanguage({ LANG: 'zh_CN.UTF-8' }, 'en-US'), 'zh');
  assert.is(courseLanguage({ LC_ALL: 'en_US.UTF-8', LANG: 'zh_CN.UTF-8' }, 'zh-CN'), 'en');
  assert.is(courseLanguage({ LC_MESSAGES: 'zh_TW', LANG: 'C' }, 'en-US'), 'zh');
  assert.is(courseLanguage({ LC_ALL: '', LANG: 'zh' }, 'en-US'), 'zh');
  assert.is(courseLanguage({ LANG: 'C.UTF-8' }, 'zh-CN'), 'en');
  assert.is(courseLanguage({ LANG: 'zha_CN' }, 'en-US'), 'en');
});

test('without any of them, as on Windows, it is the system language', () => {
  assert.is(courseLanguage({}, 'zh-Hans-CN'), 'zh');
  assert.is(courseLanguage({}, 'de-DE'), 'en');
});

test('the first page is 00-start-here, else the first notebook, else one of the other language', () => {
  const both = projectWith('en/02-b.ipynb', 'en/00-start-here.ipynb', 'zh/02-b.ipynb', 'zh/03-c.ipynb');
  assert.is(courseFirstPage(both, 'en'), 'notebooks/en/00-start-here.ipynb');
  assert.is(courseFirstPage(both, 'zh'), 'notebooks/zh/02-b.ipynb');
  const english = projectWith('en/02-b.ipynb');
  assert.is(courseFirstPage(english, 'zh'), 'notebooks/en/02-b.ipynb');
  const none = projectWith();
  assert.is(courseFirstPage(none, 'en'), undefined);
  for (const root of [both, english, none]) rmSync(root, { recursive: true });
});

test.run();
