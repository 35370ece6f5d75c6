import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Iopub } from '../../../kernel/jupyter/iopub.ts';
import { type Frame, type Message, Wire } from '../../../kernel/jupyter/wire.ts';

const wire = new Wire('', 'hmac-sha256');
const parent = wire.header('execute_request');
const later = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));

function recorded(delay?: number) {
  const messages: Message[] = [];
  const send = (frames: Frame[]) =>
    messages.push(wire.decode(frames.map(frame => Buffer.from(frame))) as Message);
  const iopub = new Iopub({ send }, wire, delay);
  const log = () =>
    messages.map(({ header, content }) => `${header.msg_type} ${content.text ?? content.execution_state}`);
  return { iopub, messages, log };
}

test('stream text of one time is one message', async () => {
  const { iopub, messages, log } = recorded(5);
  for (let line = 0; line < 1000; line++) iopub.stream('stdout', `${line}\n`, parent);
  assert.is(messages.length, 0);
  await later(30);
  assert.is(messages.length, 1);
  assert.ok(log()[0].endsWith('998\n999\n'));
  assert.equal(messages[0].identities.map(String), ['stream.stdout']);
});

test('everything else sends the batch first', () => {
  const { iopub, log } = recorded();
  iopub.stream('stdout', 'a', parent);
  iopub.stream('stderr', 'b', parent);
  iopub.stream('stdout', 'c', { ...parent, msg_id: 'other' });
  iopub.status('idle', parent);
  assert.equal(log(), ['stream a', 'stream b', 'stream c', 'status idle']);
});

test('many turns between the streams make two messages, in which each keeps its order', () => {
  const { iopub, log } = recorded();
  for (let i = 0; i < 100; i++) iopub.stream(i % 2 ? 'stderr' : 'stdout', `${i} `, parent);
  iopub.flush();
  const numbers = Array.from({ length: 50 }, (_, i) => 2 * i);
  const [even, odd] = [numbers, numbers.map(i => i + 1)].map(list => list.map(i => `${i} `).join(''));
  assert.equal(log(), [`stream ${even}`, `stream ${odd}`]);
});

test('a long text is several messages, cut between characters', () => {
  const { iopub, messages } = recorded();
  let left = 0;
  iopub.textLeft = length => {
    left += length;
  };
  const text = `x${'𝑎'.repeat(3_000_000)}`;
  iopub.stream('stdout', 'first ', parent);
  iopub.stream('stdout', text, parent);
  iopub.flush();
  const texts = messages.map(({ content }) => content.text as string);
  assert.is(texts.join(''), `first ${text}`);
  assert.is(texts.length, 2);
  assert.ok(texts.every(part => !/^[\udc00-\udfff]|[\ud800-\udbff]$/.test(part)));
  assert.is(left, text.length + 6);
});

test('the more text a cell has shown, the longer more of it waits', async () => {
  const { iopub, messages } = recorded(5);
  iopub.stream('stdout', 'x'.repeat(1e6), parent);
  await later(50);
  assert.is(messages.length, 1);
  iopub.stream('stdout', 'more', parent);
  await later(50);
  assert.is(messages.length, 1);
  iopub.stream('stdout', 'of another cell', { ...parent, msg_id: 'other' });
  await later(50);
  assert.equal(
    messages.slice(1).map(({ content }) => content.text),
    ['more', 'of another cell'],
  );
});

test('it tells how much text has left', () => {
  const { iopub } = recorded();
  const left: number[] = [];
  iopub.textLeft = length => left.push(length);
  for (const text of ['a', 'bc']) iopub.stream('stdout', text, parent);
  assert.equal(left, []);
  iopub.status('idle', parent);
  assert.equal(left, [3]);
});

test('content that is no JSON is told in its cell', () => {
  const { iopub, messages } = recorded();
  iopub.publish('display_data', { data: { 'text/plain': 1n } }, parent);
  assert.is(messages[0].header.msg_type, 'stream');
  assert.match(String(messages[0].content.text), /display_data: the content cannot be sent as JSON/);
});

test('a subscription is welcomed on its topic, its end is not', () => {
  const { iopub, messages } = recorded();
  iopub.subscribed([Uint8Array.of(1)]);
  iopub.subscribed([Buffer.from('\x01stream')]);
  iopub.subscribed([Uint8Array.of(0)]);
  assert.equal(
    messages.map(({ header, content, identities }) => [
      header.msg_type,
      content.subscription,
      identities.map(String),
    ]),
    [
      ['iopub_welcome', '', []],
      ['iopub_welcome', 'stream', ['stream']],
    ],
  );
  assert.throws(() => iopub.subscribed([Uint8Array.of(1, 0xff)]));
});

test.run();
