// Whatever arrives, the kernel answers afterwards and has kept its variables.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import * as zmq from 'zeromq';
import { channelAddress } from '../../../kernel/jupyter/connection.ts';
import { Wire } from '../../../kernel/jupyter/wire.ts';
import { load } from '../../jupyter/load.ts';
import { freeConnection, TestFrontEnd } from './frontEnd.ts';

const main = fileURLToPath(new URL('../../../kernel/dist/main.cjs', import.meta.url));
const channels = ['shell', 'control', 'stdin'] as const;

interface Hostile {
  on: (typeof channels)[number];
  frames: (wire: Wire) => (Uint8Array | string)[];
}

/** Everything but what ends the kernel by right. */
const types = [
  'execute_request',
  'complete_request',
  'inspect_request',
  'is_complete_request',
  'history_request',
  'comm_info_request',
  'comm_open',
  'comm_msg',
  'comm_close',
  'kernel_info_request',
  'connect_request',
  'interrupt_request',
  'debug_request',
  'input_reply',
];

const codes = [
  '1 + 1',
  'throw null',
  'let = 1',
  'kept',
  'console.log(kept)',
  '({',
  'void Promise.reject(1)',
  'x',
];

/** A field's right values, and anything at all. */
const fields = {
  code: fc.oneof(fc.constantFrom(...codes), fc.string({ unit: 'binary' })),
  cursor_pos: fc.oneof(fc.integer(), fc.nat(9)),
  detail_level: fc.integer({ min: -1, max: 3 }),
  silent: fc.boolean(),
  store_history: fc.boolean(),
  stop_on_error: fc.boolean(),
  user_expressions: fc.dictionary(fc.string(), fc.constantFrom(...codes)),
  hist_access_type: fc.constantFrom('tail', 'range', 'search', 'none'),
  n: fc.integer(),
  session: fc.integer(),
  start: fc.integer(),
  stop: fc.integer(),
  pattern: fc.string(),
  output: fc.boolean(),
  comm_id: fc.string(),
  target_name: fc.string(),
  data: fc.object(),
  seq: fc.integer(),
  command: fc.string(),
  value: fc.string(),
};

const content = fc.record(
  Object.fromEntries(
    Object.entries(fields).map(([name, right]) => [
      name,
      fc.oneof({ weight: 4, arbitrary: right as fc.Arbitrary<unknown> }, fc.jsonValue()),
    ]),
  ),
  { requiredKeys: [] },
);

const type = fc.oneof(fc.constantFrom(...types), fc.string()).filter(name => name !== 'shutdown_request');

const message = fc.record({ type, content, buffers: fc.array(fc.uint8Array(), { maxLength: 2 }) });

const signed = message.map(
  ({ type, content, buffers }) =>
    (wire: Wire) =>
      wire.encode({ header: wire.header(type), content, buffers }),
);

/** A signed message with one frame left out, doubled, or replaced by bytes. */
const damaged = fc
  .tuple(message, fc.nat(6), fc.option(fc.uint8Array()))
  .map(([{ type, content }, at, bytes]) => (wire: Wire) => {
    const frames = wire.encode({ header: wire.header(type), content });
    frames.splice(at, 1, ...(bytes ? [bytes] : []));
    return frames.length > 0 ? frames : [''];
  });

const noise = fc.array(fc.uint8Array(), { minLength: 1, maxLength: 8 }).map(frames => () => frames);

const hostile: fc.Arbitrary<Hostile> = fc.record({
  on: fc.constantFrom(...channels),
  frames: fc.oneof({ weight: 4, arbitrary: signed }, { weight: 2, arbitrary: damaged }, noise),
});

interface Running {
  kernel: ChildProcess;
  frontEnd: TestFrontEnd;
  send(message: Hostile): Promise<void>;
  end(): void;
}

async function startKernel(): Promise<Running> {
  const { buildKernel, nodeFlags } = await load('kernel/build.mjs');
  await buildKernel();
  const connection = await freeConnection();
  const folder = mkdtempSync(join(tmpdir(), 'downhill-'));
  const file = join(folder, 'kernel.json');
  writeFileSync(file, JSON.stringify(connection));
  const kernel = spawn(process.execPath, [...nodeFlags, main, `--connection-file=${file}`], {
    stdio: 'ignore',
  });
  const frontEnd = new TestFrontEnd(connection);
  await frontEnd.message('iopub_welcome');
  const wire = new Wire(connection.key, connection.signature_scheme);
  const sockets = Object.fromEntries(channels.map(on => [on, new zmq.Dealer({ linger: 0 })]));
  for (const on of channels) sockets[on].connect(channelAddress(connection, on));
  return {
    kernel,
    frontEnd,
    send: ({ on, frames }) => sockets[on].send(frames(wire)),
    end() {
      for (const socket of Object.values(sockets)) socket.close();
      frontEnd.close();
      kernel.kill('SIGKILL');
      rmSync(folder, { recursive: true });
    },
  };
}

/** A cell that was sent before a random one failed is aborted, as it should be. */
async function valueOfKept({ frontEnd }: Running): Promise<unknown> {
  for (let attempt = 0; attempt < 20; attempt++) {
    const expressions = { kept: 'kept' };
    const reply = await frontEnd.execute('0', { silent: true, user_expressions: expressions });
    if (reply.status !== 'ok') continue;
    const { kept } = reply.user_expressions as { kept: { data: { 'text/plain': string } } };
    return kept.data['text/plain'];
  }
  return undefined;
}

const test = suite<{ running: Running }>('random messages');

test.before(async context => {
  context.running = await startKernel();
  await context.running.frontEnd.execute('const kept = 42');
});
test.after(({ running }) => running.end());

test('leave the kernel answering, with its variables', async ({ running }) => {
  const survives = fc.asyncProperty(fc.array(hostile, { maxLength: 12 }), async messages => {
    for (const one of messages) await running.send(one);
    assert.is((await running.frontEnd.request('kernel_info_request', {}, 'control')).status, 'ok');
    assert.is(await valueOfKept(running), '42');
    assert.is(running.kernel.exitCode, null);
    running.frontEnd.inbox.length = 0;
  });
  await fc.assert(survives, { numRuns: 60, seed: 42, endOnFailure: true });
});

test.run();
