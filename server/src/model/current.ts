import type { Value } from '../base/value.js';
import type { Entity, RegistryNode } from '../registry/entity.js';
import { nodeAt, type Registry, siteValue } from '../registry/registry.js';
import { parseValue } from '../syntax/value.js';
import type { Edit } from './edit.js';
import type { ResolvedPath } from './path.js';
import { partsOf, RELATIONS, type Relation, textsIn } from './relations.js';

/**
 * What an earlier record (`after: OTHER`) makes of a value: by subject and by what follows `SUBJECT.` in
 * an edit's key (`batch-size@DAB-4`, `assay.limit`), or by the attribute that names the parts (`sites`).
 * Undefined where that record leaves it as the registry has it; `none` where it takes it away.
 */
export type Overlay = (subject: string, path: string) => readonly Value[] | undefined;

/** The overlay of a record's edits, itself on top of another record's where that has an `after` too. */
export function overlayOf(registry: Registry, edits: readonly Edit[], below?: Overlay): Overlay {
  const proposed = new Map<string, readonly Value[]>();
  const overlay: Overlay = (subject, path) =>
    proposed.get(JSON.stringify([subject, path])) ?? below?.(subject, path);
  const put = (subject: string, path: string, values: readonly Value[]) =>
    proposed.set(JSON.stringify([subject, path]), values);
  for (const edit of edits) {
    const suffix = edit.site === null ? '' : `@${edit.site}`;
    const relation = edit.lines ? undefined : relationOfEdit(registry, edit);
    if (relation) {
      const parts = currentParts(registry, relation, edit.subject, overlay) ?? [];
      const kept = parts.filter((id) => id !== edit.out && id !== edit.in);
      put(edit.subject, relation.attribute, (edit.in === null ? kept : [...kept, edit.in]).map(idValue));
    }
    for (const line of edit.lines ?? []) put(edit.subject, line.path + suffix, line.proposed);
  }
  return overlay;
}

function relationOfEdit(registry: Registry, edit: Edit): Relation | undefined {
  const part = registry.get(edit.in ?? edit.out ?? '')?.kind;
  return RELATIONS.find(
    (relation) =>
      relation.of === edit.subjectKind && relation.attribute === edit.attribute && relation.part === part,
  );
}

/** The parts of a subject as the registry and the overlay have them; undefined where the registry doesn't say. */
export function currentParts(
  registry: Registry,
  relation: Relation,
  subject: string,
  overlay?: Overlay,
): readonly string[] | undefined {
  const proposed = overlay?.(subject, relation.attribute);
  if (proposed) return proposed.flatMap((value) => (value.kind === 'none' ? [] : [value.text]));
  return partsOf(registry, relation, subject);
}

/**
 * The values of what a path names, as the registry and the overlay have them, for a site or (null) in
 * general. `none` where the registry holds the thing but not this of it, undefined where it is silent.
 */
export function currentValues(
  entity: Entity,
  path: ResolvedPath,
  site: string | null,
  overlay?: Overlay,
): readonly Value[] | undefined {
  const own = site === null ? undefined : overlay?.(entity.id, `${path.text}@${site}`);
  if (own) return own;
  const atSite = site === null ? undefined : siteEntry(entity, path, site);
  if (atSite) return atSite;
  return overlay?.(entity.id, path.text) ?? registryValues(entity, path);
}

export function idValue(text: string): Value {
  return { kind: 'id', text };
}

function siteEntry(entity: Entity, path: ResolvedPath, site: string): readonly Value[] | undefined {
  if (path.group === 'attribute' || (path.detail !== null && path.detail !== 'limit')) return undefined;
  const node = nodeAt(entity, path.keys[0], [path.name, 'at', site]);
  return node ? valuesIn(node) : undefined;
}

function registryValues(entity: Entity, path: ResolvedPath): readonly Value[] | undefined {
  if (path.group === 'attribute') {
    const node = nodeAtKeys(entity, path);
    return node && valuesIn(node);
  }
  const thing = nodeAt(entity, path.keys[0], [path.name]);
  if (!thing) return nodeAt(entity, path.keys[0]) ? [NONE] : undefined;
  if (path.detail === null || path.detail === 'limit') {
    const value = siteValue(thing, null);
    return value ? [value] : [NONE];
  }
  if (thing.type === 'scalar') return path.detail === 'share' ? valuesIn(thing) : [NONE];
  const node = nodeAtKeys(entity, path);
  return node ? valuesIn(node) : [NONE];
}

function nodeAtKeys(entity: Entity, { keys: [first, ...below] }: ResolvedPath): RegistryNode | undefined {
  return nodeAt(entity, first, below);
}

function valuesIn(node: RegistryNode): readonly Value[] {
  return node.type === 'map' ? [...node.entries.keys()].map(idValue) : textsIn(node).map(parseValue);
}

const NONE: Value = { kind: 'none', text: 'none' };
