/*
 * The protocol over the fake engine as a program: `node --import tsx fakeKernel.ts CONNECTION_FILE`.
 * With it as kernelspec `tslab`, the tests in test/clients try the protocol without the real kernel.
 */
import { readConnectionFile } from '../../../kernel/jupyter/connection.ts';
import { historyPlace } from '../../../kernel/jupyter/historyFile.ts';
import { startProtocol } from '../../../kernel/jupyter/protocol.ts';
import { FakeEngine } from './fakeEngine.ts';

const connectionFile = process.argv[2];
const info = { implementation: 'fake', implementationVersion: '1', languageVersion: '6.0.3', banner: 'fake' };
const history = historyPlace(connectionFile, process.env.JPY_SESSION_NAME);
const protocol = await startProtocol(
  readConnectionFile(connectionFile),
  frontEnd => new FakeEngine(frontEnd),
  { info, history },
);
process.on('SIGINT', () => void protocol.interrupt());
// A test that was killed leaves nobody to shut it down.
const parent = process.ppid;
setInterval(() => process.ppid !== parent && process.exit(1), 1000).unref();
await protocol.closed;
process.exit(0);
