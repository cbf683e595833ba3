/** Completion of what an edit names: its subjects, and the parts that go in and out of them. */
import { currentParts } from '../model/current.js';
import { RELATIONS, relationsBetween } from '../model/relations.js';
import type { Entity, Kind as EntityKind } from '../registry/entity.js';
import { textAt, textsAt } from '../registry/registry.js';
import { Kind } from '../syntax/kinds.js';
import { KINDS_OF_SUBJECTS, refer, type Wanted } from './completionReferences.js';
import type { RecordScene } from './completionScene.js';
import type { StatementSlot } from './completionStatement.js';

const PARTS: readonly EntityKind[] = [...new Set(RELATIONS.map(({ part }) => part))];
const SUBJECTS_OF_TRANSFER: readonly EntityKind[] = ['step', 'equipment', 'utility', 'system'];

/** What may be named in an edit: subjects, and parts that fit them. */
export function addOfEdit(scene: RecordScene, slot: StatementSlot): void {
  const named = (role: number): readonly string[] => slot.names.get(role) ?? [];
  const here = named(slot.role);
  switch (slot.verb) {
    case Kind.Modify:
      if (slot.role === Kind.At)
        refer(scene, { kinds: ['site'], first: sitesOf(scene, named(Kind.Modify)), without: here });
      else refer(scene, { kinds: KINDS_OF_SUBJECTS, without: here });
      return;
    case Kind.Transfer:
      if (slot.role === Kind.From)
        refer(scene, {
          kinds: ['site'],
          first: sitesOf(scene, named(Kind.Transfer)),
          without: named(Kind.To),
        });
      else if (slot.role === Kind.To)
        refer(scene, {
          kinds: ['site'],
          first: capableSites(scene, named(Kind.Transfer)),
          without: [...named(Kind.From), ...here],
        });
      else refer(scene, { kinds: SUBJECTS_OF_TRANSFER, without: here });
      return;
    case Kind.Add:
      if (slot.role === Kind.To) refer(scene, subjectsFor(scene, named(Kind.Add), 'any', here));
      else refer(scene, partsFor(scene, named(Kind.To), 'any', here));
      return;
    case Kind.Remove:
      if (slot.role === Kind.From) refer(scene, subjectsFor(scene, named(Kind.Remove), 'holding', here));
      else refer(scene, partsFor(scene, named(Kind.From), 'held', here));
      return;
    default: {
      const out = named(Kind.Replace);
      if (slot.role === Kind.In) refer(scene, subjectsFor(scene, out, 'holding', here));
      else if (slot.role === Kind.With) {
        const kind = scene.snapshot.world.registry.get(out[0] ?? '')?.kind;
        refer(scene, { kinds: kind ? [kind] : PARTS, without: out });
      } else refer(scene, partsFor(scene, named(Kind.In), 'held', here));
    }
  }
}

/** The parts that fit the subjects, or that they have now; with no subject yet, whatever can be a part. */
function partsFor(
  { snapshot: { world } }: RecordScene,
  subjects: readonly string[],
  which: 'any' | 'held',
  without: readonly string[],
): Wanted {
  const kinds = new Set(subjects.flatMap((id) => world.registry.get(id)?.kind ?? []));
  const relations = RELATIONS.filter(({ of }) => kinds.has(of));
  if (relations.length === 0) return { kinds: PARTS, without };
  const held = subjects.flatMap((id) =>
    relations.flatMap((relation) =>
      world.registry.get(id)?.kind === relation.of ? (currentParts(world.registry, relation, id) ?? []) : [],
    ),
  );
  const parts = [...new Set(relations.map(({ part }) => part))];
  return which === 'held'
    ? { kinds: parts, first: held, without }
    : { kinds: parts, without: [...held, ...subjects, ...without] };
}

/** The subjects that a part can belong to; those that hold it now come first where it is taken out. */
function subjectsFor(
  { snapshot: { world } }: RecordScene,
  parts: readonly string[],
  which: 'any' | 'holding',
  without: readonly string[],
): Wanted {
  const kinds = parts.flatMap((id) => world.registry.get(id)?.kind ?? []);
  const first = kinds[0];
  const part = parts[0];
  if (first === undefined || part === undefined) return { kinds: KINDS_OF_SUBJECTS, without };
  const subjects = KINDS_OF_SUBJECTS.filter((of) => relationsBetween(first, of).length > 0);
  if (which === 'any') return { kinds: subjects, without: [...parts, ...without] };
  const holding = subjects.flatMap((of) => {
    const relations = relationsBetween(first, of);
    const holds = (entity: Entity): boolean =>
      relations.some((one) => currentParts(world.registry, one, entity.id)?.includes(part) === true);
    return world.registry.all(of).filter(holds);
  });
  const ids = holding.map(({ id }) => id);
  // Where the registry knows of a holder, nothing else can be meant.
  if (ids.length === 0) return { kinds: subjects, without };
  const among = new Set(ids);
  return { kinds: subjects, first: ids, accepts: ({ id }) => among.has(id), without };
}

function sitesOf({ snapshot: { world } }: RecordScene, ids: readonly string[]): readonly string[] {
  return [...new Set(ids.flatMap((id) => world.network.sitesOf(id)))];
}

/** Sites that may do what the steps do. */
function capableSites({ snapshot: { world } }: RecordScene, steps: readonly string[]): readonly string[] {
  const activities = steps.flatMap((id) => {
    const step = world.registry.get(id);
    return (step && textAt(step, 'activity')) ?? [];
  });
  if (activities.length === 0) return [];
  return world.registry
    .all('site')
    .filter((site) => activities.every((activity) => textsAt(site, 'activities')?.includes(activity)))
    .map(({ id }) => id);
}
