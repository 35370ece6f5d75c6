import { figuresOf, withScratchFolder } from '../contestants.mjs';
import { median, table } from '../table.mjs';
import { contestants } from './contestants.mjs';

const counts = [100, 1_000_000];

/** From a = 1, each step goes a fifth of the way that is left to 2. */
const expected = 2 - 0.8 ** 20;

/** Gradient descent on y = a x, in turn; each contestant must arrive at the same a. */
export function benchDescent({ rounds }) {
  return withScratchFolder(async folder => {
    const { found, missing } = await contestants(counts, folder);
    const figures = [];
    const failures = new Set();
    for (let round = 0; round < rounds; round++) {
      for (const command of found) figures.push(...(await figuresOf(command, failures)));
    }
    console.log('Steps of gradient descent on y = a x, one thread each.\n');
    console.log(report(figures));
    for (const line of [...failures, ...missing]) console.log(`Left out: ${line}.`);
  });
}

function report(figures) {
  const names = [...new Set(figures.map(f => f.name))];
  const of = (name, count) => figures.filter(f => f.name === name && f.count === count);
  const body = names.map(name => {
    const [few, many] = counts.map(count => median(of(name, count).map(f => f.secondsPerStep)));
    const [ownFew, ownMany] = counts.map(count => median(of(names[0], count).map(f => f.secondsPerStep)));
    const error = Math.max(...figures.filter(f => f.name === name).map(f => Math.abs(f.check - expected)));
    const tolerance = name.includes('float32') ? 1e-4 : 1e-8;
    return [
      name,
      `${(few * 1e6).toPrecision(3)} (${(few / ownFew).toPrecision(2)}x)`,
      `${(many * 50e3).toPrecision(3)} (${(many / ownMany).toPrecision(2)}x)`,
      error <= tolerance ? 'yes' : `no, off by ${error}`,
    ];
  });
  return table(['', 'N = 100, us a step', 'N = 1,000,000, ms for 50 steps', 'same a'], body);
}
