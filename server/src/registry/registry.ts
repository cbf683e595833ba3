import type { Value } from '../base/value.js';
import { parseValue } from '../syntax/value.js';
import type { Entity, Kind, MapNode, RegistryFile, RegistryNode } from './entity.js';
import { type EntityIndex, type Reads, readName } from './reads.js';

/**
 * The network as it is: every entity of every registry file, by ID and by kind. Read-only.
 *
 * It can note what is looked up in it, so that whatever was worked out from one registry can be kept for the
 * next as long as all that it looked up is the same in both (`differences`).
 */
export class Registry {
  readonly #byId = new Map<string, Entity>();
  readonly #byKind = new Map<Kind, Entity[]>();
  readonly #indexes = new Map<EntityIndex, Map<string, Entity[]>>();
  #reads: Reads | null = null;

  /** `files` in any order; of two entities with one ID the one in the first file (by path) and place wins. */
  constructor(readonly files: readonly RegistryFile[]) {
    const sorted = [...files].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0));
    for (const file of sorted) {
      for (const entity of file.entities) {
        if (this.#byId.has(entity.id)) continue;
        this.#byId.set(entity.id, entity);
        const list = this.#byKind.get(entity.kind);
        if (list) list.push(entity);
        else this.#byKind.set(entity.kind, [entity]);
      }
    }
    for (const list of this.#byKind.values()) list.sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  get(id: string): Entity | undefined {
    this.#reads?.add(id);
    return this.#byId.get(id);
  }

  /** Every entity of a kind, sorted by ID. */
  all(kind: Kind): readonly Entity[] {
    this.note('kind', kind);
    return this.#byKind.get(kind) ?? NO_ENTITIES;
  }

  /** The entities that an index holds under a key, sorted by ID. The index is made when it is first asked. */
  indexed(index: EntityIndex, key: string): readonly Entity[] {
    this.note(index.name, key);
    let entries = this.#indexes.get(index);
    if (!entries) this.#indexes.set(index, (entries = this.#indexBy(index)));
    return entries.get(key) ?? NO_ENTITIES;
  }

  ids(): IterableIterator<string> {
    this.note('ids', '');
    return this.#byId.keys();
  }

  get size(): number {
    return this.#byId.size;
  }

  /** Runs something and notes in `reads` what it looks up, here or in what was derived from here. */
  noting<Result>(reads: Reads, run: () => Result): Result {
    const outer = this.#reads;
    this.#reads = reads;
    try {
      return run();
    } finally {
      this.#reads = outer;
    }
  }

  /** Notes that something derived from the registry was looked up. */
  note(sort: string, key: string): void {
    if (this.#reads) this.#reads.add(readName(sort, key));
  }

  /** Notes that something was used that was worked out before, from these reads. */
  noteAll(reads: Reads): void {
    this.#reads?.addPart(reads);
  }

  /** The names of all that may be looked up here with another result than in a registry before. */
  differences(before: Registry): Set<string> {
    const names = new Set<string>();
    const changed: Change[] = [];
    for (const [id, now] of this.#byId) {
      const was = before.#byId.get(id);
      if (was === now) continue;
      changed.push({ was, now });
      if (!was) names.add(readName('ids', ''));
    }
    for (const [id, was] of before.#byId) {
      if (this.#byId.has(id)) continue;
      changed.push({ was, now: undefined });
      names.add(readName('ids', ''));
    }
    for (const change of changed) {
      for (const entity of [change.was, change.now])
        if (entity) names.add(entity.id).add(readName('kind', entity.kind));
      for (const index of before.#indexes.keys())
        for (const key of changedKeys(index, change)) names.add(readName(index.name, key));
    }
    return names;
  }

  #indexBy({ kind, keysOf }: EntityIndex): Map<string, Entity[]> {
    const entries = new Map<string, Entity[]>();
    for (const entity of this.#byKind.get(kind) ?? NO_ENTITIES) {
      for (const key of new Set(keysOf(entity))) {
        const list = entries.get(key);
        if (list) list.push(entity);
        else entries.set(key, [entity]);
      }
    }
    return entries;
  }
}

const NO_ENTITIES: readonly Entity[] = [];

/** An entity before and after an edit of the registry: undefined where it came or went. */
interface Change {
  readonly was: Entity | undefined;
  readonly now: Entity | undefined;
}

/** The keys of an index under which something else stands, or says something else of what is looked at there. */
function changedKeys({ kind, keysOf, tells }: EntityIndex, { was, now }: Change): readonly string[] {
  const [before, after] = [was, now].map((entity) => (entity?.kind === kind ? keysOf(entity) : []));
  const isSame =
    tells !== undefined &&
    was?.kind === kind &&
    now?.kind === kind &&
    tells(was) === tells(now) &&
    before!.join('\n') === after!.join('\n');
  return isSame ? [] : [...before!, ...after!];
}

/** The node of an entity's attribute, or at further keys below it; undefined is *unknown*, never "not so". */
export function nodeAt(
  entity: Entity,
  name: string,
  below: readonly string[] = NO_KEYS,
): RegistryNode | undefined {
  let node = entity.node.entries.get(name)?.value;
  for (const key of below) {
    if (node?.type !== 'map') return undefined;
    node = node.entries.get(key)?.value;
  }
  return node;
}

const NO_KEYS: readonly string[] = [];

/** The scalar there as text, or undefined where the registry doesn't say. */
export function textAt(entity: Entity, name: string, below?: readonly string[]): string | undefined {
  const node = nodeAt(entity, name, below);
  return node?.type === 'scalar' && node.text !== '' ? node.text : undefined;
}

/** The list of scalars there (a lone scalar is a list of one, a map its keys), or undefined where it is missing. */
export function textsAt(
  entity: Entity,
  name: string,
  below?: readonly string[],
): readonly string[] | undefined {
  const node = nodeAt(entity, name, below);
  if (!node) return undefined;
  if (node.type === 'scalar') return node.text === '' ? [] : [node.text];
  if (node.type === 'map') return [...node.entries.keys()];
  const texts: string[] = [];
  for (const item of node.items) if (item.type === 'scalar') texts.push(item.text);
  return texts;
}

/** The value there, read as a record would read it (`50 kg`, `NMT 0.2 %`), or undefined. */
export function valueAt(entity: Entity, name: string, below?: readonly string[]): Value | undefined {
  const text = textAt(entity, name, below);
  return text === undefined ? undefined : parseValue(text);
}

/** The entries of a map node, or none. */
export function entriesOf(
  node: RegistryNode | undefined,
): ReadonlyMap<string, { readonly value: RegistryNode }> {
  return node?.type === 'map' ? node.entries : NO_ENTRIES;
}

const NO_ENTRIES: MapNode['entries'] = new Map();

/** The value of a parameter or test attribute at a site: `{ value, at: { SITE: … } }` or the bare value. */
export function siteValue(node: RegistryNode | undefined, site: string | null): Value | undefined {
  if (!node) return undefined;
  if (node.type === 'scalar') return node.text === '' ? undefined : parseValue(node.text);
  if (node.type !== 'map') return undefined;
  const own = site === null ? undefined : entriesOf(node.entries.get('at')?.value).get(site)?.value;
  const chosen = own ?? node.entries.get('value')?.value ?? node.entries.get('limit')?.value;
  return chosen?.type === 'scalar' && chosen.text !== '' ? parseValue(chosen.text) : undefined;
}

/** A retired entity is history; one that is proposed may be put in by a change. Default current. */
export function statusOf(entity: Entity): string {
  return textAt(entity, 'status') ?? 'current';
}
