import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { around, readTransform, transformed } from '../../jupyter/pictures/box.ts';
import { crc32 } from '../../jupyter/pictures/crc32.ts';
import { readFont } from '../../jupyter/pictures/font.ts';
import { lengthOf, pathPoints, pointAt } from '../../jupyter/pictures/path.ts';
import { drawPicture } from '../../jupyter/pictures/picture.ts';
import { encodePng, samePicture } from '../../jupyter/pictures/png.ts';
import { quantize } from '../../jupyter/pictures/quantize.ts';

const bar = { data: [{ type: 'bar', x: ['今', '天'], y: [1, 2] }], layout: { height: 300 } };

test('crc32: the check value of the PNG specification, "123456789" gives cbf43926', () => {
  assert.is(crc32(Buffer.from('123456789')), 0xcbf43926);
});

test('font: widths of Noto Sans SC, and the characters the course writes', () => {
  const font = readFont(
    readFileSync(new URL('../../jupyter/pictures/font/NotoSansSC-subset.ttf', import.meta.url)),
  );
  // Chinese characters are as wide as they are high.
  for (const character of '今天气很好损失导数学习率交叉熵')
    assert.is(font.advance(character.codePointAt(0) ?? 0), 1);
  assert.ok((font.advance('i'.charCodeAt(0)) ?? 1) < (font.advance('W'.charCodeAt(0)) ?? 0));
  assert.is(font.advance(0x1f600), undefined);
  assert.throws(() => readFont(Buffer.from('no font')), /readFont: expected a TrueType font/);
});

test('readTransform: translate, then rotate a quarter turn, by hand', () => {
  // (1, 0) turned by 90 degrees is (0, 1), moved by (3, 4): (3, 5).
  const box = transformed(around([[1, 0]]), readTransform('translate(3, 4) rotate(90)'));
  assert.ok(box && Math.abs(box.left - 3) < 1e-12 && Math.abs(box.top - 5) < 1e-12);
  assert.equal(readTransform('rotate(180, 1, 1)').map(Math.round), [-1, 0, 0, -1, 2, 2]);
  assert.equal(readTransform(null), [1, 0, 0, 1, 0, 0]);
});

test('path: corners, length and a point on the way', () => {
  const points = pathPoints('M1,1h3v4L1,5Zl-1-1e0');
  assert.equal(points.slice(0, 5), [
    [1, 1],
    [4, 1],
    [4, 5],
    [1, 5],
    [1, 1],
  ]);
  assert.is(lengthOf(points.slice(0, 5)), 14);
  assert.equal(pointAt(points, 5), { x: 4, y: 3 });
});

test('encodePng: two colours take one bit a pixel', () => {
  const pixels = Uint8ClampedArray.of(255, 255, 255, 255, 0, 0, 0, 255, 255, 255, 255, 255);
  const png = encodePng(3, 1, pixels);
  assert.is(png[24], 1);
  assert.is(png[25], 3);
  const at = png.indexOf('IDAT');
  assert.equal([...inflateSync(png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4)))], [0, 0b01000000]);
  assert.ok(samePicture(png, encodePng(3, 1, pixels)));
  assert.not(
    samePicture(
      png,
      encodePng(
        3,
        1,
        pixels.map(value => 255 - value),
      ),
    ),
  );
});

test('quantize: few colours stay, many become 256, frequent ones unchanged', () => {
  const few = Uint8ClampedArray.of(1, 2, 3, 255, 9, 9, 9, 255);
  assert.equal(quantize(few), few);
  const many = new Uint8ClampedArray(4 * 4000);
  for (let i = 0; i < 4000; i++)
    many.set(i < 2000 ? [10, 20, 30, 255] : [i & 255, (i >> 4) & 255, i % 251, 255], 4 * i);
  const colors = new Set(new Uint32Array(quantize(many).buffer));
  assert.ok(colors.size <= 256);
  assert.ok(colors.has(((255 << 24) | (30 << 16) | (20 << 8) | 10) >>> 0));
});

test('drawPicture: a small PNG of the size asked for, the same bytes each time', async () => {
  const { png, width, height } = await drawPicture(bar);
  assert.equal([width, height], [760, 300]);
  assert.equal([png.readUInt32BE(16), png.readUInt32BE(20)], [760, 300]);
  assert.ok(png.length < 20_000);
  assert.ok(png.equals((await drawPicture(bar)).png));
});

test('drawPicture: heat maps keep their colours and sharp cells', async () => {
  const z = [
    [0, 1],
    [1, 0],
  ];
  const heat = {
    type: 'heatmap',
    z,
    colorscale: [
      [0, '#112233'],
      [1, '#ddeeff'],
    ],
    showscale: false,
  };
  const { png } = await drawPicture({ data: [heat] });
  const palette = png.subarray(png.indexOf('PLTE') + 4);
  for (const color of ['112233', 'ddeeff']) assert.ok(palette.indexOf(Buffer.from(color, 'hex')) >= 0, color);
});

test('drawPicture: traces that need WebGL are refused at once, in words', async () => {
  for (const type of ['surface', 'scatter3d', 'scattergl', 'scattermap']) {
    const words = await drawPicture({ data: [{ type }] }).catch((error: Error) => error.message);
    assert.match(words as string, `a trace of type ${type} needs WebGL or the network`);
  }
});

test.run();
