import type { ChangeRecord } from '../model/record.js';
import type { Entity, RegistryNode } from '../registry/entity.js';
import type { ParsedChanges, ParsedFile, ParsedRegistry } from './parsed.js';

/**
 * Stands for what a record says. A record that is parsed anew and says the same, token for token, keeps the
 * one it had, so that what was derived from it can be kept although every offset in the file moved.
 */
export type Content = object;

const contents = new WeakMap<ChangeRecord, Content>();

/** The content of a record; two records of one file never share one at the same time. */
export function contentOf(record: ChangeRecord): Content {
  let content = contents.get(record);
  if (!content) contents.set(record, (content = {}));
  return content;
}

/**
 * The file as parsed from its new text, with what says the same as before recognised: records by their
 * content, the entities of the registry as the same objects.
 */
export function keepUnchanged(before: ParsedFile | undefined, after: ParsedFile): ParsedFile {
  if (before?.kind === 'changes' && after.kind === 'changes') keepContents(before, after);
  if (before?.kind === 'registry' && after.kind === 'registry') return withKeptEntities(before, after);
  return after;
}

/** Whether two lists hold the same objects in the same order. */
export function sameItems(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && one.every((item, index) => item === other[index]);
}

function keepContents(before: ParsedChanges, after: ParsedChanges): void {
  const known = new Map<string, ChangeRecord[]>();
  for (const record of before.records) {
    const words = wordsOf(before, record);
    const list = known.get(words);
    if (list) list.push(record);
    else known.set(words, [record]);
  }
  for (const record of after.records) {
    const same = known.get(wordsOf(after, record))?.shift();
    if (same) contents.set(record, contentOf(same));
  }
}

/** The tokens of a record, with the ends of lines between them: a unit has to stand on its number's line. */
function wordsOf({ tokens }: ParsedChanges, { node }: ChangeRecord): string {
  const { text, starts, ends } = tokens;
  const words: string[] = [];
  for (let index = node.first; index <= node.last; index++) {
    const gap = index === node.first ? '' : text.slice(ends[index - 1], starts[index]);
    words.push(gap.includes('\n') ? '\n' : '\0', text.slice(starts[index], ends[index]));
  }
  return words.join('');
}

function withKeptEntities(before: ParsedRegistry, after: ParsedRegistry): ParsedRegistry {
  const known = new Map(before.registry.entities.map((entity) => [entity.at, entity]));
  const entities = after.registry.entities.map((entity) => {
    const same = known.get(entity.at);
    return same && isSameEntity(same, entity) ? same : entity;
  });
  const isSame =
    entities.length === before.registry.entities.length &&
    entities.every((entity, index) => entity === before.registry.entities[index]);
  return {
    ...after,
    registry: { ...after.registry, entities: isSame ? before.registry.entities : entities },
  };
}

function isSameEntity(one: Entity, other: Entity): boolean {
  return one.id === other.id && one.kind === other.kind && isSameNode(one.node, other.node);
}

function isSameNode(one: RegistryNode, other: RegistryNode): boolean {
  if (one.at !== other.at) return false;
  if (one.type === 'scalar')
    return other.type === 'scalar' && one.text === other.text && one.plain === other.plain;
  if (one.type === 'list') {
    return (
      other.type === 'list' &&
      one.items.length === other.items.length &&
      one.items.every((item, index) => isSameNode(item, other.items[index]!))
    );
  }
  if (other.type !== 'map' || one.entries.size !== other.entries.size) return false;
  const others = other.entries.entries();
  for (const [key, entry] of one.entries) {
    const [otherKey, otherEntry] = others.next().value!;
    if (key !== otherKey || entry.keyAt !== otherEntry.keyAt || !isSameNode(entry.value, otherEntry.value))
      return false;
  }
  return true;
}
