import type { Range } from '../base/span.js';
import type { Severity } from '../checks/finding.js';
import type { DutyKind, State } from '../impact/obligation.js';

/** The report of a whole check, as `--format json` prints it (contract, section 7). Everything is sorted. */
export interface Report {
  readonly version: 1;
  readonly tool: { readonly name: 'entail'; readonly version: string };
  readonly asOf: string;
  readonly packs: readonly { readonly id: string; readonly rules: number; readonly sha256: string }[];
  readonly summary: ReportSummary;
  readonly changes: readonly ReportChange[];
  readonly findings: readonly ReportFinding[];
}

export interface ReportSummary {
  readonly changes: number;
  readonly obligations: number;
  readonly unmet: number;
  readonly insufficient: number;
  readonly open: number;
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
}

export interface ReportChange {
  readonly id: string;
  readonly title: string | null;
  readonly status: string | null;
  readonly file: string;
  readonly edits: readonly { readonly key: string; readonly range: Range }[];
  readonly reached: {
    readonly sites: readonly string[];
    readonly validations: readonly string[];
    readonly filings: readonly string[];
    readonly products: readonly string[];
  };
  readonly obligations: readonly ReportObligation[];
}

export interface ReportObligation {
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
  readonly judgedOn: string | null;
  readonly items: readonly { readonly edit: string; readonly category: string; readonly rule: string }[];
  readonly because: readonly {
    readonly rule: string;
    readonly cite: readonly string[];
    readonly basis: string;
    readonly edit: string;
    readonly path: readonly string[];
  }[];
  readonly questions: readonly { readonly condition: string; readonly for: string; readonly text: string }[];
  readonly facts: readonly { readonly entity: string; readonly attribute: string }[];
  readonly dossier: readonly string[];
  readonly documents: readonly string[];
  /** `3..9 months`, as the pack says it. */
  readonly lead: string | null;
  /** What the duty asks, in words. */
  readonly text: string;
  /** Where the record declares it. */
  readonly range: Range | null;
}

export interface ReportFinding {
  readonly code: string;
  readonly severity: Severity;
  readonly change: string | null;
  readonly file: string;
  readonly range: Range;
  readonly message: string;
  readonly obligation: string | null;
  readonly related: readonly { readonly message: string; readonly file: string; readonly range: Range }[];
}
