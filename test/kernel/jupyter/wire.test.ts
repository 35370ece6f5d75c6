import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Wire } from '../../../kernel/jupyter/wire.ts';

const bytes = (...texts: string[]) => texts.map(text => Buffer.from(text));

// Made by jupyter_client's Session with the key `a secret`.
const fromPython = bytes(
  'id',
  '<IDS|MSG>',
  '4f399e43cf15180c3adb38756a78be80c27d723069f903d39a4a02f85f658626',
  '{"msg_id": "1", "msg_type": "execute_request", "username": "u", "session": "s", "date": "2024-01-01T00:00:00.000000Z", "version": "5.4"}',
  '{}',
  '{}',
  '{"code": "\\"ä🎉\\""}',
);

const wire = new Wire('a secret', 'hmac-sha256');
const unsigned = new Wire('', 'hmac-sha256');
const header = '{"msg_id":"1","msg_type":"complete_request"}';

test('decode reads what jupyter_client signs', () => {
  const message = wire.decode(fromPython);
  assert.is(message?.header.msg_type, 'execute_request');
  assert.equal(message?.content, { code: '"ä🎉"' });
  assert.equal(message?.identities.map(String), ['id']);
  assert.is(message?.problem, undefined);
});

test('decode drops a message that was changed, and one with another key', () => {
  const changed = [...fromPython.slice(0, 6), ...bytes('{"code": "2"}')];
  assert.is(wire.decode(changed), undefined);
  assert.is(new Wire('other', 'hmac-sha256').decode(fromPython), undefined);
  assert.is(wire.decode([...bytes('id', '<IDS|MSG>', ''), ...fromPython.slice(3)]), undefined);
});

test('encode and decode are inverse, buffers included', () => {
  const buffers = [Uint8Array.of(0, 255, 1), new Uint8Array(0)];
  const outgoing = {
    header: wire.header('comm_msg'),
    content: { text: '𝒙' },
    metadata: { a: 1 },
    buffers,
  };
  const message = wire.decode(wire.encode(outgoing).map(frame => Buffer.from(frame)));
  assert.equal(message?.header, outgoing.header);
  assert.equal(message?.content, outgoing.content);
  assert.equal(message?.metadata, outgoing.metadata);
  assert.equal(
    message?.buffers.map(buffer => [...buffer]),
    [[0, 255, 1], []],
  );
});

test('half of a character has no UTF-8: it becomes U+FFFD', () => {
  const content = { half: '😀'[0], whole: '😀', escaped: '\\ud83d' };
  const message = wire.decode(
    wire.encode({ header: wire.header('stream'), content }).map(frame => Buffer.from(frame)),
  );
  assert.equal(message?.content, { ...content, half: '\ufffd' });
});

test('a header has a unique id and an ISO date', () => {
  const [one, two] = [wire.header('status'), wire.header('status')];
  assert.is.not(one.msg_id, two.msg_id);
  assert.match(one.date, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z$/);
  assert.is(one.version, '5.5');
});

test('decode drops what is no message', () => {
  for (const frames of [[], bytes('x'), bytes('<IDS|MSG>'), bytes('<IDS|MSG>', '', header, '{}', '{}')]) {
    assert.is(unsigned.decode(frames), undefined);
  }
  for (const bad of ['', '[]', 'null', '{"msg_id":1,"msg_type":"a"}', '{"msg_id":"1"}']) {
    assert.is(unsigned.decode(bytes('<IDS|MSG>', '', bad, '{}', '{}', '{}')), undefined);
  }
});

test('decode says what is wrong after a good header', () => {
  const message = unsigned.decode(bytes('<IDS|MSG>', '', header, '{}', '{}', '[1]'));
  assert.is(message?.problem, 'complete_request: expected content to be a JSON object, got [1]');
  const parent = unsigned.decode(bytes('<IDS|MSG>', '', header, '', '{}', '{}'));
  assert.is(parent?.problem, 'complete_request: expected parent_header to be a JSON object, got nothing');
});

test('an unknown hash is named', () => {
  assert.throws(() => new Wire('key', 'hmac-nothing'), /got hmac-nothing/);
});

test.run();
