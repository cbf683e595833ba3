import { addQuantity } from '../base/date.js';
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
}

/**
 * Runs a category's clock on the dates given. `approval`: not before the approval. `wait N`: not before N
 * after submission. `on-receipt`: not before submission. `afterwards`: at any time, to be submitted within
 * what `within` says. `typical` is what authorities usually take and binds nobody.
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
    if (step.step === 'within' && !step.ofAnniversary && has('afterwards') && dates.implemented !== null) {
      if (step.value.kind === 'amount') submitBy = addQuantity(dates.implemented, step.value.amount);
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

function later(one: number | null, other: number | null): number | null {
  return one === null ? other : other === null ? one : Math.max(one, other);
}
