import type { Value } from '../base/value.js';
import { parseValue } from '../syntax/value.js';
import type { Entity, Kind, MapNode, RegistryFile, RegistryNode } from './entity.js';

/** The network as it is: every entity of every registry file, by ID and by kind. Read-only. */
export class Registry {
  readonly #byId = new Map<string, Entity>();
  readonly #byKind = new Map<Kind, Entity[]>();

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
    return this.#byId.get(id);
  }

  /** Every entity of a kind, sorted by ID. */
  all(kind: Kind): readonly Entity[] {
    return this.#byKind.get(kind) ?? [];
  }

  ids(): IterableIterator<string> {
    return this.#byId.keys();
  }

  get size(): number {
    return this.#byId.size;
  }
}

/** The node at a path of keys below an entity; undefined is *unknown*, never "not so". */
export function nodeAt(entity: Entity, ...path: readonly string[]): RegistryNode | undefined {
  let node: RegistryNode | undefined = entity.node;
  for (const key of path) {
    if (node?.type !== 'map') return undefined;
    node = node.entries.get(key)?.value;
  }
  return node;
}

/** The scalar at a path as text, or undefined where the registry doesn't say. */
export function textAt(entity: Entity, ...path: readonly string[]): string | undefined {
  const node = nodeAt(entity, ...path);
  return node?.type === 'scalar' && node.text !== '' ? node.text : undefined;
}

/** The list of scalars at a path (a lone scalar is a list of one, a map its keys), or undefined where it is missing. */
export function textsAt(entity: Entity, ...path: readonly string[]): readonly string[] | undefined {
  const node = nodeAt(entity, ...path);
  if (!node) return undefined;
  if (node.type === 'scalar') return node.text === '' ? [] : [node.text];
  if (node.type === 'map') return [...node.entries.keys()];
  const texts: string[] = [];
  for (const item of node.items) if (item.type === 'scalar') texts.push(item.text);
  return texts;
}

/** The value at a path, read as a record would read it (`50 kg`, `NMT 0.2 %`), or undefined. */
export function valueAt(entity: Entity, ...path: readonly string[]): Value | undefined {
  const text = textAt(entity, ...path);
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
