import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { palette } from '../../lib/figure/palette.ts';
import { contrast, distance, sights } from './color.ts';

const white = '#ffffff';
const darkPage = '#111111'; // --jp-layout-color0 of JupyterLab's dark theme
const things = ['data', 'model', 'residual', 'loss', 'gradient'] as const;

test('contrast: known values', () => {
  assert.ok(Math.abs(contrast('#000000', white) - 21) < 1e-9);
  // #777777 on white is 4.48 by the WCAG definition.
  assert.ok(Math.abs(contrast('#777777', white) - 4.48) < 0.005);
});

for (const [name, color] of Object.entries(palette)) {
  test(`palette.${name} stands out on light and dark pages`, () => {
    // 3 : 1 is WCAG's bound for graphics and large text; plain text gets at least 4 : 1.
    const bound = name === 'text' ? 4 : 3;
    assert.match(color, /^#[0-9a-f]{6}$/);
    assert.ok(contrast(color, white) >= bound, `on white ${contrast(color, white)}`);
    assert.ok(contrast(color, darkPage) >= bound, `on dark ${contrast(color, darkPage)}`);
  });
}

for (const [sight, matrix] of Object.entries(sights)) {
  test(`palette: five things keep five colours (${sight})`, () => {
    things.forEach((first, i) => {
      for (const second of things.slice(i + 1)) {
        const apart = distance(palette[first], palette[second], matrix);
        assert.ok(apart >= 10, `${first} and ${second}: ${apart.toFixed(1)}`);
      }
    });
  });
}

test('palette: what the data says and what the model says keep their colours as distributions', () => {
  assert.is(palette.targetDistribution, palette.data);
  assert.is(palette.modelDistribution, palette.model);
});

test.run();
