import type { Entity, MapEntry, RegistryFile, RegistryNode, RegistryProblem } from '../registry/entity.js';
import type { ParsedRegistry } from './parsed.js';

/**
 * A registry file as parsed from its new text, in which every entity that says the same as before is the same
 * object: its places keep their ordinals, and the table of spans says where they stand now. So whatever was
 * worked out from those entities stays true, wherever the text around them was changed.
 *
 * Ordinals of what is new are added behind the old ones. A table of which most is no longer used is given up for
 * the plain one; then every entity counts as new.
 */
export function keepEntities(before: ParsedRegistry, after: ParsedRegistry): ParsedRegistry {
  if (before.registry.starts.length > MOST_UNUSED * after.registry.starts.length + SMALL) return after;
  const known = new Map<string, Entity[]>();
  for (const entity of before.registry.entities) {
    const key = keyOf(entity);
    const list = known.get(key);
    if (list) list.push(entity);
    else known.set(key, [entity]);
  }
  const table = new SpanTable(before, after);
  const entities = after.registry.entities.map((entity) => {
    const same = known.get(keyOf(entity))?.shift();
    return same && saysTheSame(same, entity) ? table.keep(same, entity) : table.add(entity);
  });
  const sameEntities =
    entities.length === before.registry.entities.length &&
    entities.every((entity, index) => entity === before.registry.entities[index]);
  const problems = after.registry.problems.map((problem) => table.addProblem(problem));
  return {
    ...after,
    registry: {
      ...after.registry,
      ...table.spans(),
      problems,
      entities: sameEntities ? before.registry.entities : entities,
    },
    layout: table.isMoved ? after.layout : before.layout,
  };
}

/** How many times as many ordinals as are in use a table may have, and what is small enough never to matter. */
const MOST_UNUSED = 3;
const SMALL = 20_000;

function keyOf({ kind, id }: Entity): string {
  return `${kind} ${id}`;
}

/** The spans by ordinal: old ordinals of what is kept, new ones of everything else. */
class SpanTable {
  /** Whether anything that is kept stands on another line or in another column than before. */
  isMoved = false;
  readonly #starts: number[];
  readonly #ends: number[];

  constructor(
    readonly before: ParsedRegistry,
    readonly after: ParsedRegistry,
  ) {
    this.#starts = new Array<number>(before.registry.starts.length).fill(0);
    this.#ends = new Array<number>(before.registry.ends.length).fill(0);
  }

  keep(kept: Entity, entity: Entity): Entity {
    this.#move(kept.at, entity.at);
    this.#moveNode(kept.node, entity.node);
    return kept;
  }

  add(entity: Entity): Entity {
    return { ...entity, at: this.#added(entity.at), node: this.#addedNode(entity.node) as Entity['node'] };
  }

  addProblem(problem: RegistryProblem): RegistryProblem {
    const { file } = this.after.registry;
    const related =
      problem.related?.file === file ? { file, at: this.#added(problem.related.at) } : problem.related;
    return { ...problem, at: this.#added(problem.at), ...(related ? { related } : {}) };
  }

  spans(): Pick<RegistryFile, 'starts' | 'ends'> {
    return { starts: Uint32Array.from(this.#starts), ends: Uint32Array.from(this.#ends) };
  }

  #moveNode(kept: RegistryNode, node: RegistryNode): void {
    this.#move(kept.at, node.at);
    if (kept.type === 'list' && node.type === 'list')
      for (const [index, item] of kept.items.entries()) this.#moveNode(item, node.items[index]!);
    else if (kept.type === 'map' && node.type === 'map') {
      for (const [key, entry] of kept.entries) {
        const now = node.entries.get(key)!;
        this.#move(entry.keyAt, now.keyAt);
        this.#moveNode(entry.value, now.value);
      }
    }
  }

  #move(kept: number, at: number): void {
    const start = this.after.registry.starts[at]!;
    const end = this.after.registry.ends[at]!;
    this.#starts[kept] = start;
    this.#ends[kept] = end;
    if (this.isMoved) return;
    const was = this.before.rangeOf({
      start: this.before.registry.starts[kept]!,
      end: this.before.registry.ends[kept]!,
    });
    const is = this.after.rangeOf({ start, end });
    this.isMoved =
      was.start.line !== is.start.line ||
      was.start.character !== is.start.character ||
      was.end.line !== is.end.line ||
      was.end.character !== is.end.character;
  }

  #addedNode(node: RegistryNode): RegistryNode {
    const at = this.#added(node.at);
    if (node.type === 'scalar') return { ...node, at };
    if (node.type === 'list') return { ...node, at, items: node.items.map((item) => this.#addedNode(item)) };
    const entries = new Map<string, MapEntry>();
    for (const [key, entry] of node.entries)
      entries.set(key, { keyAt: this.#added(entry.keyAt), value: this.#addedNode(entry.value) });
    return { ...node, at, entries };
  }

  #added(at: number): number {
    this.#ends.push(this.after.registry.ends[at]!);
    return this.#starts.push(this.after.registry.starts[at]!) - 1;
  }
}

/** Whether two entities of one kind and ID say the same, wherever they stand. */
function saysTheSame(one: Entity, other: Entity): boolean {
  return one.file === other.file && isSameNode(one.node, other.node);
}

function isSameNode(one: RegistryNode, other: RegistryNode): boolean {
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
    if (key !== otherKey || !isSameNode(entry.value, otherEntry.value)) return false;
  }
  return true;
}
