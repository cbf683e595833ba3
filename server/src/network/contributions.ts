import type { Entity, Kind } from '../registry/entity.js';
import { textAt, textsAt } from '../registry/registry.js';

/** An edge of the network: a change of `from` flows to `to`. */
export interface Edge {
  readonly from: string;
  readonly to: string;
}

/**
 * The edges that one entity's own text declares, whichever end of them it is. They depend on nothing else,
 * so they are read once per entity and stay while other entities change.
 *
 * Whether a material flows straight to its product depends on who consumes it and is decided by the
 * network.
 */
export function contributionsOf(entity: Entity): readonly Edge[] {
  let edges = known.get(entity);
  if (!edges) known.set(entity, (edges = read(entity)));
  return edges;
}

/**
 * Whether other filings are reached through this one by `references`: DMFs, ASMFs, CEPs and their like,
 * which are about a material and stand behind the applications of others.
 */
export function isMasterFile(filing: Entity): boolean {
  return MASTER_FILES.has(textAt(filing, 'type') ?? '') || (textsAt(filing, 'material')?.length ?? 0) > 0;
}

/** An entity is never changed, so what it declares is remembered with it. */
const known = new WeakMap<Entity, readonly Edge[]>();

const MASTER_FILES: ReadonlySet<string> = new Set([
  'DMF',
  'BMF',
  'MF',
  'ASMF',
  'CEP',
  'VMF',
  'PMF',
  'J-MF',
  'CADIFA',
  'APIMF',
]);

/** By kind: the attributes that name what feeds the entity. */
const FED_BY: { readonly [K in Kind]?: readonly string[] } = {
  site: ['organisation'],
  material: ['composition', 'packaging', 'suppliers', 'specification'],
  step: ['sites', 'consumes', 'equipment'],
  equipment: ['site', 'utilities', 'systems'],
  utility: ['site'],
  system: ['site'],
  packaging: ['suppliers', 'specification'],
  filing: ['product', 'registers', 'material', 'holder'],
};

function read(entity: Entity): readonly Edge[] {
  const { id, kind } = entity;
  const edges: Edge[] = [];
  for (const attribute of FED_BY[kind] ?? []) {
    for (const from of textsAt(entity, attribute) ?? []) edges.push({ from, to: id });
  }
  if (kind === 'step') {
    for (const to of onwardOf(entity)) edges.push({ from: id, to });
  } else if (kind === 'specification') {
    for (const method of methodsOf(entity)) edges.push({ from: method, to: id });
  } else if (kind === 'filing') {
    for (const from of textsAt(entity, 'references') ?? []) edges.push({ from, to: id });
  } else if (kind === 'protocol') {
    for (const to of textsAt(entity, 'filing') ?? []) edges.push({ from: id, to });
  }
  return edges;
}

/** Testing, release and shipping make nothing: what they say is about what they are done to. */
function onwardOf(step: Entity): readonly string[] {
  for (const attribute of ['produces', 'consumes', 'product']) {
    const ids = textsAt(step, attribute);
    if (ids && ids.length > 0) return ids;
  }
  return [];
}

function methodsOf(specification: Entity): readonly string[] {
  return (textsAt(specification, 'tests') ?? []).flatMap(
    (test) => textsAt(specification, 'tests', [test, 'method']) ?? [],
  );
}
