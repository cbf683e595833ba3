import type { Edit } from '../model/edit.js';
import type { Kind } from '../registry/entity.js';
import { textAt, textsAt } from '../registry/registry.js';
import type { Graph } from './graph.js';
import { isLive } from './graph.js';
import type { Reach, Reached } from './network.js';
import type { Places } from './places.js';

/** What a change of one subject flows to, whatever the edit; the part of a reach that is the same for all its edits. */
export interface Flow {
  readonly start: Trail;
  readonly entities: ReadonlyMap<string, Trail>;
  readonly filings: readonly Reached[];
  readonly products: readonly Reached[];
  readonly stages: readonly string[];
  readonly through: ReadonlyMap<string, readonly string[]>;
}

/** A reached entity that knows where it was reached from; its path is written out once it is asked for. */
export class Trail implements Reached {
  #path: readonly string[] | null = null;

  constructor(
    readonly id: string,
    readonly kind: Kind,
    readonly from: Trail | null,
  ) {}

  get path(): readonly string[] {
    if (!this.#path) {
      // The trails before it keep no paths of their own for it: along a long chain they would fill the memory.
      const ids: string[] = [];
      for (let trail: Trail | null = this; trail; trail = trail.from) ids.push(trail.id);
      this.#path = ids.reverse();
    }
    return this.#path;
  }
}

/**
 * These reach what they serve directly and the filings that register it or them, and no further: nearly
 * everything in a plant hangs on its water, and a list of nearly everything helps nobody. An organisation
 * serves the sites that it runs and the filings that it holds.
 */
const STAY_NEAR: ReadonlySet<Kind> = new Set(['site', 'utility', 'system', 'method', 'organisation']);

/**
 * Breadth first with neighbours in ID order, so that every path is shortest and, of equally short ones,
 * the first in ID order.
 */
export function flowFrom(graph: Graph, subject: string, kind: Kind): Flow {
  const start = new Trail(subject, kind, null);
  const reached = new Map<string, Trail>([[subject, start]]);
  const expanded = new Set([subject]);
  const queue = [start];
  for (const trail of queue) {
    for (const target of graph.next(trail.id)) {
      if (expanded.has(target)) continue;
      const targetKind = graph.kindOf(target)!;
      if (STAY_NEAR.has(kind) && trail !== start && targetKind !== 'filing') continue;
      if (trail.from && graph.endsIn(trail.from.id, trail.id) && targetKind !== 'filing') continue;
      const next = new Trail(target, targetKind, trail);
      if (!reached.has(target)) reached.set(target, next);
      // What leaves a product is reached and goes no further, unless another way leads on through it.
      if (graph.leavesProduct(trail.id, target)) continue;
      expanded.add(target);
      queue.push(next);
    }
  }
  return flowOf(graph, start, [...reached.values()]);
}

/** The reach of one edit, from the flow of its subject and what the edit puts in and takes out. */
export function reachOf(graph: Graph, places: Places, flow: Flow, edit: Edit): Reach {
  const touched = partsOf(graph, flow.start, edit);
  return {
    entities: flow.entities,
    sites: sitesReached(places, flow.start, touched, edit.site),
    products: flow.products,
    filings: flow.filings,
    validations: validationsReached(places, flow, touched, edit.site),
    stages: flow.stages,
    through: flow.through,
  };
}

function flowOf(graph: Graph, start: Trail, reached: readonly Trail[]): Flow {
  const filings = reached.filter(({ id, kind }) => kind === 'filing' && isLive(graph.registry.get(id)!));
  const ids = new Set(filings.map(({ id }) => id));
  const through = new Map<string, readonly string[]>();
  for (const { id } of [...filings].sort(byId)) {
    const behind = graph.previous(id).filter((other) => ids.has(other));
    if (behind.length > 0) through.set(id, behind);
  }
  return {
    start,
    entities: new Map(
      reached
        .filter((trail) => trail === start || (trail.kind !== 'filing' && trail.kind !== 'site'))
        .map((trail) => [trail.id, trail]),
    ),
    filings: filings.sort(byId),
    products: reached.filter(({ kind }) => kind === 'product').sort(byId),
    stages: stagesOf(graph, start.id),
    through,
  };
}

function partsOf(graph: Graph, start: Trail, edit: Edit): readonly Trail[] {
  const ids = [edit.out, edit.in].filter((id) => id !== null);
  return [...new Set(ids)].flatMap((id) => {
    const kind = graph.kindOf(id);
    return kind && id !== start.id ? [new Trail(id, kind, start)] : [];
  });
}

/** An edit at one site is one at that site alone; its parts still stand where they stand. */
function sitesReached(
  places: Places,
  start: Trail,
  touched: readonly Trail[],
  site: string | null,
): readonly Reached[] {
  const found = new Map<string, Trail>();
  const own = places.sitesFrom(start);
  const narrowed = site === null ? own : places.siteTrail(start, site);
  for (const trail of [...narrowed, ...touched.flatMap((part) => places.standingSites(part))]) {
    const other = found.get(trail.id);
    if (!other || comparePaths(trail, other) < 0) found.set(trail.id, trail);
  }
  return [...found.values()].sort(byId);
}

/** `at SITE` narrows only what is touched directly: what lies downstream is where it is. */
function validationsReached(
  places: Places,
  flow: Flow,
  touched: readonly Trail[],
  site: string | null,
): readonly Reached[] {
  const found = new Map<string, Trail>();
  const collect = (trail: Trail, isDirect: boolean) => {
    for (const validation of places.validationsOf(trail.id)) {
      const at = textAt(validation, 'site');
      if (isDirect && site !== null && at !== undefined && at !== site) continue;
      const next = new Trail(validation.id, 'validation', trail);
      const other = found.get(validation.id);
      if (!other || comparePaths(next, other) < 0) found.set(validation.id, next);
    }
  };
  for (const trail of flow.entities.values()) collect(trail, trail === flow.start);
  for (const trail of touched) collect(trail, true);
  return [...found.values()].sort(byId);
}

/** The stages of the materials that an entity is, makes, tests, is part of or feeds directly; sorted. */
function stagesOf(graph: Graph, id: string): readonly string[] {
  const materials = new Set<string>();
  const seen = new Set([id]);
  for (const near of seen) {
    const kind = graph.kindOf(near);
    if (kind === 'material') materials.add(near);
    else if (kind === 'product' || kind === 'filing') {
      for (const source of graph.previous(near)) {
        const sourceKind = graph.kindOf(source);
        if (sourceKind === 'material' || sourceKind === 'product') seen.add(source);
      }
    } else {
      for (const target of graph.next(near)) {
        if (graph.kindOf(target) !== 'filing' || kind === 'protocol') seen.add(target);
      }
    }
  }
  const stages = new Set<string>();
  for (const material of materials) {
    for (const stage of textsAt(graph.registry.get(material)!, 'stage') ?? []) stages.add(stage);
  }
  return [...stages].sort();
}

function comparePaths(a: Trail, b: Trail): number {
  const left = a.path;
  const right = b.path;
  if (left.length !== right.length) return left.length - right.length;
  for (const [index, id] of left.entries()) {
    const other = right[index]!;
    if (id !== other) return id < other ? -1 : 1;
  }
  return 0;
}

function byId(a: Reached, b: Reached): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
