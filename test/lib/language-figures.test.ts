// The figures of notebook 10.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { fullBatches } from '../../lib/dataset.ts';
import { cellAxes, cellMap, cellTexts } from '../../lib/figure/cell-map.ts';
import type { Figure } from '../../lib/figure/figure.ts';
import { lossByContext } from '../../lib/figure/loss-by-context.ts';
import { probabilityTables } from '../../lib/figure/probability-tables.ts';
import { samplesByTemperature } from '../../lib/figure/samples-by-temperature.ts';
import { scoreTableRun } from '../../lib/figure/score-table-run.ts';
import { gradientDescent } from '../../lib/optimizer.ts';
import { seededRandom } from '../../lib/random.ts';
import {
  countedRows,
  lossOfScoreTable,
  nextTokenCounts,
  probabilityRows,
  sampleText,
  scoreTable,
} from '../../lib/score-table.ts';
import { train } from '../../lib/train.ts';
import { shownBy, testFigures } from './figures.ts';

const lesson = ['今天天气很好'];
const table = scoreTable(lesson, 1);
const counts = nextTokenCounts(table, lesson);
const names = { rows: table.contexts, columns: table.vocabulary.tokens };
const run = [
  ...train({
    parameters: new Float64Array(table.parameterCount),
    lossAndGradient: lossOfScoreTable,
    optimizer: gradientDescent(7),
    batches: fullBatches(counts),
    steps: 1000,
  }),
];
const start = { loss: Math.log(6), name: 'start, ln 6' };
const floor = { loss: (2 * Math.log(2)) / 7, name: 'floor, 2 ln 2 / 7' };
const shown = [0, 1, 2, 3, 5, 10, 20, 50, 100, 200, 500, 1000];
const trained = run[1000].parameters;
const random = seededRandom(5);
const samples = [0.5, 1, 2].map(temperature => ({
  temperature,
  texts: Array.from({ length: 200 }, () => sampleText(table, trained, random, { temperature })),
}));
const isLesson = (text: string) => text === lesson[0];

const figures: Record<string, Figure> = {
  scoreTableRun: scoreTableRun(names, run, start, floor, shown),
  probabilityTables: probabilityTables(
    names,
    { name: 'trained', rows: probabilityRows(trained, 6) },
    { name: 'counted', rows: countedRows(counts) },
  ),
  lossByContext: lossByContext([0.84, 0.62, 0.5, 0.48, 0.48, 0.44], 0.441, [
    { name: 'trained on 4000 sentences', losses: [0.844, 0.621, 0.502, 0.479, 0.479, 0.445] },
    { name: 'trained on 100 sentences', losses: [0.874, 0.663, 0.554, 0.531, 0.62, 0.627] },
  ]),
  samplesByTemperature: samplesByTemperature(samples, isLesson, 1),
};

testFigures(figures);

test('scoreTableRun: from no colour at all to a score above 5 in the cell of each pair', () => {
  const { frames } = shownBy(figures.scoreTableRun);
  const [first, last] = [frames[0], frames[frames.length - 1]].map(
    frame => frame.data[0].z as unknown as number[][],
  );
  assert.is(Math.max(...first.flat().map(Math.abs)), 0);
  // BEGIN 今, 今 天, 气 很, 很 好, 好 END; 天 shares between 天 and 气.
  for (const [row, column] of [
    [0, 0],
    [1, 1],
    [3, 3],
    [4, 4],
    [5, 5],
  ])
    assert.ok(last[row][column] > 5);
  assert.ok(Math.abs(last[2][1] - last[2][2]) < 1e-3);
});

test('cellMap, cellTexts, cellAxes: the first row is on top', () => {
  const { y, z } = cellMap(
    [
      [1, 2, 3],
      [4, 5, 6],
    ],
    6,
  ) as unknown as { y: number[]; z: number[][] };
  assert.equal([y[0], y[1], z[0]], [0, -1, [1, 2, 3]]);
  const texts = cellTexts(
    [
      [1, 2, 3],
      [4, 5, 6],
    ],
    String,
  ) as unknown as { x: number[]; y: number[]; text: string[] };
  assert.equal([texts.x[5], texts.y[5], texts.text[5]], [2, -1, '6']);
  const { y: axis } = cellAxes({ rows: ['a', 'b'], columns: ['c'] }, { rows: 'r', columns: 'c' });
  assert.equal(axis.ticktext, ['a', 'b']);
  assert.equal(axis.tickvals, [0, -1]);
});

test('samplesByTemperature: shares of what was drawn, the most frequent on top', () => {
  const texts = ['晴', '雨', '雨', '雨'];
  const { data } = shownBy(samplesByTemperature([{ temperature: 1, texts }], text => text === '雨', 1));
  const [right, wrong] = data as unknown as { x: number[]; text: string[] }[];
  assert.equal(
    [right.x[0], right.text[0], wrong.x[0], wrong.x[1], wrong.text[1]],
    [0.75, '雨', 0, 0.25, '晴'],
  );
});

test.run();
