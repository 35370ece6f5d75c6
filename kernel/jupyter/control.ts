import type { ConnectionInfo } from './connection.ts';
import { Fields } from './content.ts';
import type { Handlers } from './dispatch.ts';
import { type KernelInfo, kernelInfo } from './languageInfo.ts';
import type { Request } from './replies.ts';

export interface Control {
  connection: ConnectionInfo;
  info: KernelInfo;
  interrupt: (request: Request) => Promise<void>;
}

/** What control and shell both answer, and what needs no engine. */
export function controlHandlers({ connection, info, interrupt }: Control): Handlers {
  return {
    kernel_info_request: () => kernelInfo(info),
    connect_request: () => connectReply(connection),
    interrupt_request: async request => {
      await interrupt(request);
      return { status: 'ok' };
    },
    debug_request: debugReply,
  };
}

function connectReply(connection: ConnectionInfo): object {
  const { shell_port, iopub_port, stdin_port, control_port, hb_port } = connection;
  return { status: 'ok', shell_port, iopub_port, stdin_port, control_port, hb_port };
}

/** The answer of the Debug Adapter Protocol to a command that fails. kernel_info declares no debugger. */
function debugReply(request: Request): object {
  const fields = new Fields(request);
  const command = fields.string('command', '');
  const message = 'debug_request: this kernel has no debugger';
  return {
    seq: 0,
    type: 'response',
    request_seq: fields.integer('seq', 0),
    success: false,
    command,
    message,
    status: 'error',
    ename: 'NotSupported',
    evalue: message,
    traceback: [message],
  };
}
