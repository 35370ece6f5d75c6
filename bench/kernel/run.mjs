import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { bench, benchPython, project } from '../peers.mjs';
import { kernels } from './kernels.mjs';
import { report } from './report.mjs';

/** Measures this kernel and its peers in turn; about a minute a round. */
export async function benchKernels({ rounds, only }) {
  const { found, missing } = await kernels();
  const chosen = found.filter(kernel => !only || only.includes(kernel.name));
  const figures = await measure({ kernels: chosen, rounds, directory: join(project, 'notebooks') });
  console.log(
    report(
      chosen.map(kernel => kernel.name),
      figures,
    ),
  );
  for (const line of missing) console.log(`Left out: ${line}.`);
}

async function measure(task) {
  const client = spawn(benchPython, [join(bench, 'kernel/measure.py')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  client.stdin.end(JSON.stringify(task));
  const figures = [];
  createInterface({ input: client.stdout }).on('line', line => figures.push(JSON.parse(line)));
  const [code] = await once(client, 'close');
  if (code !== 0) throw new Error(`bench/kernel/measure.py ended with code ${code}`);
  return figures;
}
