// npm run bench [-- kernel] [descent] [--rounds N] [--only NAME,NAME]: measures against named peers, in one run.
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { installPeers } from './peers.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '3' }, only: { type: 'string' } },
});
const rounds = Number(values.rounds);
const parts = positionals.length ? positionals : ['kernel', 'descent'];
const unknown = parts.find(part => part !== 'kernel' && part !== 'descent');
if (unknown) {
  console.error(`bench: expected kernel or descent, got ${unknown}`);
  process.exit(2);
}

await installPeers();
console.log(`Node.js ${process.versions.node}, ${cpus().length} x ${cpus()[0]?.model}\n`);
for (const part of parts) {
  if (part === 'kernel') {
    const { benchKernels } = await import('./kernel/run.mjs');
    await benchKernels({ rounds, only: values.only?.split(',') });
  } else {
    const { benchDescent } = await import('./descent/run.mjs');
    await benchDescent({ rounds });
  }
}
