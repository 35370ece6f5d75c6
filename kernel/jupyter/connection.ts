import { readFileSync } from 'node:fs';

/** The connection file that a front end writes before it starts the kernel. */
export interface ConnectionInfo {
  transport: 'tcp' | 'ipc';
  ip: string;
  shell_port: number;
  iopub_port: number;
  stdin_port: number;
  control_port: number;
  hb_port: number;
  /** Empty: messages are neither signed nor checked. */
  key: string;
  signature_scheme: string;
}

export type ChannelName = 'shell' | 'iopub' | 'stdin' | 'control' | 'hb';

const channelNames: ChannelName[] = ['shell', 'iopub', 'stdin', 'control', 'hb'];

/** Throws an error that names the file and the field. */
export function readConnectionFile(path: string): ConnectionInfo {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new Error(`connection file ${path}: cannot be read (${(error as Error).message})`);
  }
  return parseConnection(text, `connection file ${path}`);
}

export function parseConnection(text: string, where = 'connection file'): ConnectionInfo {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw new Error(`${where}: expected JSON (${(error as Error).message})`);
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new Error(`${where}: expected an object, got ${JSON.stringify(parsed)}`);
  }
  const fields = parsed as Record<string, unknown>;
  const fail = (name: string, expected: string) => {
    throw new Error(`${where}: expected ${name} to be ${expected}, got ${JSON.stringify(fields[name])}`);
  };
  const { transport = 'tcp', ip = '127.0.0.1', key = '', signature_scheme = 'hmac-sha256' } = fields;
  if (transport !== 'tcp' && transport !== 'ipc') fail('transport', '"tcp" or "ipc"');
  if (typeof ip !== 'string' || ip === '') fail('ip', 'an address');
  if (typeof key !== 'string') fail('key', 'a string');
  if (typeof signature_scheme !== 'string' || !/^hmac-\w+/.test(signature_scheme)) {
    fail('signature_scheme', 'hmac- and the name of a hash');
  }
  for (const name of channelNames) {
    const port = fields[`${name}_port`];
    const valid = Number.isInteger(port) && (port as number) > 0 && (port as number) < 65536;
    if (!valid) fail(`${name}_port`, 'a port (1 to 65535)');
  }
  return { ...fields, transport, ip, key, signature_scheme } as ConnectionInfo;
}

export function channelAddress(connection: ConnectionInfo, channel: ChannelName): string {
  const { transport, ip } = connection;
  const port = connection[`${channel}_port`];
  if (transport === 'ipc') return `ipc://${ip}-${port}`;
  return `tcp://${ip.includes(':') ? `[${ip}]` : ip}:${port}`;
}
