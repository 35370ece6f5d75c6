import type { Content, Message } from './wire.ts';

/** A request whose content is not what the protocol says; the message tells what was expected. */
export class RequestError extends Error {
  override name = 'RequestError';
}

/** Reads the fields of one request; `undefined` and `null` give the default, wrong types throw. */
export class Fields {
  readonly #type: string;
  readonly #content: Content;

  constructor(message: Pick<Message, 'header' | 'content' | 'problem'>) {
    if (message.problem !== undefined) throw new RequestError(message.problem);
    this.#type = message.header.msg_type;
    this.#content = message.content;
  }

  string(name: string, fallback?: string): string {
    return this.#read(name, 'a string', value => typeof value === 'string', fallback);
  }

  boolean(name: string, fallback: boolean): boolean {
    return this.#read(name, 'true or false', value => typeof value === 'boolean', fallback);
  }

  integer(name: string, fallback?: number): number {
    return this.#read(name, 'an integer', Number.isInteger, fallback);
  }

  object(name: string, fallback?: Content): Content {
    const isObject = (value: unknown) => typeof value === 'object' && !Array.isArray(value);
    return this.#read(name, 'an object', isObject, fallback);
  }

  oneOf<Choice>(name: string, choices: readonly Choice[], fallback?: Choice): Choice {
    const expected = choices.map(choice => JSON.stringify(choice)).join(' or ');
    return this.#read(name, expected, value => choices.includes(value as Choice), fallback);
  }

  #read<Value>(name: string, expected: string, valid: (value: unknown) => boolean, fallback?: Value): Value {
    const value = this.#content[name] ?? fallback;
    if (value !== undefined && valid(value)) return value as Value;
    throw new RequestError(`${this.#type}: expected ${name} to be ${expected}, got ${shown(value)}`);
  }
}

function shown(value: unknown): string {
  const json = JSON.stringify(value) ?? 'nothing';
  return json.length > 60 ? `${json.slice(0, 60)}…` : json;
}
