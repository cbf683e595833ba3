import type { Entity, Kind } from '../registry/entity.js';
import type { EntityIndex } from '../registry/reads.js';
import { textsAt } from '../registry/registry.js';
import { type Graph, isLive } from './graph.js';
import { Trail } from './reach.js';

/** The attribute that says where an entity of a kind stands. */
const STANDS_AT: { readonly [K in Kind]?: string } = {
  step: 'sites',
  equipment: 'site',
  utility: 'site',
  system: 'site',
  validation: 'site',
  agreement: 'sites',
};

const COVERING: EntityIndex = {
  name: 'validations covering',
  kind: 'validation',
  keysOf: (validation) => (isLive(validation) ? (textsAt(validation, 'covers') ?? []) : []),
};

/** Where things stand, and which validations are about them. */
export class Places {
  constructor(readonly graph: Graph) {}

  /** The validations that cover an entity, sorted by ID; those that were withdrawn are not among them. */
  validationsOf(id: string): readonly Entity[] {
    return this.graph.registry.indexed(COVERING, id);
  }

  /** The sites at which a thing itself stands; none for what only passes through places, as materials do. */
  standingSites(trail: Trail): readonly Trail[] {
    if (trail.kind === 'site') return [trail];
    const attribute = STANDS_AT[trail.kind];
    const entity = this.graph.registry.get(trail.id);
    if (!attribute || !entity) return [];
    return [...(textsAt(entity, attribute) ?? [])].sort().flatMap((id) => this.siteTrail(trail, id));
  }

  siteTrail(from: Trail, id: string): readonly Trail[] {
    if (id === from.id) return [from];
    return this.graph.kindOf(id) === 'site' ? [new Trail(id, 'site', from)] : [];
  }

  /**
   * The sites of an entity as the subject of an edit, nearest first: where it stands; of a material those of
   * the steps that make or use it, and of what belongs to materials (specifications, suppliers, packaging)
   * theirs; of a method those where its materials are tested.
   */
  sitesFrom(start: Trail): readonly Trail[] {
    const sites = new Map<string, Trail>();
    const queue = [start];
    const seen = new Set([start.id]);
    for (const trail of queue) {
      for (const site of this.standingSites(trail)) if (!sites.has(site.id)) sites.set(site.id, site);
      for (const id of this.#towardsSites(trail, start.kind)) {
        if (seen.has(id)) continue;
        seen.add(id);
        queue.push(new Trail(id, this.graph.kindOf(id)!, trail));
      }
    }
    return [...sites.values()];
  }

  #towardsSites({ id, kind }: Trail, startKind: Kind): readonly string[] {
    switch (kind) {
      case 'material': {
        const steps = [...this.graph.previous(id), ...this.graph.next(id)].filter(
          (other) => this.graph.kindOf(other) === 'step',
        );
        const testing = startKind === 'method' ? steps.filter((step) => this.#makesNothing(step)) : [];
        return [...(testing.length > 0 ? testing : steps)].sort();
      }
      case 'specification':
      case 'supplier':
      case 'packaging':
      case 'method':
      case 'organisation':
        return this.graph.next(id).filter((other) => this.graph.kindOf(other) !== 'filing');
      default:
        return [];
    }
  }

  #makesNothing(step: string): boolean {
    const entity = this.graph.registry.get(step);
    return !entity || (textsAt(entity, 'produces') ?? []).length === 0;
  }
}
