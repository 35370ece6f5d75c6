// The session core in Node, without a protocol: every cell of the shared list does what it says.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { sessions } from './cells/index.ts';
import { openInNode } from './node-host.ts';
import { completions, inspections } from './places.ts';
import { run } from './run.ts';

const report = await run(openInNode());

for (const [name, cells] of Object.entries(sessions)) {
  cells.forEach((cell, i) => {
    test(`${name}, cell ${i + 1}: ${JSON.stringify(cell.code).slice(0, 60)}`, () => {
      const { value, diagnostics, error, printed } = report.cells[name][i];
      const shown = diagnostics?.map(diagnostic => diagnostic.split('\n')[0]) ?? error;
      const found = { value: value === 'undefined' ? undefined : value, error: shown, printed };
      assert.equal(found, { value: cell.value, error: cell.error, printed: cell.printed ?? [] });
    });
  });
}

for (const [place, expected] of Object.entries(completions)) {
  test(`completion ${place}`, () => {
    const { matches, start, end } = report.completions[place];
    assert.equal(
      expected.filter(name => !matches.includes(name)),
      [],
      matches.join(),
    );
    assert.ok(start <= place.lastIndexOf('|') && place.lastIndexOf('|') <= end);
  });
}

for (const [place, [signature, documentation]] of Object.entries(inspections)) {
  test(`inspection ${place}`, () => {
    const found = report.inspections[place];
    assert.equal([found?.signature, found?.documentation], [signature, documentation]);
  });
}

test('inspection knows the source of an earlier cell, not the line that repeats it', () => {
  assert.is(report.inspections['lay|er']?.source, 'let layer = new Layer();');
});

test('there are sixty cells at least', () => {
  assert.ok(Object.values(sessions).flat().length >= 60);
});

test.run();
