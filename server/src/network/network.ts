import type { Kind } from '../registry/entity.js';

/** An entity that an edit reaches, with the shortest path from the edit's subject to it, both included. */
export interface Reached {
  readonly id: string;
  readonly kind: Kind;
  readonly path: readonly string[];
}
