import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { seededRandom } from '../../lib/random.ts';
import { loadedParameters, savedParameters } from '../../lib/saved-parameters.ts';

test('base64 as Node writes it, for every number of bytes left over', () => {
  const random = seededRandom(1);
  for (const count of [0, 1, 2, 3, 100]) {
    const parameters = Float32Array.from({ length: count }, () => 10 * random() - 5);
    const { float32 } = savedParameters(parameters);
    assert.is(float32, Buffer.from(parameters.buffer).toString('base64'));
  }
});

test('there and back through JSON: the same bits, the smallest and largest numbers among them', () => {
  const parameters = Float32Array.of(0, -0, 1e-45, -1.1754944e-38, 3.4028235e38, 0.1, 1 / 3);
  const saved = JSON.parse(JSON.stringify(savedParameters(parameters)));
  assert.equal(loadedParameters(saved, 7), parameters);
  assert.ok(Object.is(loadedParameters(saved, 7)[1], -0));
  assert.equal(loadedParameters(savedParameters(Float64Array.of(0.1)), 1), Float32Array.of(0.1));
});

test('files of another model, damaged ones and broken numbers are refused in words', () => {
  const saved = savedParameters(Float32Array.of(1, 2, 3));
  assert.throws(
    () => loadedParameters(saved, 4),
    /loadedParameters: expected 4 parameters, got a file of 3; was it another model's\?/,
  );
  assert.throws(
    () => loadedParameters({ ...saved, float32: saved.float32.slice(0, 8) }, 3),
    /loadedParameters: expected base64 of 12 bytes, got a damaged text of 6/,
  );
  for (const other of ['null', '{}', '[1, 2]', '{ "count": 3 }']) {
    assert.throws(
      () => loadedParameters(JSON.parse(other), 3),
      /loadedParameters: expected what savedParameters gave, got (null|object) without its text float32/,
    );
  }
  assert.throws(() => loadedParameters({ ...saved, float32: saved.float32.replace('A', '?') }, 3), /damaged/);
  assert.throws(
    () => savedParameters(Float32Array.of(1, Number.NaN)),
    /savedParameters: expected finite numbers, got NaN at place 1/,
  );
  const broken = { count: 1, float32: Buffer.from(Float32Array.of(Infinity).buffer).toString('base64') };
  assert.throws(() => loadedParameters(broken, 1), /expected finite numbers, got Infinity at place 0/);
});

test.run();
