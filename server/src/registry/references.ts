import type { Entity, Kind, RegistryNode } from './entity.js';
import { type AttributeType, SCHEMA } from './schema.js';

/** One place in an entity at which another entity is named. */
export interface Reference {
  readonly id: string;
  /** The kinds that may be named there; null is any. */
  readonly kinds: readonly Kind[] | null;
  /** Exactly the name: what a rename replaces. */
  readonly at: number;
}

/**
 * Every place of an entity that names an entity, in source order: values, the keys of `at`, `composition`
 * and `registers`, and the names inside the sentences of `covers` and `approves` (`replace site of LRG-S5`;
 * their place is the whole sentence, and they are said to be of any kind).
 */
export function references(entity: Entity): readonly Reference[] {
  const found: Reference[] = [];
  for (const [key, { value }] of entity.node.entries) {
    const schema = SCHEMA[entity.kind].attributes[key];
    if (!schema) continue;
    if (SENTENCES.has(key) && schema.type.type === 'list' && schema.type.of.type === 'text')
      addInSentences(value, found);
    else addWithin(schema.type, value, found);
  }
  return found;
}

/** What a sentence such as `replace site of LRG-S5` names: its last word, unless that is a kind. */
export function namedInSentence(sentence: string): string | null {
  const match = sentence.match(/^\s*(?:add|remove|replace|modify)\s+\S+\s+of\s+(\S+)\s*$/);
  const last = match?.[1];
  return last && !Object.hasOwn(SCHEMA, last) ? last : null;
}

const SENTENCES: ReadonlySet<string> = new Set(['covers', 'approves']);

function addInSentences(node: RegistryNode, found: Reference[]): void {
  for (const item of node.type === 'list' ? node.items : [node]) {
    if (item.type !== 'scalar') continue;
    const id = namedInSentence(item.text);
    if (id) found.push({ id, kinds: null, at: item.at });
  }
}

/** Adds the places below a node of a type at which an entity is named: every registry has tens of thousands. */
export function addWithin(type: AttributeType, node: RegistryNode, found: Reference[]): void {
  switch (type.type) {
    case 'ref':
      if (node.type === 'scalar' && node.text !== '')
        found.push({ id: node.text, kinds: type.kinds, at: node.at });
      return;
    case 'list':
      if (node.type === 'list') for (const item of node.items) addWithin(type.of, item, found);
      else addWithin(type.of, node, found);
      return;
    case 'map': {
      const keys = typeof type.keys === 'object' && type.keys.type === 'ref' ? type.keys : null;
      if (node.type !== 'map') {
        if (keys && type.keysAlone) addWithin({ type: 'list', of: keys }, node, found);
        return;
      }
      for (const [name, { keyAt, value }] of node.entries) {
        if (keys && name !== '' && !name.startsWith('x-'))
          found.push({ id: name, kinds: keys.kinds, at: keyAt });
        addWithin(type.of, value, found);
      }
      return;
    }
    case 'record':
      if (node.type !== 'map') {
        if (type.shorthand) addWithin(type.attributes[type.shorthand]!.type, node, found);
        return;
      }
      for (const [name, { value }] of node.entries) {
        const named = Object.hasOwn(type.attributes, name) ? type.attributes[name]!.type : type.others;
        if (named && !name.startsWith('x-')) addWithin(named, value, found);
      }
  }
}
