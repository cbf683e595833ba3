import type { Edit } from '../model/edit.js';
import type { Entity, Kind } from '../registry/entity.js';
import { NotedResults } from '../registry/reads.js';
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
  readonly #flows: NotedResults<Flow>;
  readonly #reaches: NotedResults<Reach>;
  readonly #sites: NotedResults<readonly string[]>;

  constructor(readonly registry: Registry) {
    this.#graph = new Graph(registry);
    this.#places = new Places(this.#graph);
    this.#flows = new NotedResults(registry);
    this.#reaches = new NotedResults(registry);
    this.#sites = new NotedResults(registry);
  }

  reach(edit: Edit): Reach {
    const kind = this.#graph.kindOf(edit.subject);
    if (!kind) return NOWHERE;
    const key = [edit.subject, edit.out ?? '', edit.in ?? '', edit.site ?? ''].join('\n');
    return this.#reaches.get(key, () => {
      const flow = this.#flows.get(edit.subject, () => flowFrom(this.#graph, edit.subject, kind));
      return reachOf(this.#graph, this.#places, flow, edit);
    });
  }

  sitesOf(id: string): readonly string[] {
    return this.#sites.get(id, () => {
      const kind = this.#graph.kindOf(id);
      const trails = kind ? this.#places.sitesFrom(new Trail(id, kind, null)) : [];
      return trails.map((trail) => trail.id).sort();
    });
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

  differences(before: Network): Iterable<string> {
    return before instanceof MemoisedNetwork ? this.#graph.differences(before.#graph) : [];
  }
}
