import { Fields } from './content.ts';
import type { Handlers } from './dispatch.ts';
import type { Iopub } from './iopub.ts';
import type { Request } from './replies.ts';

/** No code in this kernel waits for comms: each is closed at once, so that the front end need not wait either. */
export function commHandlers(iopub: Iopub): Handlers {
  return {
    comm_open: request => close(request, iopub),
    comm_info_request: info,
  };
}

function close(request: Request, iopub: Iopub): undefined {
  const content = { comm_id: new Fields(request).string('comm_id'), data: {} };
  iopub.publish('comm_close', content, request.header);
}

function info(request: Request): object {
  new Fields(request).string('target_name', '');
  return { status: 'ok', comms: {} };
}
