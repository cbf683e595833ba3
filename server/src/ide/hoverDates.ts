/** What hovers, lenses and hints share: which category an edit brings about, and when it may be implemented. */
import { awaitsApproval, earliestFor } from '../checks/clocks.js';
import type { Analysis } from '../impact/analyse.js';
import { Answers } from '../impact/answers.js';
import { packsJudging } from '../impact/case.js';
import { filingPlan } from '../impact/clockPlan.js';
import type { Obligation } from '../impact/obligation.js';
import type { World } from '../impact/world.js';
import type { ChangeRecord } from '../model/record.js';
import type { Pack } from '../rules/rule.js';

/** From the lowest category that is possible to the highest; null where no pack says any. */
export interface CategorySpan {
  readonly lowest: string | null;
  readonly highest: string | null;
}

/** The answers of a record and of those that are parts of it, as the analysis reads them. */
export function answersOf(record: ChangeRecord, world: World): Answers {
  const children = world.childrenOf(record.id);
  return new Answers(
    record,
    children.filter(({ status }) => status !== 'rejected' && status !== 'cancelled'),
  );
}

/**
 * When the declared category of a filing lets the change be implemented; null where none is declared, or none that is
 * enough: its clock would promise a day that what is owed does not allow.
 */
export function datesOf(
  filing: Obligation,
  analysis: Analysis,
  world: World,
): {
  readonly earliest: number | null;
  readonly awaitsApproval: boolean;
  /** A higher category may yet be owed, and with it another day. */
  readonly isProvisional: boolean;
} | null {
  if (!filing.category?.declared) return null;
  const answers = answersOf(analysis.record, world);
  const { category, declared, provisional } = filingPlan(filing, answers, world);
  if (category !== declared) return null;
  return {
    isProvisional: provisional,
    earliest: earliestFor(filing, answers, world),
    awaitsApproval: awaitsApproval(filing, answers, world),
  };
}

/** The pack of a filing that knows a category. */
export function packOf(filing: Obligation, category: string, world: World): Pack | undefined {
  const entity = world.registry.get(filing.target);
  if (!entity) return undefined;
  return packsJudging(world, entity, filing.judgedOn).find((pack) => pack.categories.includes(category));
}

/**
 * The categories that some edits of a record may bring about for a filing. For all the edits that reach it
 * this is what the analysis found; for a part of them it is read from the rules that hold or may hold.
 */
export function spanFor(
  filing: Obligation,
  edits: ReadonlySet<string>,
  analysis: Analysis,
  world: World,
): CategorySpan {
  const whole = filing.category ?? { lowest: null, highest: null };
  const reaching = analysis.traced.filter(({ reach }) =>
    reach.filings.some(({ id }) => id === filing.target),
  );
  if (reaching.every(({ edit }) => edits.has(edit.key))) return whole;
  const items = filing.items.filter(({ edit }) => edits.has(edit));
  const categories = items[0] && packOf(filing, items[0].category, world)?.categories;
  if (!categories) return whole;
  const ranks = items.map(({ category }) => categories.indexOf(category));
  const certain = items.flatMap((item, index) => {
    const isCertain = filing.because.some(
      ({ edit, rule, certain }) => certain && edit === item.edit && rule === item.rule,
    );
    return isCertain ? [ranks[index]!] : [];
  });
  const lowest = whole.lowest === 'none' ? 0 : certain.length > 0 ? Math.max(...certain) : Math.min(...ranks);
  return { lowest: categories[lowest] ?? null, highest: categories[Math.max(...ranks)] ?? null };
}

/** `PAS`, `CBE-30 to PAS`, or `open`. */
export function spanWords({ lowest, highest }: CategorySpan): string {
  if (lowest === null || highest === null) return 'open';
  return lowest === highest ? lowest : `${lowest} to ${highest}`;
}
