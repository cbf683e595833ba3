import { addMonths, addQuantity } from '../base/date.js';
import type { Amount } from '../base/quantity.js';
import type { Value } from '../base/value.js';
import type { ClockStep, Pack } from '../rules/rule.js';

/** What a category's clock allows, as far as the record's dates settle it. All in days since 1970-01-01. */
export interface Clock {
  /** Needs an approval before the change may be implemented. */
  readonly needsApproval: boolean;
  /** The first day on which the change may be implemented; null where a missing date leaves it unknown. */
  readonly earliest: number | null;
  /**
   * The first day where the filing's `procedure` is not known and one of those that the clock names takes longer;
   * else the same as `earliest`.
   */
  readonly earliestOfAnyProcedure: number | null;
  /** The last day on which the change may still be implemented after its approval; null where the clock sets none. */
  readonly implementBy: number | null;
  /** The first day on which the filing is due; a plan, not a duty: a change may ride in an earlier report. */
  readonly submitFrom: number | null;
  /** The last day on which the filing may still be submitted; null where the clock sets none that is known. */
  readonly submitBy: number | null;
}

/** The dates that a record gives for one filing, in days since 1970-01-01. */
export interface FilingDates {
  readonly submitted: number | null;
  readonly approved: number | null;
  readonly implemented: number | null;
  /** The day on which the filing itself was first approved, from which anniversaries count. */
  readonly firstApproved: number | null;
  /** `CP`, `MRP`, `DCP` or `NP`, where the registry says it. */
  readonly procedure?: string | null | undefined;
}

/**
 * Runs a category's clock on the dates given. The day of submission, approval or implementation is day 0, and
 * `N days` after it is day N: `wait 30 days` lets a change be implemented on day 30 ("not less than 30 days
 * after receipt", 21 CFR 314.70(c)(4)), and what the law allows on the first day *after* day 30 is
 * written `wait 31 days` (EU Type IB).
 *
 * `approval`: not before the approval. `wait N`: not before N after the approval, where the clock has one, else
 * not before N after the submission or the authority's earlier acceptance; `for MRP`: where the filing is of that procedure.
 * `on-receipt`: not before submission. `afterwards`: at any time, to be submitted within what `within` says,
 * counted from the implementation or from the next anniversary of the filing's approval; `within 9..12 months`
 * also says from when. Beside `approval`, `within` is the time for putting the change in place after it.
 * `typical` is what authorities usually take and binds nobody.
 */
export function clockOf(pack: Pack, category: string, dates: FilingDates): Clock {
  const steps = pack.clocks.get(category) ?? [];
  const has = (step: ClockStep['step']): boolean => steps.some((one) => one.step === step);
  const needsApproval = has('approval');
  const start = needsApproval ? dates.approved : dates.submitted;
  const waits = steps.flatMap((step) => (step.step === 'wait' ? [step] : []));
  const waited = (isMeant: (procedure: string) => boolean): number | null =>
    waits
      .filter((step) => step.procedure === null || isMeant(step.procedure))
      .map((step) => afterWhole(start, step.value))
      .reduce(later, null);
  const first = (isMeant: (procedure: string) => boolean): number | null => {
    const day = waited(isMeant);
    if (needsApproval) return later(later(day, dates.approved), dates.submitted);
    const received = has('on-receipt') ? dates.submitted : null;
    const accepted = day !== null && dates.approved !== null ? Math.min(day, dates.approved) : day;
    return later(accepted, received);
  };
  const procedure = dates.procedure ?? null;
  const earliest = first((one) => one === procedure);
  const [submitFrom, submitBy] = has('afterwards') ? dueWindow(steps, dates) : [null, null];
  const within = steps.find((step) => step.step === 'within');
  return {
    needsApproval,
    earliest,
    earliestOfAnyProcedure: procedure === null ? first(() => true) : earliest,
    implementBy: needsApproval && within ? afterWhole(dates.approved, within.value) : null,
    submitFrom,
    submitBy,
  };
}

/** First and last day of a filing that follows the implementation. */
function dueWindow(
  steps: readonly ClockStep[],
  dates: FilingDates,
): readonly [from: number | null, by: number | null] {
  let from: number | null = null;
  let by: number | null = null;
  for (const step of steps) {
    if (step.step !== 'within') continue;
    const start = step.ofAnniversary ? nextAnniversary(dates) : dates.implemented;
    const [shortest, longest] = lengthsOf(step.value);
    if (start === null || !shortest || !longest) continue;
    from = step.ofAnniversary ? start : shortest === longest ? null : addQuantity(start, shortest);
    by = addQuantity(start, longest);
  }
  return [from, by];
}

/**
 * The days between which authorities typically decide on what is submitted on a day; null where the pack gives
 * no typical time for filings of the type. Working days are counted as Monday to Friday: public holidays are not known.
 */
export function typicalDecision(
  pack: Pack,
  category: string,
  submitted: number,
  filingType: string | null,
): readonly [first: number, last: number] | null {
  const steps = (pack.clocks.get(category) ?? []).flatMap((step) => (step.step === 'typical' ? [step] : []));
  const typical =
    steps.find((step) => step.filingType === filingType) ?? steps.find((step) => step.filingType === null);
  if (!typical) return null;
  const [shortest, longest] = lengthsOf(typical.value).map((amount) => addQuantity(submitted, amount));
  return shortest == null ? null : [shortest, longest ?? shortest];
}

/** Whether a category's clock judges a filing on the day of implementation (EU Type IA). */
export function judgedOnImplementation(pack: Pack, category: string): boolean {
  return (pack.clocks.get(category) ?? []).some(
    (step) => step.step === 'judged' && step.on === 'implementation',
  );
}

/** The shortest and the longest of `3..9 months`; twice the same of `30 days`; empty of what is no duration. */
export function lengthsOf(value: Value): readonly Amount[] {
  if (value.kind === 'amount') return [value.amount, value.amount];
  if (value.kind !== 'interval' || !value.low || !value.high) return [];
  return [value.low.amount, value.high.amount];
}

function afterWhole(start: number | null, value: Value): number | null {
  const longest = lengthsOf(value).at(-1);
  return start === null || !longest ? null : addQuantity(start, longest);
}

/** The first anniversary of the filing's own approval that is not before the implementation. */
function nextAnniversary({ firstApproved, implemented }: FilingDates): number | null {
  if (firstApproved === null || implemented === null) return null;
  let anniversary = addMonths(firstApproved, 12);
  for (let year = 2; anniversary < implemented; year++) anniversary = addMonths(firstApproved, 12 * year);
  return anniversary;
}

function later(one: number | null, other: number | null): number | null {
  return one === null ? other : other === null ? one : Math.max(one, other);
}
