/**
 * Runs one contestant: `prepare(points, learningRate)` gives a function that takes so many steps from a = 1 and gives
 * (a promise of) a. Each step computes loss and gradient of y = a x on all points.
 */
export async function contest(name, prepare) {
  for (const count of JSON.parse(process.argv[2])) {
    const { points, learningRate } = line(count);
    const run = await prepare(points, learningRate);
    const check = await run(20);
    const steps = await enough(run, count);
    const begun = performance.now();
    await run(steps);
    const secondsPerStep = (performance.now() - begun) / 1000 / steps;
    console.log(JSON.stringify({ name, count, check, secondsPerStep }));
  }
}

/** Points of y = 2x, and the learning rate at which each step goes a fifth of the way to a = 2. */
function line(count) {
  const inputs = Float64Array.from({ length: count }, (_, i) => (i + 1) / count);
  const targets = inputs.map(x => 2 * x);
  const squares = inputs.reduce((sum, x) => sum + x * x, 0);
  return { points: { inputs, targets }, learningRate: 0.1 / squares };
}

/** 50 steps of many points, fewer where they would take minutes; half a second of few points. */
async function enough(run, count) {
  const begun = performance.now();
  await run(5);
  const msPerStep = (performance.now() - begun) / 5;
  const wanted = count >= 1e6 ? 50 : Math.min(2e6, 500 / msPerStep);
  return Math.max(3, Math.min(Math.round(wanted), Math.round(4000 / msPerStep)));
}
