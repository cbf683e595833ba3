import type { Value } from '../base/value.js';
import type { Place } from '../model/edit.js';
import type { MissingFact, Question } from '../rules/formula.js';
import type { Basis } from '../rules/rule.js';

export type DutyKind = 'filing' | 'revalidation' | 'assessment' | 'notification' | 'approval' | 'task';

/** See the contract, section 5: what is declared, held against what is owed. */
export type State = 'met' | 'unmet' | 'insufficient' | 'waived' | 'open';

/** Why something is owed: a rule (or a quality agreement), the edit that sets it off, the path to the target. */
export interface Reason {
  /** Full name of the rule, or the ID of the quality agreement. */
  readonly rule: string;
  readonly cite: readonly string[];
  readonly basis: Basis;
  readonly edit: string;
  /** From the edit's subject to the target, both included where the target is in the registry. */
  readonly path: readonly string[];
  /** False where it hangs on a question or on a missing fact. */
  readonly certain: boolean;
}

/** One variation of a filing: an edit and the rule that classifies it. */
export interface FilingItem {
  readonly edit: string;
  readonly category: string;
  readonly rule: string;
}

export interface Obligation {
  /** `CHANGE:DUTY:TARGET[@SITE]`. */
  readonly id: string;
  readonly kind: DutyKind;
  readonly state: State;
  readonly target: string;
  readonly market: string | null;
  readonly site: string | null;
  readonly validationKind: string | null;
  readonly category: {
    readonly lowest: string | null;
    readonly highest: string | null;
    readonly declared: string | null;
  } | null;
  /** The day on which a filing is judged, in days since 1970-01-01; null for the others. */
  readonly judgedOn: number | null;
  readonly items: readonly FilingItem[];
  readonly because: readonly Reason[];
  readonly questions: readonly Question[];
  readonly facts: readonly MissingFact[];
  readonly dossier: readonly string[];
  readonly documents: readonly string[];
  readonly lead: Value | null;
  /** The answer that declares it, if any. */
  readonly answer: Place | null;
  /** What a declared answer falls short in, where the state is `insufficient`. */
  readonly shortfall: 'category' | 'site' | 'time' | null;
  /** What the duty asks in words: a task's text, the rules' titles. */
  readonly text: string;
}
