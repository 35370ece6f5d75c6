import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { gpt } from '../../../lib/gpt.ts';
import { adam } from '../../../lib/optimizer.ts';
import { seededRandom } from '../../../lib/random.ts';
import type { Backend } from '../../../lib/tensor/backend.ts';
import { mostRoom, newMemory } from '../../../lib/tensor/memory.ts';
import { Tape } from '../../../lib/tensor/tape.ts';
import { wasmAvailable } from '../../../lib/tensor/wasm.ts';
import type { TokenBatch } from '../../../lib/token-batch.ts';

const backends: Backend[] = wasmAvailable() ? ['plain', 'wasm'] : ['plain'];
const megabyte = 2 ** 20;

function batchOf(sequences: number, length: number): TokenBatch {
  const inputs = Int32Array.from({ length: sequences * length }, (_, i) => i % 5);
  return { inputs, targets: inputs.toReversed(), sequences, length };
}

/** Bytes outside of the heap, and in it, after garbage has had a chance to go. */
function bytesNow() {
  const { rss, external, heapUsed } = process.memoryUsage();
  return { rss, external, heapUsed };
}

for (const backend of backends) {
  test(`newMemory: vectors and tensors lie side by side, nothing on top of another (${backend})`, () => {
    const { parameters, gradient, arena } = newMemory(100, 4096, { backend });
    const views = [parameters, gradient, arena.floats(3), arena.ids(5), arena.floats(17)];
    const ends = views.map(({ byteOffset, byteLength }) => [byteOffset, byteOffset + byteLength]);
    for (const [i, [from]] of ends.entries()) {
      assert.is(from % 64, 0);
      if (i > 0) assert.ok(from >= ends[i - 1][1], `view ${i} begins before ${i - 1} ends`);
    }
    assert.ok(ends[2][0] >= ends[1][1] + 3 * 400, 'the room of Adam lies between gradient and tensors');
  });

  test(`a step with the sizes of the one before gets the same views (${backend})`, () => {
    const tape = new Tape(newMemory(0, megabyte, { backend }));
    const step = (rows: number) => {
      tape.begin();
      const tensors = [tape.tensor(rows, 3), tape.tensorOf([2], [1, 2])];
      return [...tensors.flatMap(({ data, gradient }) => [data, gradient]), tape.ids([1, 2])];
    };
    const first = step(4);
    step(4).forEach((view, i) => {
      assert.is(view, first[i]);
    });
    assert.is.not(step(5)[0], first[0]);
    assert.is(step(4)[0].length, 12);
  });

  test(`10,000 steps of a model leave the memory as it is (${backend})`, () => {
    const model = gpt({
      vocabularySize: 5,
      contextLength: 4,
      width: 8,
      heads: 2,
      layers: 1,
      random: seededRandom(1),
      backend,
    });
    const batches = [batchOf(2, 4), batchOf(1, 2), batchOf(2, 3)];
    const parameters = model.parameters.slice();
    const optimizer = adam(0.001);
    let state = optimizer.init(parameters);
    const views = new Set<unknown>();
    const run = (steps: number) => {
      for (let step = 0; step < steps; step++) {
        const { gradient } = model.lossAndGradient(parameters, batches[step % 3]);
        const change = optimizer.update(gradient, state);
        for (let i = 0; i < parameters.length; i++) parameters[i] += change.updates[i];
        state = change.state;
        views.add(gradient.byteOffset).add(change.updates).add(state.mean);
      }
    };
    run(1000);
    const before = bytesNow();
    run(9000);
    const after = bytesNow();
    assert.is(views.size, 3, 'gradient, updates and mean lie in the same place at every step');
    assert.is(state.count, 10_000);
    assert.ok(after.external - before.external < megabyte, 'no arrays pile up');
    assert.ok(after.heapUsed - before.heapUsed < 20 * megabyte, 'no objects pile up');
    assert.ok(after.rss - before.rss < 40 * megabyte, `${(after.rss - before.rss) / megabyte} MB more`);
  });

  test(`200 models do not pile up (${backend})`, () => {
    const before = bytesNow();
    let most = 0;
    let mostArrays = 0;
    for (let i = 0; i < 200; i++) {
      const model = gpt({
        vocabularySize: 5,
        contextLength: 16,
        width: 32,
        heads: 2,
        layers: 1,
        random: () => 0.7,
        backend,
      });
      model.lossAndGradient(model.parameters, batchOf(backend === 'wasm' ? 32 : 2, 16));
      const { rss, external } = bytesNow();
      most = Math.max(most, rss);
      mostArrays = Math.max(mostArrays, external);
    }
    // Each has 8 MB or more: all of them at once would be 1,600.
    assert.ok(most - before.rss < 400 * megabyte, `${(most - before.rss) / megabyte} MB more`);
    assert.ok(mostArrays - before.external < 400 * megabyte, `${mostArrays / megabyte} MB of arrays`);
  });
}

test('a block has at most 2 GB', () => {
  assert.is(mostRoom(0), 2 ** 31 - 2 ** 20);
  assert.is(mostRoom(16), 2 ** 31 - 2 ** 20 - 5 * 64);
  assert.is(mostRoom(16, { precision: 64 }), 2 ** 31 - 2 ** 20 - 5 * 128);
  assert.throws(() => newMemory(2 ** 29, 1), /newMemory: expected at most 2 GB, got 536870912 parameters/);
});

test('a tape of its own says when it is full', () => {
  const tape = new Tape(newMemory(0, 1024));
  tape.tensor(16);
  assert.throws(
    () => tape.tensor(2 ** 20),
    /Arena: expected tensors of at most 0\.\d+ MB in one step, got 4\.0 MB/,
  );
});

test.run();
