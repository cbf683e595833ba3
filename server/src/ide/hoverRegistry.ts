import type { Span } from '../base/span.js';
import type { World } from '../impact/world.js';
import type { Entity, RegistryNode } from '../registry/entity.js';
import { references } from '../registry/references.js';
import {
  type AttributeSchema,
  type Attributes,
  type AttributeType,
  KINDS,
  SCHEMA,
  SECTIONS,
} from '../registry/schema.js';
import { parseValue } from '../syntax/value.js';
import type { ParsedRegistry } from '../workspace/parsed.js';
import { lineStart } from './edits.js';
import type { Hover } from './hover.js';
import { entityHover } from './hoverEntity.js';
import { bold, code, paragraphs } from './hoverMarkdown.js';
import { categoryHover } from './hoverRule.js';
import { valueHover } from './hoverValue.js';
import type { View } from './hoverWorld.js';

/** What a key or value of a registry file means, or the entity that it names. */
export function hoverInRegistry(view: View, file: ParsedRegistry, offset: number): Hover | null {
  const { world } = view;
  const { starts, ends, entities } = file.registry;
  const spanAt = (at: number): Span => ({ start: starts[at] ?? 0, end: ends[at] ?? 0 });
  const holds = (at: number): boolean => {
    const { start, end } = spanAt(at);
    return start <= offset && offset <= end && start < end;
  };
  const about = (at: number, markdown: string | null): Hover | null =>
    markdown === null || markdown === '' ? null : { range: file.rangeOf(spanAt(at)), markdown };
  const own = entityBefore(entities, starts, offset);
  if (own) {
    if (holds(own.at)) return about(own.at, entityHover(own, world));
    for (const reference of references(own)) {
      const entity = holds(reference.at) ? world.registry.get(reference.id) : undefined;
      if (entity) return about(reference.at, entityHover(entity, world));
    }
    const found = partAt(own.node, SCHEMA[own.kind].attributes, holds);
    if (found) return about(found.at, partWords(found, world));
  }
  return sectionHover(file, offset);
}

/** An attribute: its description, and the words that may stand there. */
export function attributeHover(
  name: string,
  { description, type, required, absentMeans }: AttributeSchema,
): string {
  const words = wordsOf(type);
  return paragraphs(
    `${bold(name)}${required ? ' (required)' : ''}: ${description}`,
    words.length === 0
      ? ''
      : `For example: ${words.slice(0, MOST_WORDS).map(code).join(', ')}${words.length > MOST_WORDS ? ' …' : ''}`,
    absentMeans === undefined ? '' : `Where it is missing: ${absentMeans}`,
  );
}

/** What the last of some attribute names means, for the first kind that has it; empty where none does. */
export function attributeNamed(path: readonly string[]): string {
  const name = path.at(-1);
  if (name === undefined) return '';
  for (const kind of KINDS) {
    const attribute = SCHEMA[kind].attributes[name];
    if (attribute) return attributeHover(name, attribute);
  }
  return '';
}

/** A kind of entity. */
export function kindHover(word: string): string | null {
  if (!Object.hasOwn(SCHEMA, word)) return null;
  const { title, description, section } = SCHEMA[word as keyof typeof SCHEMA];
  return `${bold(title)}: ${description} In the registry under ${code(section)}.`;
}

const MOST_WORDS = 12;

/** The entity in whose entry an offset may stand: the last that begins before it. */
function entityBefore(entities: readonly Entity[], starts: Uint32Array, offset: number): Entity | null {
  let before: Entity | null = null;
  for (const entity of entities) {
    const start = starts[entity.at] ?? 0;
    if (start <= offset && (before === null || start > (starts[before.at] ?? 0))) before = entity;
  }
  return before;
}

interface Part {
  readonly at: number;
  readonly name: string;
  readonly schema: AttributeSchema | null;
  /** The scalar under the cursor; null where it is on the key. */
  readonly value: string | null;
}

/** The innermost key or scalar at the cursor, with what the schema says of it. */
function partAt(node: RegistryNode, attributes: Attributes, holds: (at: number) => boolean): Part | null {
  if (node.type !== 'map') return null;
  for (const [name, { keyAt, value }] of node.entries) {
    const schema = Object.hasOwn(attributes, name) ? attributes[name]! : null;
    if (holds(keyAt)) return { at: keyAt, name, schema, value: null };
    const inside = inValue(value, name, schema, schema?.type ?? null, holds);
    if (inside) return inside;
  }
  return null;
}

function inValue(
  node: RegistryNode,
  name: string,
  schema: AttributeSchema | null,
  type: AttributeType | null,
  holds: (at: number) => boolean,
): Part | null {
  const inner = type?.type === 'list' ? type.of : type;
  if (node.type === 'scalar') {
    const shorthand =
      inner?.type === 'record' && inner.shorthand ? inner.attributes[inner.shorthand]! : schema;
    return holds(node.at) ? { at: node.at, name, schema: shorthand, value: node.text } : null;
  }
  if (node.type === 'list') {
    for (const item of node.items) {
      const found = inValue(item, name, schema, inner, holds);
      if (found) return found;
    }
    return null;
  }
  if (inner?.type === 'record') {
    const found = partAt(node, inner.attributes, holds);
    if (found?.schema || !inner.others) return found;
  }
  for (const [key, { keyAt, value }] of node.entries) {
    if (holds(keyAt)) return { at: keyAt, name: key, schema, value: null };
    const of = inner?.type === 'map' ? inner.of : inner?.type === 'record' ? (inner.others ?? null) : null;
    const found = inValue(value, key, schema, of, holds);
    if (found) return found;
  }
  return null;
}

function partWords({ name, schema, value }: Part, world: World): string | null {
  const described = schema ? attributeHover(name, schema) : null;
  if (value === null) return described;
  const category = name === 'report' ? categoryHover(value, [...world.rules.packs.values()]) : null;
  return category ?? valueHover(parseValue(value), null) ?? described;
}

function wordsOf(type: AttributeType): readonly string[] {
  if (type.type === 'list') return wordsOf(type.of);
  return type.type === 'word' ? type.words : [];
}

/** The key of a section stands at the beginning of its line. */
function sectionHover(file: ParsedRegistry, offset: number): Hover | null {
  const { text } = file.source;
  const start = lineStart(text, offset);
  const key = /^[A-Za-z-]+(?=[ \t]*:)/.exec(text.slice(start, start + 100))?.[0];
  const kind = key === undefined ? undefined : SECTIONS.get(key);
  if (key === undefined || kind === undefined || offset > start + key.length) return null;
  return {
    range: file.rangeOf({ start, end: start + key.length }),
    markdown: `${bold(key)}: ${SCHEMA[kind].description}`,
  };
}
