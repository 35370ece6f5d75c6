// npm run bench [-- kernel] [descent] [training] [--rounds N] [--only NAME,NAME]: measures against named peers, in one run.
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { installPeers } from './peers.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '3' }, only: { type: 'string' } },
});
const rounds = Number(values.rounds);
const benches = {
  kernel: async options => (await import('./kernel/run.mjs')).benchKernels(options),
  descent: async options => (await import('./descent/run.mjs')).benchDescent(options),
  training: async options => (await import('./training/run.mjs')).benchTraining(options),
};
const parts = positionals.length ? positionals : Object.keys(benches);
const unknown = parts.find(part => !(part in benches));
if (unknown) {
  console.error(`bench: expected kernel, descent or training, got ${unknown}`);
  process.exit(2);
}

await installPeers();
console.log(`Node.js ${process.versions.node}, ${cpus().length} x ${cpus()[0]?.model}\n`);
for (const part of parts) await benches[part]({ rounds, only: values.only?.split(',') });
