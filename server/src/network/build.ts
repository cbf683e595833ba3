import type { Edit } from '../model/edit.js';
import type { Entity, Kind } from '../registry/entity.js';
import type { Registry } from '../registry/registry.js';
import { Graph } from './graph.js';
import type { Network, Reach } from './network.js';
import { Places } from './places.js';
import { type Flow, flowFrom, reachOf, Trail } from './reach.js';

/**
 * The network of a registry. Linear in its edges; what each entity contributes is remembered with the
 * entity, so after one registry file has changed only the entities of that file are read again. Reach is
 * worked out when it is first asked for.
 */
export function buildNetwork(registry: Registry): Network {
  return new MemoisedNetwork(registry);
}

const NOWHERE: Reach = {
  entities: new Map(),
  sites: [],
  products: [],
  filings: [],
  validations: [],
  stages: [],
  through: new Map(),
};

class MemoisedNetwork implements Network {
  readonly #graph: Graph;
  readonly #places: Places;
  readonly #flows = new Map<string, Flow>();
  readonly #reaches = new Map<string, Reach>();
  readonly #sites = new Map<string, readonly string[]>();

  constructor(readonly registry: Registry) {
    this.#graph = new Graph(registry);
    this.#places = new Places(this.#graph);
  }

  reach(edit: Edit): Reach {
    const kind = this.#graph.kindOf(edit.subject);
    if (!kind) return NOWHERE;
    const key = [edit.subject, edit.out ?? '', edit.in ?? '', edit.site ?? ''].join('\n');
    let reach = this.#reaches.get(key);
    if (!reach) {
      reach = reachOf(this.#graph, this.#places, this.#flow(edit.subject, kind), edit);
      this.#reaches.set(key, reach);
    }
    return reach;
  }

  sitesOf(id: string): readonly string[] {
    let sites = this.#sites.get(id);
    if (!sites) {
      const kind = this.#graph.kindOf(id);
      const trails = kind ? this.#places.sitesFrom(new Trail(id, kind, null)) : [];
      this.#sites.set(id, (sites = trails.map((trail) => trail.id).sort()));
    }
    return sites;
  }

  validationsOf(id: string): readonly Entity[] {
    return this.#places.validationsOf(id);
  }

  feeding(id: string, kind: Kind): readonly string[] {
    return this.#graph.previous(id).filter((other) => this.#graph.kindOf(other) === kind);
  }

  outgoing(id: string): readonly string[] {
    return this.#graph.next(id);
  }

  incoming(id: string): readonly string[] {
    return this.#graph.previous(id);
  }

  #flow(subject: string, kind: Kind): Flow {
    let flow = this.#flows.get(subject);
    if (!flow) this.#flows.set(subject, (flow = flowFrom(this.#graph, subject, kind)));
    return flow;
  }
}
