import type { Value } from '../base/value.js';
import type { Action } from '../model/edit.js';
import type { ExprNode, Node, ScopeWord } from '../syntax/nodes.js';

export type Basis = 'official' | 'secondary' | 'recalled';

/** Where something of a pack stands: a node of a rules file. */
export interface RuleLocation {
  readonly file: string;
  readonly node: Node;
}

/** One step of a category's clock, as the pack says it. */
export type ClockStep =
  | { readonly step: 'approval' }
  | { readonly step: 'on-receipt' }
  | { readonly step: 'afterwards' }
  | {
      readonly step: 'wait';
      readonly value: Value;
      /** Only for filings of this procedure (`MRP`); null for all. */
      readonly procedure: string | null;
    }
  | {
      readonly step: 'typical';
      readonly value: Value;
      /** Only for filings of this type (`ANDA`); null for those that no other step names. */
      readonly filingType: string | null;
    }
  | { readonly step: 'within'; readonly value: Value; readonly ofAnniversary: boolean }
  | { readonly step: 'judged'; readonly on: 'submission' | 'implementation' };

/** A rule pack: a market's law on changes, or a body of duties that holds everywhere (`market` null). */
export interface Pack {
  readonly id: string;
  readonly title: string;
  readonly market: string | null;
  /** Types of filing that it governs; empty for a pack without a market. */
  readonly filings: readonly string[];
  readonly source: string;
  /** First and last day (since 1970-01-01) on which it is in force, both inclusive; null is unbounded. */
  readonly from: number | null;
  readonly until: number | null;
  /** Authorities whose inspections and authorisations count. */
  readonly accepts: readonly string[];
  /** Lowest first; `none` is always the first. */
  readonly categories: readonly string[];
  readonly clocks: ReadonlyMap<string, readonly ClockStep[]>;
  /** Full name of the rule that decides where no other reports; null if the pack names none. */
  readonly otherwise: string | null;
  /** Packs whose rules and conditions it takes over under its own market, filings, clocks and `accepts`. */
  readonly uses: readonly string[];
  /** Typical lead times by validation kind: for the timeline, never a duty. */
  readonly leads: ReadonlyMap<string, Value>;
  readonly orders: readonly { readonly before: string; readonly after: string }[];
  /** Hash of the pack's source texts (hex), for the report. */
  readonly sha256: string;
  readonly location: RuleLocation;
}

export interface Condition {
  /** `PACK/NAME`. */
  readonly name: string;
  readonly pack: string;
  readonly shortName: string;
  readonly question: string;
  readonly fallback: ExprNode | null;
  readonly cite: string | null;
  readonly location: RuleLocation;
}

export interface Trigger {
  /** Null for `any edit`; then part and subject are null too. */
  readonly action: Action | null;
  readonly part: string | null;
  readonly subject: string | null;
}

export interface Report {
  readonly category: string;
  /** Full names of the rules whose reports it displaces while it holds. */
  readonly insteadOf: readonly string[];
  readonly when: ExprNode | null;
  /** `otherwise`: holds where none of the rule's other reports does. */
  readonly otherwise: boolean;
  readonly once: boolean;
}

export interface Duty {
  readonly duty: 'revalidate' | 'assess';
  readonly validationKind: string;
  readonly scope: ScopeWord | null;
  readonly atDestination: boolean;
  readonly when: ExprNode | null;
}

export interface Rule {
  /** `PACK/NAME`. */
  readonly name: string;
  readonly shortName: string;
  /** The pack that it is written in. */
  readonly pack: string;
  readonly title: string;
  readonly triggers: readonly Trigger[];
  readonly when: ExprNode | null;
  readonly reports: readonly Report[];
  readonly duties: readonly Duty[];
  readonly tasks: readonly { readonly id: string; readonly text: string; readonly when: ExprNode | null }[];
  readonly notifies: readonly { readonly role: string; readonly when: ExprNode | null }[];
  readonly cites: readonly string[];
  readonly dossier: readonly string[];
  readonly documents: readonly string[];
  readonly lead: Value | null;
  readonly basis: Basis;
  readonly from: number | null;
  readonly until: number | null;
  /** Full names (`PACK/NAME`) of the rules whose place it took; those need not be there any more. */
  readonly supersedes: readonly string[];
  readonly location: RuleLocation;
  /** Set where a workspace's rule of the same full name overrides a shipped one: where that one stands. */
  readonly overrides: RuleLocation | null;
}

/** Whether a rule asks for more than a filing. */
export function asksForMore({ duties, tasks, notifies }: Rule): boolean {
  return duties.length + tasks.length + notifies.length > 0;
}

/** Something wrong in a pack, at its place. */
export interface RuleProblem {
  readonly code:
    | 'syntax'
    | 'rules/unknown-fact'
    | 'rules/type-mismatch'
    | 'rules/dead-trigger'
    | 'rules/no-citation'
    | 'rules/no-example'
    | 'rules/overrides';
  readonly location: RuleLocation;
  readonly message: string;
  readonly replacement?: string;
}
