import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { codePointOffset, utf16Offset } from '../../../kernel/jupyter/positions.ts';

// a, an astral character (two units), b, a lone surrogate, c
const text = 'a🎉b\ud800c';
const pairs = [
  [0, 0],
  [1, 1],
  [2, 3],
  [3, 4],
  [4, 5],
  [5, 6],
];

test('code points and UTF-16 units', () => {
  for (const [codePoints, units] of pairs) {
    assert.is(utf16Offset(text, codePoints), units);
    assert.is(codePointOffset(text, units), codePoints);
  }
});

test('positions outside are moved to the ends', () => {
  assert.is(utf16Offset(text, 99), 6);
  assert.is(utf16Offset(text, -1), 0);
  assert.is(codePointOffset(text, 99), 5);
});

test.run();
