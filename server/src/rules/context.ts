import type { Edit } from '../model/edit.js';
import type { Network, Reach } from '../network/network.js';
import type { Entity } from '../registry/entity.js';
import type { Registry } from '../registry/registry.js';
import type { Formula } from './formula.js';
import type { Condition, Pack, Rule } from './rule.js';

/** What the record says of one condition: nothing, an answer, or two that contradict each other. */
export interface ConditionAnswers {
  /**
   * The answer to `condition` (full name `PACK/NAME`, or a protocol's ID) for an edit, as far as the record
   * gives one that applies to the edit, its parts, the product or the filing. `contradictory` leaves it open.
   */
  answer(
    condition: string,
    edit: Edit,
    product: string | null,
    filing: string | null,
  ): boolean | 'contradictory' | undefined;

  /** The answer that counts says the opposite of what the condition's default makes of the registry. */
  overrides(condition: string, edit: Edit, product: string | null, filing: string | null): void;
}

/**
 * Where an expression is evaluated: one edit, seen for one product and stage that it reaches, and, for the
 * rules of a market's pack, one filing.
 */
export interface Context {
  readonly registry: Registry;
  readonly network: Network;
  readonly edit: Edit;
  /** Every edit of the record, for `total(x)`. */
  readonly edits: readonly Edit[];
  readonly reach: Reach;
  readonly product: Entity | null;
  /** Null where no stage is known. */
  readonly stage: string | null;
  readonly filing: Entity | null;
  /** The pack under which the rule is judged (for `accepts`); a using pack, not the used one. */
  readonly pack: Pack | null;
  readonly answers: ConditionAnswers;
  /** What conditions have come to here already: many rules ask the same ones. */
  readonly conditions: Map<Condition, Formula>;
  /** What the `when` of rules has come to here already: a rule is asked about for each of its clauses. */
  readonly held: Map<Rule, Formula>;
  /** The day on which it is judged, in days since 1970-01-01. */
  readonly day: number;
}
