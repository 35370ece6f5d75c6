import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { figuresOf, withScratchFolder } from '../contestants.mjs';
import { median, table } from '../table.mjs';
import { contestants } from './contestants.mjs';
import { adam, checkedSteps, tasks } from './tasks.mjs';

/** How far, in proportion, a loss may be from that of the contestant that is compared with. */
const tolerance = 2e-4;

/** A compiler and a busy machine take their time. */
const timeout = 300_000;

/** Training steps of three models, in turn; each contestant must find the same losses. About four minutes a round. */
export function benchTraining({ rounds, only }) {
  return withScratchFolder(async folder => {
    const file = join(folder, 'tasks.json');
    await writeFile(file, JSON.stringify({ adam, checkedSteps, tasks }));
    const { found, missing } = await contestants(folder);
    const failures = new Set();
    console.log(
      'Training steps (forward, backward, Adam) in float32, one thread each if it does not say otherwise.\n' +
        'A figure with less than 1 processor was disturbed by something else on the machine.',
    );
    for (const task of tasks.filter(({ name }) => !only || only.includes(name))) {
      const figures = [];
      for (let round = 0; round < rounds; round++) {
        for (const command of found) {
          const [figure] = await figuresOf(command(file, task.name), failures, timeout);
          if (figure) figures.push({ ...figure, round, ms: median(figure.blocks) });
        }
      }
      console.log(`\n${report(task, figures)}`);
    }
    for (const line of [...failures, ...missing]) console.log(`Left out: ${line}.`);
  });
}

function report(task, figures) {
  const names = [...new Set(figures.map(({ name }) => name))];
  const reference =
    names.find(name => name === 'PyTorch (eager)') ?? names.find(name => name.startsWith('JAX'));
  const expected = figures.find(({ name }) => name === reference)?.losses;
  const body = names.map(name => {
    const own = figures.filter(figure => figure.name === name);
    return [
      name,
      median(own.map(({ ms }) => ms)).toPrecision(3),
      timesFirst(own, figures),
      median(own.map(({ processors }) => processors)).toFixed(2),
      expected ? agreement(own, expected) : '',
    ];
  });
  return table([task.title, 'ms a step', 'times ours', 'processors', `losses of ${reference}`], body);
}

/** Each round's figure is divided by ours of the same round: what slows the machine down slows down both. */
function timesFirst(own, figures) {
  const ratios = own.flatMap(({ ms, round }) => {
    const first = figures.find(figure => figure.name === figures[0].name && figure.round === round);
    return first ? [ms / first.ms] : [];
  });
  return median(ratios)?.toPrecision(2) ?? '';
}

function agreement(own, expected) {
  const errors = own.flatMap(({ losses }) => losses.map((loss, i) => Math.abs(loss / expected[i] - 1)));
  const largest = Math.max(...errors);
  return largest <= tolerance ? 'yes' : `no, off by ${largest.toPrecision(2)}`;
}
