/** References as choices, nearest to the record's own edits first. */
import type { Analysis } from '../impact/analyse.js';
import type { Entity, Kind } from '../registry/entity.js';
import { statusOf, textAt } from '../registry/registry.js';
import { SCHEMA } from '../registry/schema.js';
import type { Snapshot } from '../workspace/workspace.js';
import type { Choice, CompletionBuilder } from './completionItem.js';
import { nameInRecord } from './lines.js';

/** How many hops an entity lies from the record's edits, for what they touch and reach. */
export type Distances = ReadonlyMap<string, number>;

export function distancesOf(analysis: Analysis | null): Distances {
  const distances = new Map<string, number>();
  const note = (id: string, distance: number): void => {
    const known = distances.get(id);
    if (known === undefined || distance < known) distances.set(id, distance);
  };
  for (const { edit, reach } of analysis?.traced ?? []) {
    note(edit.subject, 0);
    for (const part of [edit.out, edit.in]) if (part !== null) note(part, 0);
    for (const { id, path } of reach.entities.values()) note(id, path.length - 1);
    for (const list of [reach.sites, reach.validations, reach.filings, reach.products])
      for (const { id, path } of list) note(id, path.length - 1);
  }
  return distances;
}

/** Which entities are meant at a place. */
export interface Wanted {
  /** The likeliest first; null is any. */
  readonly kinds: readonly Kind[] | null;
  /** Offered before all others, in this order (a subject's current sites). */
  readonly first?: readonly string[] | undefined;
  readonly accepts?: ((entity: Entity) => boolean) | undefined;
  /** Not offered (it stands there already). */
  readonly without?: readonly string[] | undefined;
}

/** How likely a kind is the subject of an edit; the order in which entities out of reach are offered. */
export const KINDS_OF_SUBJECTS: readonly Kind[] = [
  'step',
  'specification',
  'material',
  'equipment',
  'packaging',
  'method',
  'filing',
  'utility',
  'system',
  'product',
  'site',
  'supplier',
  'agreement',
  'protocol',
  'organisation',
  'validation',
];

/**
 * Adds entities from `group` on: those in `first`, those that the record reaches (by distance, then ID), then
 * the others by kind and ID, until the list is full.
 */
export function addReferences(
  builder: CompletionBuilder,
  group: number,
  snapshot: Snapshot,
  distances: Distances,
  wanted: Wanted,
  write: (name: string) => string = nameInRecord,
): void {
  const { registry } = snapshot.world;
  const without = new Set(wanted.without);
  const isWanted = (entity: Entity): boolean =>
    !without.has(entity.id) &&
    (wanted.kinds === null || wanted.kinds.includes(entity.kind)) &&
    (wanted.accepts?.(entity) ?? true);
  const choose = (at: number, entity: Entity): void =>
    builder.add(at, entityChoice(entity, write, builder.typed.inQuotes));
  for (const id of wanted.first ?? []) {
    const entity = registry.get(id);
    if (entity && isWanted(entity)) choose(group, entity);
  }
  const reached = [...distances].sort((a, b) => a[1] - b[1] || (a[0] < b[0] ? -1 : 1));
  for (const [id] of reached) {
    const entity = registry.get(id);
    if (entity && isWanted(entity)) choose(group + 1, entity);
  }
  const later: Entity[] = [];
  for (const kind of wanted.kinds ?? KINDS_OF_SUBJECTS) {
    for (const entity of registry.all(kind)) {
      if (distances.has(entity.id) || !builder.matches(matched(entity)) || !isWanted(entity)) continue;
      // What is retired is history: it is hardly ever meant.
      if (statusOf(entity) === 'retired') later.push(entity);
      else choose(group + 2, entity);
      if (builder.isFull) break;
    }
  }
  for (const entity of later) choose(group + 3, entity);
}

/** An entity as a choice; it is found by its name as well as by its ID. */
export function entityChoice(entity: Entity, write: (name: string) => string, inQuotes: boolean): Choice {
  const name = textAt(entity, 'name');
  const { title } = SCHEMA[entity.kind];
  return {
    label: entity.id,
    kind: 'entity',
    detail: name === undefined ? title : `${name} (${title})`,
    insert: inQuotes ? JSON.stringify(entity.id) : write(entity.id),
    filter: matched(entity),
    data: { topic: 'entity', name: entity.id },
  };
}

function matched(entity: Entity): string {
  const name = textAt(entity, 'name');
  return name === undefined ? entity.id : `${entity.id} ${name}`;
}

/** References from the fifth group on: what is known better stands above them. */
export function refer(scene: ReferenceScene, wanted: Wanted): void {
  addReferences(scene.builder, 4, scene.snapshot, scene.distances, wanted);
}

interface ReferenceScene {
  readonly builder: CompletionBuilder;
  readonly snapshot: Snapshot;
  readonly distances: Distances;
}
