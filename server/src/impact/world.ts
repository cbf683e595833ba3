import type { ChangeRecord } from '../model/record.js';
import type { Network } from '../network/network.js';
import type { Registry } from '../registry/registry.js';
import type { RuleSet } from '../rules/compile.js';

/** Everything that the analysis of one record reads, apart from the record. */
export interface World {
  readonly registry: Registry;
  readonly network: Network;
  readonly rules: RuleSet;
  /** The day on which it is asked, in days since 1970-01-01. */
  readonly asOf: number;
  /** A record by its ID, for `after` and `parent`. */
  record(id: string): ChangeRecord | undefined;
  /** The records that name this one as their `parent`, sorted by ID. */
  childrenOf(id: string): readonly ChangeRecord[];
}
