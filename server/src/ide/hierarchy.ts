import type { Range } from '../base/span.js';
import type { Edit } from '../model/edit.js';
import { type ChangeRecord, nodeOf } from '../model/record.js';
import type { Entity } from '../registry/entity.js';
import { textAt, textsAt } from '../registry/registry.js';
import { SCHEMA } from '../registry/schema.js';
import { rangeOfNode } from '../workspace/parsed.js';
import type { Snapshot } from '../workspace/workspace.js';
import { declarationOfEntity, declarationsOf } from './definition.js';
import { folderOf, nameAt } from './names.js';

/** One node of the impact tree. `id` and `record` are all that is needed to ask for the next hop. */
export interface HierarchyItem {
  readonly kind: 'record' | 'edit' | 'entity';
  /** The ID of the record or entity, the key of the edit. */
  readonly id: string;
  /** The record of an edit, else null. */
  readonly record: string | null;
  readonly name: string;
  readonly detail: string;
  readonly path: string;
  readonly range: Range;
  readonly selectionRange: Range;
}

/**
 * The record, edit or entity at an offset: on a name its entity or record, elsewhere in an edit that edit.
 * Null elsewhere, and in the examples beside a pack, whose networks are their own.
 */
export function prepareHierarchy(snapshot: Snapshot, path: string, offset: number): HierarchyItem | null {
  if (folderOf(path) !== '') return null;
  const name = nameAt(snapshot, path, offset);
  if (name?.kind === 'entity') {
    const item = itemOfEntity(snapshot, name.id);
    if (item) return item;
  }
  if (name?.kind === 'record') return itemOfRecord(snapshot, snapshot.world.record(name.id));
  return editAt(snapshot, path, offset);
}

/**
 * What leads to an item, one hop: what feeds an entity, what a validation covers, the record of an edit and
 * the record of which a record is a part or on top of which it is read.
 */
export function incomingOf(
  snapshot: Snapshot,
  item: Pick<HierarchyItem, 'kind' | 'id' | 'record'>,
): readonly HierarchyItem[] {
  const { world } = snapshot;
  if (item.kind === 'edit') return itemsOf([itemOfRecord(snapshot, world.record(item.record ?? ''))]);
  if (item.kind === 'record') {
    const record = world.record(item.id);
    const before = [record?.parent, record?.after].filter((id) => typeof id === 'string');
    return itemsOf([...new Set(before)].map((id) => itemOfRecord(snapshot, world.record(id))));
  }
  const entity = world.registry.get(item.id);
  if (!entity) return [];
  const covered = entity.kind === 'validation' ? (textsAt(entity, 'covers') ?? []) : [];
  return entities(snapshot, [...world.network.incoming(item.id), ...covered]);
}

/**
 * What an item reaches, one hop: what an entity flows to with the validations that cover it and the filings
 * that register it; what an edit changes, takes out and puts in; the edits of a record.
 */
export function outgoingOf(
  snapshot: Snapshot,
  item: Pick<HierarchyItem, 'kind' | 'id' | 'record'>,
): readonly HierarchyItem[] {
  const { world } = snapshot;
  if (item.kind === 'entity') {
    const validations = world.network.validationsOf(item.id).map(({ id }) => id);
    return entities(snapshot, [...world.network.outgoing(item.id), ...validations]);
  }
  const record = world.record(item.kind === 'edit' ? (item.record ?? '') : item.id);
  if (!record) return [];
  const { edits } = snapshot.analysisOf(record);
  if (item.kind === 'record') return itemsOf(edits.map((edit) => itemOfEdit(snapshot, record, edit)));
  const edit = edits.find(({ key }) => key === item.id);
  return edit
    ? entities(
        snapshot,
        [edit.subject, edit.out, edit.in, edit.site].filter((id) => id !== null),
      )
    : [];
}

function entities(snapshot: Snapshot, ids: readonly string[]): readonly HierarchyItem[] {
  return itemsOf([...new Set(ids)].map((id) => itemOfEntity(snapshot, id)));
}

function itemsOf(items: readonly (HierarchyItem | null)[]): readonly HierarchyItem[] {
  return items.filter((item) => item !== null);
}

function itemOfEntity(snapshot: Snapshot, id: string): HierarchyItem | null {
  const entity = snapshot.world.registry.get(id);
  const declaration = entity && declarationOfEntity(snapshot, entity)[0];
  if (!entity || !declaration) return null;
  return { kind: 'entity', id, record: null, name: id, detail: detailOf(entity), ...declaration };
}

function detailOf(entity: Entity): string {
  const word = entity.kind === 'validation' ? textAt(entity, 'kind') : undefined;
  const market = entity.kind === 'filing' ? textAt(entity, 'market') : undefined;
  return [SCHEMA[entity.kind].title, word, market, textAt(entity, 'name')]
    .filter((part) => part !== undefined)
    .join(', ');
}

function itemOfRecord(snapshot: Snapshot, record: ChangeRecord | undefined): HierarchyItem | null {
  if (!record) return null;
  const { id, title } = record;
  const [declaration] = declarationsOf(snapshot, { kind: 'record', id, ids: [id], path: record.file });
  return declaration
    ? { kind: 'record', id, record: null, name: id, detail: title ?? '', ...declaration }
    : null;
}

function itemOfEdit(snapshot: Snapshot, record: ChangeRecord, edit: Edit): HierarchyItem | null {
  const file = snapshot.file(record.file);
  if (file?.kind !== 'changes') return null;
  const range = rangeOfNode(file, nodeOf(record, edit.place));
  return {
    kind: 'edit',
    id: edit.key,
    record: record.id,
    name: edit.key,
    detail: `${edit.action} in ${record.id}`,
    path: record.file,
    range,
    selectionRange: range,
  };
}

function editAt(snapshot: Snapshot, path: string, offset: number): HierarchyItem | null {
  const file = snapshot.file(path);
  if (file?.kind !== 'changes') return null;
  const { starts, ends } = file.tokens;
  for (const record of snapshot.records) {
    if (record.file !== path || offset < starts[record.node.first]! || offset > ends[record.node.last]!)
      continue;
    const found = snapshot.analysisOf(record).edits.find(({ place }) => {
      const node = nodeOf(record, place);
      return starts[node.first]! <= offset && offset <= ends[node.last]!;
    });
    return found ? itemOfEdit(snapshot, record, found) : itemOfRecord(snapshot, record);
  }
  return null;
}
