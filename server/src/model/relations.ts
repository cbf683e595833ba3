import type { Entity, Kind, RegistryNode } from '../registry/entity.js';
import type { EntityIndex } from '../registry/reads.js';
import { entriesOf, nodeAt, type Registry, textsAt } from '../registry/registry.js';

/** A way in which one entity is part of another: what `add PART to SUBJECT` and `PART of KIND` mean. */
export interface Relation {
  readonly part: Kind;
  readonly of: Kind;
  /** The attribute of the subject that names its parts, as edits, registrations and rules call it. */
  readonly attribute: string;
  /** What a trigger calls the part: its kind, but for a material in a material, which is a `component`. */
  readonly word: string;
  /**
   * How the registry holds it: as a rule one reference, a list, the keys of a map (`composition`), the
   * methods of the tests, or on the part itself, under `heldAs` (a step names what it produces).
   */
  readonly held: 'one' | 'list' | 'keys' | 'tests' | 'by-part';
  readonly heldAs: string;
}

/**
 * The one list of what can be part of what. Of two rows for one pair of kinds the first is what `add`
 * means; `remove` and `replace` take the one that holds the part.
 */
export const RELATIONS: readonly Relation[] = [
  list('site', 'step', 'sites'),
  list('equipment', 'step', 'equipment'),
  list('material', 'step', 'consumes'),
  list('material', 'step', 'produces'),
  list('packaging', 'step', 'consumes'),
  list('product', 'step', 'product'),
  { part: 'step', of: 'material', attribute: 'steps', word: 'step', held: 'by-part', heldAs: 'produces' },
  list('supplier', 'material', 'suppliers'),
  list('packaging', 'material', 'packaging'),
  {
    part: 'material',
    of: 'material',
    attribute: 'composition',
    word: 'component',
    held: 'keys',
    heldAs: 'composition',
  },
  one('specification', 'material', 'specification'),
  list('product', 'material', 'product'),
  list('supplier', 'packaging', 'suppliers'),
  one('specification', 'packaging', 'specification'),
  list('utility', 'equipment', 'utilities'),
  list('system', 'equipment', 'systems'),
  one('site', 'equipment', 'site'),
  one('site', 'utility', 'site'),
  one('site', 'system', 'site'),
  one('organisation', 'site', 'organisation'),
  { part: 'method', of: 'specification', attribute: 'tests', word: 'method', held: 'tests', heldAs: 'tests' },
  {
    part: 'protocol',
    of: 'filing',
    attribute: 'protocols',
    word: 'protocol',
    held: 'by-part',
    heldAs: 'filing',
  },
  list('filing', 'filing', 'references'),
  list('organisation', 'filing', 'authorised'),
  one('organisation', 'filing', 'holder'),
  list('product', 'filing', 'product'),
  one('material', 'filing', 'material'),
  list('site', 'agreement', 'sites'),
  list('organisation', 'agreement', 'between'),
];

/** The relations by which a part of one kind can belong to a subject of another; empty where there are none. */
export function relationsBetween(part: Kind, of: Kind): readonly Relation[] {
  return RELATIONS.filter((relation) => relation.part === part && relation.of === of);
}

/** The relation that an attribute of a kind stands for (`suppliers` of a material), if it refers at all. */
export function relationOf(kind: Kind, attribute: string): Relation | undefined {
  return RELATIONS.find((relation) => relation.of === kind && relation.attribute === attribute);
}

/** The parts that the registry names, in its order; undefined where it doesn't say. */
export function partsOf(
  registry: Registry,
  relation: Relation,
  subject: string,
): readonly string[] | undefined {
  const entity = registry.get(subject);
  if (!entity) return undefined;
  if (relation.held === 'by-part') return registry.indexed(holdersOf(relation), subject).map(({ id }) => id);
  if (relation.held === 'tests') return methodsOf(registry, subject);
  const ids = textsAt(entity, relation.heldAs);
  // A step names materials and packaging in one list.
  return ids?.filter((id) => (registry.get(id)?.kind ?? relation.part) === relation.part);
}

function methodsOf(registry: Registry, specification: string): readonly string[] | undefined {
  const entity = registry.get(specification);
  const tests = entity && nodeAt(entity, 'tests');
  if (!tests) return undefined;
  const methods = new Set<string>();
  for (const { value } of entriesOf(tests).values()) {
    for (const method of textsIn(entriesOf(value).get('method')?.value)) methods.add(method);
  }
  return [...methods];
}

/** The scalars of a node: itself, or the items of a list. */
export function textsIn(node: RegistryNode | undefined): readonly string[] {
  if (node?.type === 'scalar') return node.text === '' ? [] : [node.text];
  return node?.type === 'list' ? node.items.flatMap((item) => textsIn(item)) : [];
}

/** The parts by the subject that each of them names. */
function holdersOf(relation: Relation): EntityIndex {
  let index = holders.get(relation);
  if (!index) {
    const { part, of, attribute, heldAs } = relation;
    const keysOf = (entity: Entity): readonly string[] => textsAt(entity, heldAs) ?? [];
    holders.set(relation, (index = { name: `${attribute} of ${of}`, kind: part, keysOf }));
  }
  return index;
}

const holders = new Map<Relation, EntityIndex>();

function list(part: Kind, of: Kind, attribute: string): Relation {
  return { part, of, attribute, word: part, held: 'list', heldAs: attribute };
}

function one(part: Kind, of: Kind, attribute: string): Relation {
  return { part, of, attribute, word: part, held: 'one', heldAs: attribute };
}
