import type { MissingFact } from '../rules/formula.js';
import type { Analysis } from './analyse.js';
import type { State } from './obligation.js';

/** What of an analysis is asked about whole workspaces; it stays when the analysis is let go of. */
export interface Entailed {
  /** How many obligations are in each state. */
  readonly counts: { readonly [S in State]: number };
  /** What the registry lacks for the obligations, each once. */
  readonly facts: readonly MissingFact[];
  /** What a record with `expect` lines shows of rules; null of any other. */
  readonly shown: ShownRules | null;
}

/** Full names of the rules that hold or may hold for a record, and the names that its `expect no` lines give. */
export interface ShownRules {
  readonly considered: ReadonlySet<string>;
  readonly ruledOut: readonly string[];
}

export function entailedBy({ record, obligations, considered }: Analysis): Entailed {
  const facts = new Map<string, MissingFact>();
  for (const obligation of obligations)
    for (const fact of obligation.facts) facts.set(`${fact.entity}.${fact.attribute}`, fact);
  return {
    counts: countsOf(obligations),
    facts: facts.size === 0 ? NO_FACTS : [...facts.values()],
    shown: record.hasExpectations ? { considered: considered(), ruledOut: ruledOutBy(record) } : null,
  };
}

/** How many of them are in each state. */
export function countsOf(obligations: Iterable<{ readonly state: State }>): Entailed['counts'] {
  const counts = { met: 0, unmet: 0, insufficient: 0, waived: 0, open: 0 };
  for (const { state } of obligations) counts[state]++;
  return counts;
}

const NO_FACTS: readonly MissingFact[] = [];

function ruledOutBy({ expects }: Analysis['record']): readonly string[] {
  return expects.flatMap((expect) => (expect.kind === 'expect-no' && expect.rule ? [expect.rule.text] : []));
}
