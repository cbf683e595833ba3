import type { Range } from '../base/span.js';
import type { Code } from './codes.js';

export type Severity = 'error' | 'warning' | 'info';

/** Another place that explains a finding: a hop of the impact path, the first of two equal IDs. */
export interface RelatedPlace {
  readonly message: string;
  readonly file: string;
  readonly range: Range;
}

/** One thing that a person should look at, at its place. */
export interface Finding {
  readonly code: Code;
  readonly severity: Severity;
  readonly message: string;
  /** Relative to the workspace, with `/`. */
  readonly file: string;
  readonly range: Range;
  /** ID of the change record, or null. */
  readonly change: string | null;
  /** ID of the obligation, or null. */
  readonly obligation: string | null;
  readonly related: readonly RelatedPlace[];
  /** Text that would mend the range, where one is known (the nearest name, the registry's value). */
  readonly replacement: string | null;
}
