import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Engine, FrontEnd } from '../../../kernel/jupyter/engine.ts';
import { startProtocol } from '../../../kernel/jupyter/protocol.ts';
import { FakeEngine } from './fakeEngine.ts';
import { connected, freeConnection, info } from './frontEnd.ts';

const later = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));

test('kernel_info, history and comm_info do not wait for the engine; a cell does', async () => {
  let ready: (engine: Engine) => void = () => {};
  const { frontEnd, end } = await connected(
    () =>
      new Promise(resolve => {
        ready = resolve;
      }),
  );
  const cell = frontEnd.execute('1');
  assert.is((await frontEnd.request('kernel_info_request')).protocol_version, '5.5');
  assert.is((await frontEnd.request('kernel_info_request', {}, 'control')).status, 'ok');
  assert.is((await frontEnd.request('history_request', { hist_access_type: 'tail' })).status, 'ok');
  assert.equal((await frontEnd.request('comm_info_request')).comms, {});
  ready(new FakeEngine({ output: () => {}, input: async () => '' }));
  assert.is((await cell).status, 'ok');
  await end();
});

test('a cell that waits for the engine can be interrupted', async () => {
  const { frontEnd, end } = await connected(() => new Promise(() => {}));
  const cell = frontEnd.execute('1');
  await later(50);
  assert.is((await frontEnd.request('interrupt_request', {}, 'control')).status, 'ok');
  assert.is((await cell).ename, 'KeyboardInterrupt');
  await end();
});

test('an engine that cannot be made is told in words, again and again', async () => {
  const { frontEnd, end } = await connected(() => Promise.reject(new Error('no compiler here')));
  for (const request of ['execute_request', 'complete_request', 'execute_request']) {
    const reply = await frontEnd.request(request, { code: '1' });
    assert.is(reply.status, 'error');
    assert.is(reply.evalue, 'no compiler here');
  }
  assert.is((await frontEnd.request('kernel_info_request')).status, 'ok');
  await end();
});

test('an engine that throws costs one request', async () => {
  const broken = (frontEnd: FrontEnd) =>
    Object.assign(new FakeEngine(frontEnd), {
      execute: () => Promise.reject(new Error('broken')),
      complete: () => {
        throw new TypeError('also broken');
      },
    });
  const { frontEnd, end } = await connected(broken);
  assert.is((await frontEnd.execute('1')).evalue, 'broken');
  assert.is((await frontEnd.request('complete_request', { code: 'a' })).evalue, 'also broken');
  assert.is((await frontEnd.request('is_complete_request', { code: '1' })).status, 'complete');
  await end();
});

test('a comm is closed as soon as it is opened', async () => {
  const { frontEnd, end } = await connected();
  const comm_id = 'one';
  const open = await frontEnd.send('shell', 'comm_open', { comm_id, target_name: 'any', data: {} });
  assert.equal((await frontEnd.message('comm_close', open)).content, { comm_id, data: {} });
  assert.equal((await frontEnd.request('comm_info_request')).comms, {});
  await end();
});

test('a display carries binary buffers', async () => {
  const { frontEnd, end } = await connected();
  await frontEnd.execute("display.bytes({ 'application/x-test': 1 }, new Uint8Array([0, 200]))");
  const { buffers, content } = await frontEnd.message('display_data');
  assert.equal([...buffers[0]], [0, 200]);
  assert.equal(content.transient, {});
  await end();
});

test('late output carries the header of its cell', async () => {
  const { frontEnd, end } = await connected();
  const first = await frontEnd.send('shell', 'execute_request', {
    code: "setTimeout(() => console.log('late'), 100)",
  });
  await frontEnd.execute("'second'");
  assert.is((await frontEnd.message('stream')).parentHeader.msg_id, first);
  await end();
});

test('questions come one at a time, each with its own answer', async () => {
  const { frontEnd, end } = await connected();
  const code = "console.log(await Promise.all([ask('a?'), ask('b?')]))";
  const cell = frontEnd.execute(code, { allow_stdin: true });
  for (const answer of ['1', '2']) {
    const { header } = await frontEnd.message('input_request');
    assert.is(frontEnd.inbox.filter(message => message.on === 'stdin').length, 1);
    frontEnd.inbox.splice(0);
    await frontEnd.send('stdin', 'input_reply', { value: answer }, { parentHeader: header });
  }
  assert.is((await cell).status, 'ok');
  assert.is((await frontEnd.message('stream')).content.text, "[ '1', '2' ]\n");
  await end();
});

test('an answer that is no text, and the end of input, are errors in the cell', async () => {
  const { frontEnd, end } = await connected();
  for (const [value, ename] of [
    [5, 'RequestError'],
    ['\x04', 'EOFError'],
  ]) {
    const cell = frontEnd.execute("prompt('?')", { allow_stdin: true });
    await frontEnd.message('input_request');
    frontEnd.inbox.splice(0);
    await frontEnd.send('stdin', 'input_reply', { value });
    assert.is((await cell).ename, ename);
  }
  await end();
});

test('a request that was sent in answer to an error is not aborted', async () => {
  const { frontEnd, end } = await connected();
  const failing = await frontEnd.send('shell', 'execute_request', { code: 'throw 1' });
  await frontEnd.message('error', failing);
  assert.is((await frontEnd.execute('1')).status, 'ok');
  await end();
});

test('shutdown is answered, told to all, and closes; what is queued is aborted', async () => {
  const { protocol, frontEnd } = await connected();
  await frontEnd.send('shell', 'execute_request', { code: 'await new Promise(() => {})' });
  const queued = frontEnd.execute('1');
  await later(50);
  assert.equal(await frontEnd.request('shutdown_request', { restart: true }, 'control'), {
    status: 'ok',
    restart: true,
  });
  assert.is((await queued).status, 'aborted');
  assert.equal(await protocol.closed, { restart: true });
  assert.ok(frontEnd.inbox.some(({ on, header }) => on === 'iopub' && header.msg_type === 'shutdown_reply'));
  frontEnd.close();
});

test('a port in use is named, and the others are free again', async () => {
  const connection = await freeConnection();
  const one = await startProtocol(connection, frontEnd => new FakeEngine(frontEnd), { info });
  const other = { ...(await freeConnection()), stdin_port: connection.stdin_port };
  const start = () => startProtocol(other, frontEnd => new FakeEngine(frontEnd), { info });
  const failure = await start().then(
    () => '',
    (error: Error) => error.message,
  );
  assert.match(failure, /cannot bind the stdin channel to tcp:\/\/127.0.0.1:\d+: Address already in use/);
  await one.stop();
  await (await start()).stop();
});

test('100,000 lines arrive, in order, before idle', async () => {
  const { frontEnd, end } = await connected();
  const started = performance.now();
  const id = await frontEnd.send('shell', 'execute_request', {
    code: 'for (let i = 0; i < 100_000; i++) console.log(i)',
  });
  await frontEnd.message('execute_reply', id);
  await frontEnd.execute('1');
  assert.ok(performance.now() - started < 5000);
  const own = frontEnd.inbox.filter(({ on, parentHeader }) => on === 'iopub' && parentHeader.msg_id === id);
  assert.is(own.at(-1)?.content.execution_state, 'idle');
  const text = own.map(({ content }) => content.text ?? '').join('');
  assert.is(text, Array.from({ length: 100_000 }, (_, i) => `${i}\n`).join(''));
  await end();
});

test.run();
