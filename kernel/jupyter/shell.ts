import { Fields, RequestError } from './content.ts';
import type { Handlers } from './dispatch.ts';
import type { Completions, Engine } from './engine.ts';
import type { Entry, History } from './history.ts';
import { codePointOffset, utf16Offset } from './positions.ts';
import type { Request } from './replies.ts';

/** What the shell channel answers besides execute requests. */
export function shellHandlers(engine: () => Promise<Engine>, history: History): Handlers {
  return {
    complete_request: async request => complete(request, await engine()),
    inspect_request: async request => inspect(request, await engine()),
    is_complete_request: async request => isComplete(request, await engine()),
    history_request: request => historyReply(request, history),
  };
}

async function complete(request: Request, engine: Engine): Promise<object> {
  const fields = new Fields(request);
  const code = fields.string('code');
  const found = await engine.complete(code, cursor(fields, code));
  const cursor_start = codePointOffset(code, found.start);
  const cursor_end = codePointOffset(code, found.end);
  const metadata = { _jupyter_types_experimental: types(found, cursor_start, cursor_end) };
  return { status: 'ok', matches: found.matches, cursor_start, cursor_end, metadata };
}

function types(found: Completions, start: number, end: number): object[] {
  return found.types.map(({ text, type, signature }) => ({ start, end, text, type, signature }));
}

async function inspect(request: Request, engine: Engine): Promise<object> {
  const fields = new Fields(request);
  const code = fields.string('code');
  const detailLevel = fields.oneOf('detail_level', [0, 1] as const, 0);
  const data = await engine.inspect(code, cursor(fields, code), detailLevel);
  return { status: 'ok', found: data !== undefined, data: data ?? {}, metadata: {} };
}

async function isComplete(request: Request, engine: Engine): Promise<object> {
  const code = new Fields(request).string('code');
  // runtimelib wants the indent with every status.
  return { indent: '', ...(await engine.isComplete(code)) };
}

function cursor(fields: Fields, code: string): number {
  return utf16Offset(code, fields.integer('cursor_pos', code.length));
}

function historyReply(request: Request, history: History): object {
  const fields = new Fields(request);
  const output = fields.boolean('output', false);
  fields.boolean('raw', true);
  const row = ({ session, line, input, output: result }: Entry) =>
    [session, line, output ? [input, result] : input] as const;
  return { status: 'ok', history: entries(fields, history).map(row) };
}

function entries(fields: Fields, history: History): Entry[] {
  const count = fields.integer('n', -1);
  switch (fields.oneOf('hist_access_type', ['tail', 'range', 'search'])) {
    case 'tail':
      return history.tail(count < 0 ? 10 : count);
    case 'range':
      return history.range(fields.integer('session', 0), fields.integer('start', 1), stop(fields));
    case 'search': {
      const unique = fields.boolean('unique', false);
      return history.search(fields.string('pattern', '*'), count < 0 ? undefined : count, unique);
    }
    default:
      throw new RequestError('history_request: unknown hist_access_type');
  }
}

/** 0 and nothing both mean the end. */
function stop(fields: Fields): number | undefined {
  return fields.integer('stop', 0) || undefined;
}
