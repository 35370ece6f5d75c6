import { readFile } from 'node:fs/promises';

/** How long a contestant is timed, and how long one of the blocks is whose median counts. */
const timedMs = 3000;
const blockMs = 100;

/**
 * Runs one contestant on one task: `prepare(task)` gives a function that takes the training step of a batch, by its
 * index, and gives (a promise of) the loss before that step. The task's parameters come with their `values`.
 */
export async function contest(name, prepare) {
  const [, , file, taskName] = process.argv;
  const { tasks, adam, checkedSteps } = JSON.parse(await readFile(file, 'utf8'));
  const task = tasks.find(task => task.name === taskName);
  const step = await prepare({ ...task, adam, parameters: startOf(task.parameters) });
  let count = 0;
  const next = () => step(count++ % task.batches.length);
  const losses = [];
  while (losses.length < checkedSteps) losses.push(await next());
  console.log(JSON.stringify({ name, task: taskName, losses, ...(await timed(next)) }));
}

/**
 * p_i = 0.08 sin((i + 1)^2), i counted through all parameters, around 0 or (gains) around 1. Without the square all
 * matrices would be of rank 2, and engines that round differently would drift apart within ten steps.
 */
function startOf(parameters) {
  let i = 0;
  return parameters.map(parameter => {
    const count = parameter.shape.reduce((product, size) => product * size, 1);
    const values = Float32Array.from({ length: count }, () => parameter.around + 0.08 * Math.sin((++i) ** 2));
    return { ...parameter, values };
  });
}

/** How many steps make a block; taking them warms up. */
async function enough(next) {
  const begun = performance.now();
  let taken = 0;
  while (taken < 3 || performance.now() - begun < 5 * blockMs) {
    await next();
    taken++;
  }
  return Math.max(1, Math.round((blockMs * taken) / (performance.now() - begun)));
}

async function steps(next, count) {
  const begun = performance.now();
  for (let i = 0; i < count; i++) await next();
  return performance.now() - begun;
}

async function timed(next) {
  const perBlock = await enough(next);
  const begun = performance.now();
  const cpu = process.cpuUsage();
  const blocks = [];
  while (performance.now() - begun < timedMs) blocks.push((await steps(next, perBlock)) / perBlock);
  const { user, system } = process.cpuUsage(cpu);
  const processors = (user + system) / 1000 / (performance.now() - begun);
  return { blocks, processors };
}
