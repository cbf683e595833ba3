import { addMonths, addQuantity } from '../base/date.js';
import type { ClockStep, Pack } from '../rules/rule.js';

/** What a category's clock allows, as far as the record's dates settle it. */
export interface Clock {
  /** Needs an approval before the change may be implemented. */
  readonly needsApproval: boolean;
  /** The first day on which the change may be implemented; null where a missing date leaves it unknown. */
  readonly earliest: number | null;
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
}

/**
 * Runs a category's clock on the dates given. `approval`: not before the approval. `wait N`: not before N
 * after submission. `on-receipt`: not before submission. `afterwards`: at any time, to be submitted within
 * what `within` says, counted from the implementation or from the next anniversary of the filing's approval. `typical` is what authorities usually take and binds nobody.
 */
export function clockOf(pack: Pack, category: string, dates: FilingDates): Clock {
  const steps = pack.clocks.get(category) ?? [];
  const has = (step: ClockStep['step']): boolean => steps.some((one) => one.step === step);
  const needsApproval = has('approval');
  let earliest: number | null = null;
  let submitBy: number | null = null;
  for (const step of steps) {
    if (step.step === 'wait' && dates.submitted !== null && step.value.kind === 'amount') {
      earliest = later(earliest, addQuantity(dates.submitted, step.value.amount));
    }
    if (step.step === 'on-receipt') earliest = later(earliest, dates.submitted);
    if (step.step === 'within' && has('afterwards') && step.value.kind === 'amount') {
      const start = step.ofAnniversary ? nextAnniversary(dates) : dates.implemented;
      if (start !== null) submitBy = addQuantity(start, step.value.amount);
    }
  }
  if (needsApproval) earliest = dates.approved ?? later(earliest, dates.submitted);
  return { needsApproval, earliest, submitBy };
}

/** Whether a category's clock judges a filing on the day of implementation (EU Type IA). */
export function judgedOnImplementation(pack: Pack, category: string): boolean {
  return (pack.clocks.get(category) ?? []).some(
    (step) => step.step === 'judged' && step.on === 'implementation',
  );
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
