import { parseDate } from '../base/date.js';
import { editDistance, nearest } from '../base/nearest.js';
import { type Amount, describeDimension } from '../base/quantity.js';
import { boundsOf, type Value } from '../base/value.js';
import { parseValue } from '../syntax/value.js';
import type { Entity, MapNode, RegistryFile, RegistryNode, RegistryProblem, ScalarNode } from './entity.js';
import {
  type Attributes,
  type AttributeType,
  isExtensionKey,
  type MapType,
  oneOf,
  type RecordType,
  SCHEMA,
} from './schema.js';
import { quote } from './tree.js';
import { meantAsValue, valueFault } from './valueFault.js';

/**
 * Holds every entity of a file against the schema: unknown keys (warnings, with the nearest known one),
 * things of the wrong shape, words that no vocabulary has, impossible dates, units that don't exist or
 * measure something else, and the few keys that must be there. In source order.
 */
export function validateFile(file: RegistryFile): readonly RegistryProblem[] {
  return file.entities.flatMap((entity) => validateEntity(entity));
}

/** As `validateFile`, for one entity; it reads nothing but the entity. */
export function validateEntity(entity: Entity): readonly RegistryProblem[] {
  const validator = new Validator();
  const { title, attributes } = SCHEMA[entity.kind];
  for (const [key, { required }] of Object.entries(attributes)) {
    const value = entity.node.entries.get(key)?.value;
    const missing = value === undefined || (value.type === 'scalar' && value.text === '');
    if (required && missing) {
      validator.error(
        entity.at,
        `The ${title} \`${entity.id}\` needs \`${key}:\`. ${attributes[key]!.description}`,
      );
    }
  }
  validator.attributes(attributes, entity.node, oneOf(entity.kind));
  return validator.problems;
}

class Validator {
  readonly problems: RegistryProblem[] = [];

  error(at: number, message: string, replacement?: string): void {
    this.#add('error', at, message, replacement);
  }

  attributes(attributes: Attributes, node: MapNode, owner: string, others?: AttributeType): void {
    for (const [key, { keyAt, value }] of node.entries) {
      const schema = Object.hasOwn(attributes, key) ? attributes[key] : undefined;
      if (schema) this.#value(schema.type, value, key);
      else if (isExtensionKey(key) || key === '') continue;
      else if (others) this.#value(others, value, key);
      else this.#unknownKey(key, keyAt, owner, Object.keys(attributes));
    }
  }

  #unknownKey(key: string, at: number, owner: string, known: readonly string[]): void {
    const near = nearest(key, known);
    const advice = near
      ? `Did you mean \`${near}\`?`
      : `It may be ${inWords(known)}; a key of your own begins with \`x-\`: ${quote(`x-${key}`)}.`;
    this.#add('warning', at, `${quote(key)} is no attribute of ${owner}. ${advice}`, near ?? undefined);
  }

  #value(type: AttributeType, node: RegistryNode, key: string): void {
    // A key with nothing behind it says as much as a missing one.
    if (node.type === 'scalar' && node.text === '' && node.plain) return;
    switch (type.type) {
      case 'list':
        if (node.type === 'list') for (const item of node.items) this.#value(type.of, item, key);
        else if (node.type === 'map' && !takesMap(type.of)) {
          this.error(
            node.at,
            `\`${key}\` is a list here: write \`${key}: [ … ]\`, or one item on each line with \`- \`.`,
          );
        } else this.#value(type.of, node, key);
        return;
      case 'map':
        this.#map(type, node, key);
        return;
      case 'record':
        this.#record(type, node, key);
        return;
      default:
        if (node.type === 'scalar') this.#scalar(type, node, key);
        else {
          const what = node.type === 'list' ? 'a list' : 'several attributes';
          this.error(node.at, `\`${key}\` takes one value, not ${what}${exampleOf(type)}.`);
        }
    }
  }

  #map(type: MapType, node: RegistryNode, key: string): void {
    if (node.type !== 'map') {
      if (type.keysAlone && (node.type === 'scalar' || node.items.every((item) => item.type === 'scalar')))
        return;
      this.error(
        node.at,
        `\`${key}\` needs a name for each thing in it: \`${key}: { NAME: … }\`, or one \`NAME: …\` on each line below it.`,
      );
      return;
    }
    for (const [name, { keyAt, value }] of node.entries) {
      if (isExtensionKey(name) || name === '') continue;
      if (typeof type.keys === 'object' && type.keys.type === 'word' && !type.keys.words.includes(name)) {
        this.#unknownWord(type.keys.words, name, keyAt, key);
      }
      this.#value(type.of, value, name);
    }
  }

  #record(type: RecordType, node: RegistryNode, key: string): void {
    if (node.type === 'map') {
      this.attributes(type.attributes, node, `\`${key}\``, type.others);
      for (const [name, { required }] of Object.entries(type.attributes)) {
        if (required && !node.entries.has(name))
          this.error(node.at, `This needs \`${name}:\`. ${type.attributes[name]!.description}`);
      }
    } else if (type.shorthand) this.#value(type.attributes[type.shorthand]!.type, node, key);
    else {
      const names = Object.keys(type.attributes);
      this.error(
        node.at,
        `\`${key}\` consists of ${inWords(names)}: write \`{ ${names[0] ?? 'NAME'}: … }\`.`,
      );
    }
  }

  #scalar(type: AttributeType, node: ScalarNode, key: string): void {
    const { text, at } = node;
    switch (type.type) {
      case 'boolean':
        if (text !== 'true' && text !== 'false') {
          const meant = /^(yes|y|on|x|true|1)$/i.test(text)
            ? 'true'
            : /^(no|n|off|false|0)$/i.test(text)
              ? 'false'
              : undefined;
          this.error(at, `\`${key}\` is either \`true\` or \`false\`, not ${quote(text)}.`, meant);
        }
        return;
      case 'date':
        if (parseDate(text) === null) this.error(at, dateMessage(text));
        return;
      case 'word':
        if (type.words.includes(text)) return;
        if (type.vocabulary === 'closed') this.#unknownWord(type.words, text, at, key);
        else this.#nearMiss(type.words, text, at);
        return;
      case 'value':
        this.#quantity(node, type.dimension === 'duration', key);
        return;
    }
  }

  #quantity(node: ScalarNode, duration: boolean, key: string): void {
    const { text, at, plain } = node;
    if (LOOKS_LIKE_DATE.test(text)) {
      if (parseDate(text) === null) this.error(at, dateMessage(text));
      else if (duration) this.error(at, `\`${key}\` is a length of time such as \`24 months\`, not a date.`);
      return;
    }
    const value = parseValue(text);
    if (value.kind === 'text' && (plain || duration)) {
      const fault = valueFault(text);
      if (fault) {
        this.error(at, sentence(fault.message));
        return;
      }
    }
    const meant = value.kind === 'text' && plain && !duration ? meantAsValue(text) : undefined;
    if (meant !== undefined)
      this.#add(
        'warning',
        at,
        `${quote(text)} is read as a text, which nothing can be compared with: write \`${meant}\`, or put it in quotes if a text is meant.`,
        meant,
      );
    if (!duration) return;
    const odd = amountsOf(value).find(({ unit }) => unit === null || !TIMES.has(unit.dimension));
    if (odd) {
      this.error(
        at,
        `\`${key}\` is a length of time such as \`24 months\`; ${quote(text)} is ${describeDimension(odd)}.`,
      );
    } else if (amountsOf(value).length === 0) {
      this.error(
        at,
        `\`${key}\` is a length of time such as \`24 months\` or \`90 days\`, not ${quote(text)}.`,
      );
    }
  }

  #unknownWord(words: readonly string[], word: string, at: number, key: string): void {
    const near = COUNTRY_HABITS.get(word.toUpperCase()) ?? nearest(word, words);
    const known = near !== null && words.includes(near) ? near : null;
    const advice = known ? `Did you mean \`${known}\`?` : `It may be ${inWords(words)}.`;
    this.error(at, `${quote(word)} is not one of the words for \`${key}\`. ${advice}`, known ?? undefined);
  }

  #nearMiss(words: readonly string[], word: string, at: number): void {
    const near = nearest(word, words);
    if (near === null) return;
    // Any word may stand here, so only what is hardly anything but a slip is remarked upon.
    const slip = word.length < 10 ? 1 : 2;
    if (word.length < 4 && word.toLowerCase() !== near.toLowerCase()) return;
    if (editDistance(word.toLowerCase(), near.toLowerCase(), slip) > slip) return;
    this.#add('warning', at, `${quote(word)} is not a usual word here. Did you mean \`${near}\`?`, near);
  }

  #add(severity: 'error' | 'warning', at: number, message: string, replacement?: string): void {
    this.problems.push({
      code: 'registry/schema',
      severity,
      at,
      message,
      ...(replacement === undefined ? {} : { replacement }),
    });
  }
}

const LOOKS_LIKE_DATE = /^\d{4}-\d{1,2}-\d{1,2}$/;
const TIMES: ReadonlySet<string> = new Set(['time', 'working days']);
/** Codes that people write and ISO 3166 doesn't have. */
const COUNTRY_HABITS: ReadonlyMap<string, string> = new Map([
  ['UK', 'GB'],
  ['USA', 'US'],
  ['EL', 'GR'],
]);

function dateMessage(text: string): string {
  return LOOKS_LIKE_DATE.test(text) && text.length === 10
    ? `There is no day \`${text}\`: check the month and the day.`
    : `${quote(text)} is no date: write year, month and day, as in \`2026-10-02\`.`;
}

function amountsOf(value: Value): readonly Amount[] {
  if (value.kind === 'amount') return [value.amount];
  const bounds = value.kind === 'interval' ? boundsOf(value) : null;
  return [bounds?.low, bounds?.high].flatMap((bound) => (bound ? [bound.amount] : []));
}

function takesMap(type: AttributeType): boolean {
  return type.type === 'record' || type.type === 'map';
}

function exampleOf(type: AttributeType): string {
  return type.type === 'date' ? ' (a date such as `2026-10-02`)' : '';
}

function inWords(words: readonly string[]): string {
  const shown = words.slice(0, 40).map((word) => `\`${word}\``);
  if (words.length > shown.length)
    return `one of ${words.length} codes, such as ${shown.slice(0, 3).join(', ')}`;
  const last = shown.pop();
  return shown.length > 0 ? `${shown.join(', ')} or ${last}` : `${last}`;
}

function sentence(message: string): string {
  const text = message[0] === '`' ? message : message.charAt(0).toUpperCase() + message.slice(1);
  return /[.?]$/.test(text) ? text : `${text}.`;
}
