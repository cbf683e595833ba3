import type { Edit } from '../model/edit.js';
import type { Entity, Kind } from '../registry/entity.js';
import type { Registry } from '../registry/registry.js';

/** An entity that an edit reaches, with the shortest path from the edit's subject to it, both included. */
export interface Reached {
  readonly id: string;
  readonly kind: Kind;
  readonly path: readonly string[];
}

/** Everything that one edit reaches; lists sorted by ID. */
export interface Reach {
  /** Every entity that the change flows to, the subject first (validations, sites and filings are listed apart). */
  readonly entities: ReadonlyMap<string, Reached>;
  readonly sites: readonly Reached[];
  readonly products: readonly Reached[];
  readonly filings: readonly Reached[];
  /** Validations covering the subject, a part put in or out, or anything reached. */
  readonly validations: readonly Reached[];
  /** Stages of the materials that the subject makes, tests, is part of or feeds directly. */
  readonly stages: readonly string[];
  /** For each filing reached through `references`: the DMFs, ASMFs and CEPs, reached too, that it refers to. */
  readonly through: ReadonlyMap<string, readonly string[]>;
}

/** The directed graph of the registry. Reach is memoised per subject. */
export interface Network {
  readonly registry: Registry;
  reach(edit: Edit): Reach;
  /** The sites at which an entity stands (a step's sites, equipment's site, a material's makers' and users' sites). */
  sitesOf(id: string): readonly string[];
  /** The validations whose `covers` holds the entity, sorted by ID. */
  validationsOf(id: string): readonly Entity[];
  /** The entities of a kind that feed an entity directly, as the registry stands (`equipment` of a step). */
  feeding(id: string, kind: Kind): readonly string[];
  /** What a change of an entity flows to directly, sorted by ID; validations are not among them. */
  outgoing(id: string): readonly string[];
  /** What feeds an entity directly, sorted by ID. */
  incoming(id: string): readonly string[];
  /** The names, as the registry notes them, of all that may be looked up here with another result than in a network before. */
  differences(before: Network): Iterable<string>;
}
