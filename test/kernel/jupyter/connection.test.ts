import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { channelAddress, parseConnection, readConnectionFile } from '../../../kernel/jupyter/connection.ts';

const good = {
  transport: 'tcp',
  ip: '127.0.0.1',
  shell_port: 1,
  iopub_port: 2,
  stdin_port: 3,
  control_port: 4,
  hb_port: 5,
  key: 'secret',
  signature_scheme: 'hmac-sha256',
  kernel_name: 'tslab',
};
const parse = (fields: object) => parseConnection(JSON.stringify({ ...good, ...fields }), 'file.json');

test('a connection gives an address to each channel', () => {
  assert.is(channelAddress(parse({}), 'stdin'), 'tcp://127.0.0.1:3');
  assert.is(channelAddress(parse({ ip: '::1' }), 'hb'), 'tcp://[::1]:5');
  assert.is(channelAddress(parse({ transport: 'ipc', ip: '/tmp/k' }), 'shell'), 'ipc:///tmp/k-1');
});

const wrong: [object, string][] = [
  [{ shell_port: 'x' }, 'file.json: expected shell_port to be a port (1 to 65535), got "x"'],
  [{ hb_port: 0 }, 'file.json: expected hb_port to be a port (1 to 65535), got 0'],
  [{ transport: 'udp' }, 'file.json: expected transport to be "tcp" or "ipc", got "udp"'],
  [{ key: 5 }, 'file.json: expected key to be a string, got 5'],
  [
    { signature_scheme: 'md5' },
    'file.json: expected signature_scheme to be hmac- and the name of a hash, got "md5"',
  ],
];

for (const [fields, message] of wrong) {
  test(message, () => {
    assert.throws(
      () => parse(fields),
      (error: Error) => error.message === message,
    );
  });
}

test('a file that is missing or not JSON is named', () => {
  assert.throws(
    () => readConnectionFile('/nowhere/kernel.json'),
    /connection file \/nowhere\/kernel.json: cannot be read/,
  );
  assert.throws(() => parseConnection('{', 'file.json'), /file.json: expected JSON/);
  assert.throws(() => parseConnection('[]', 'file.json'), /file.json: expected an object, got \[\]/);
});

test.run();
