/**
 * The protocol as its own library declares it: which message has what parameters and what result, read from the
 * declarations that the protocol's meta model is generated from. Every message of the tests is held to it.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CLONE } from '../testing.js';

const MODULES = join(CLONE, 'node_modules');

type Type =
  | { readonly is: 'name'; readonly name: string }
  | { readonly is: 'literal'; readonly value: unknown }
  | { readonly is: 'array'; readonly item: Type }
  | { readonly is: 'tuple'; readonly items: readonly Type[] }
  | { readonly is: 'object'; readonly members: ReadonlyMap<string, Member>; readonly index: Type | null }
  | { readonly is: 'all' | 'any-of'; readonly types: readonly Type[] };

interface Member {
  readonly type: Type;
  readonly isOptional: boolean;
}

interface Message {
  readonly parameters: Type;
  /** Null for a notification. */
  readonly result: Type | null;
}

/** Reads the declarations: messages by method, types by name. */
class Declarations {
  readonly types = new Map<string, Type>();
  readonly messages = new Map<string, Message>();
  #tokens: readonly string[] = [];
  #at = 0;

  read(text: string): void {
    const plain = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\/\/.*$/gm, '');
    this.#tokens = plain.match(/[\w$.]+|'[^']*'|"[^"]*"|`[^`]*`|=>|\S/g) ?? [];
    this.#at = 0;
    while (this.#at < this.#tokens.length) {
      const word = this.#next();
      if (word === 'interface') this.#interface();
      else if (word === 'namespace') this.#namespace();
      else if (word === 'type') this.#alias();
    }
  }

  #interface(): void {
    const name = this.#next();
    const bases: Type[] = [];
    if (this.#takes('<')) this.#skipTo('>');
    if (this.#takes('extends'))
      do bases.push(this.#one());
      while (this.#takes(','));
    const own = this.#one();
    this.types.set(name, bases.length === 0 ? own : { is: 'all', types: [...bases, own] });
  }

  #alias(): void {
    const name = this.#next();
    if (this.#peek() !== '=') return;
    this.#at++;
    this.types.set(name, this.#type());
  }

  /** Of a namespace only its messages are of interest: `const method: '…'` and `const type: ProtocolRequestType<…>`. */
  #namespace(): void {
    this.#next();
    let depth = 0;
    let method: string | null = null;
    do {
      const word = this.#next();
      if (word === '{') depth++;
      else if (word === '}') depth--;
      else if (word === 'const' && this.#tokens[this.#at] === 'method') {
        this.#at += 2;
        method = unquoted(this.#next());
      } else if (method !== null && /^Protocol(?:Request|Notification)Type0?$/.test(word)) {
        const types = this.#parameters();
        if (this.messages.has(method)) continue;
        const nothing: Type = { is: 'name', name: 'void' };
        const takesNone = word.endsWith('0');
        this.messages.set(method, {
          parameters: takesNone ? nothing : types[0]!,
          result: word.includes('Request') ? types[takesNone ? 0 : 1]! : null,
        });
      }
    } while (depth > 0 && this.#at < this.#tokens.length);
  }

  #parameters(): readonly Type[] {
    const types: Type[] = [];
    if (!this.#takes('<')) return types;
    do types.push(this.#type());
    while (this.#takes(','));
    this.#takes('>');
    return types;
  }

  #type(): Type {
    this.#takes('|');
    const types = [this.#all()];
    while (this.#takes('|')) types.push(this.#all());
    return types.length === 1 ? types[0]! : { is: 'any-of', types };
  }

  #all(): Type {
    const types = [this.#one()];
    while (this.#takes('&')) types.push(this.#one());
    return types.length === 1 ? types[0]! : { is: 'all', types };
  }

  #one(): Type {
    let type = this.#base();
    while (this.#peek() === '[' && this.#tokens[this.#at + 1] === ']') {
      this.#at += 2;
      type = { is: 'array', item: type };
    }
    return type;
  }

  #base(): Type {
    const word = this.#next();
    if (word === '{') return this.#object();
    if (word === '(') {
      const type = this.#type();
      this.#takes(')');
      return type;
    }
    if (word === '[') {
      const items: Type[] = [];
      while (!this.#takes(']')) {
        items.push(this.#type());
        this.#takes(',');
      }
      return { is: 'tuple', items };
    }
    if (/^['"`]/.test(word)) return { is: 'literal', value: unquoted(word) };
    if (/^\d/.test(word)) return { is: 'literal', value: Number(word) };
    if (word === 'true' || word === 'false') return { is: 'literal', value: word === 'true' };
    if (this.#peek() === '<') {
      const [item] = this.#parameters();
      return word === 'Array' ? { is: 'array', item: item! } : { is: 'name', name: word };
    }
    return { is: 'name', name: word };
  }

  #object(): Type {
    const members = new Map<string, Member>();
    let index: Type | null = null;
    while (!this.#takes('}')) {
      this.#takes('readonly');
      const name = this.#next();
      if (name === '[') {
        this.#skipTo(']');
        this.#takes(':');
        index = this.#type();
      } else {
        const isOptional = this.#takes('?');
        if (this.#takes(':')) members.set(unquoted(name), { type: this.#type(), isOptional });
      }
      this.#takes(';');
      this.#takes(',');
    }
    return { is: 'object', members, index };
  }

  #skipTo(end: string): void {
    while (this.#next() !== end);
  }

  #peek(): string | undefined {
    return this.#tokens[this.#at];
  }

  #next(): string {
    return this.#tokens[this.#at++] ?? '';
  }

  #takes(word: string): boolean {
    if (this.#peek() !== word) return false;
    this.#at++;
    return true;
  }
}

function unquoted(word: string): string {
  return word.replace(/^['"`]|['"`]$/g, '');
}

const declarations = new Declarations();
declarations.read(readFileSync(join(MODULES, 'vscode-languageserver-types/lib/umd/main.d.ts'), 'utf8'));
const common = join(MODULES, 'vscode-languageserver-protocol/lib/common');
for (const name of readdirSync(common))
  if (/^protocol.*\.d\.ts$/.test(name)) declarations.read(readFileSync(join(common, name), 'utf8'));

/** What is wrong with the parameters of a message, as lines; our own messages are left alone. */
export function faultsOfParameters(method: string, parameters: unknown): readonly string[] {
  if (/^(?:entail\/|\$\/)/.test(method)) return [];
  const message = declarations.messages.get(method);
  if (!message) return [`${method}: no message of the protocol`];
  return [...faults(parameters, message.parameters, method)];
}

export function faultsOfResult(method: string, result: unknown): readonly string[] {
  if (/^(?:entail\/|\$\/)/.test(method)) return [];
  const type = declarations.messages.get(method)?.result;
  return type ? [...faults(result, type, `result of ${method}`)] : [`${method}: no request of the protocol`];
}

function* faults(value: unknown, type: Type, place: string): Generator<string> {
  const wrong = (expected: string): string => `${place}: ${expected} expected, not ${JSON.stringify(value)}`;
  switch (type.is) {
    case 'literal':
      if (value !== type.value) yield wrong(JSON.stringify(type.value));
      return;
    case 'array':
      if (!Array.isArray(value)) yield wrong('a list');
      else for (const [index, item] of value.entries()) yield* faults(item, type.item, `${place}[${index}]`);
      return;
    case 'tuple':
      if (!Array.isArray(value) || value.length !== type.items.length) yield wrong('a tuple');
      return;
    case 'any-of': {
      const tried = type.types.map((one) => [...faults(value, one, place)]);
      const least = tried.sort((a, b) => a.length - b.length)[0];
      if (least) yield* least;
      return;
    }
    case 'name':
      yield* faultsOfNamed(value, type.name, place, wrong);
      return;
    default: {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) {
        yield wrong('an object');
        return;
      }
      const shape = flattened(type);
      if (!shape) return;
      for (const [name, member] of shape.members) {
        const part = (value as Record<string, unknown>)[name];
        if (part !== undefined) yield* faults(part, member.type, `${place}.${name}`);
        else if (!member.isOptional) yield `${place}: \`${name}\` is missing`;
      }
      for (const [name, part] of Object.entries(value)) {
        if (shape.members.has(name)) continue;
        if (shape.index) yield* faults(part, shape.index, `${place}.${name}`);
        else yield `${place}: there is no \`${name}\``;
      }
    }
  }
}

function* faultsOfNamed(
  value: unknown,
  name: string,
  place: string,
  wrong: (expected: string) => string,
): Generator<string> {
  switch (name) {
    case 'any':
    case 'unknown':
      return;
    case 'void':
    case 'null':
    case 'undefined':
      if (value !== null && value !== undefined) yield wrong('nothing');
      return;
    case 'string':
    case 'number':
    case 'boolean':
    case 'object':
      if (typeof value !== name) yield wrong(name);
      return;
    case 'integer':
    case 'uinteger':
      if (!Number.isInteger(value) || (name === 'uinteger' && (value as number) < 0)) yield wrong(name);
      return;
    default: {
      const type = declarations.types.get(name);
      if (type) yield* faults(value, type, place);
    }
  }
}

/** The members of an object with those of everything it is made of; null where a part of it isn't known. */
function flattened(type: Type): { members: ReadonlyMap<string, Member>; index: Type | null } | null {
  if (type.is === 'object') return type;
  if (type.is === 'name') {
    const named = declarations.types.get(type.name);
    return named ? flattened(named) : null;
  }
  if (type.is !== 'all') return null;
  const parts = type.types.map(flattened);
  if (parts.some((part) => part === null)) return null;
  return {
    members: new Map(parts.flatMap((part) => [...part!.members])),
    index: parts.find((part) => part!.index)?.index ?? null,
  };
}
