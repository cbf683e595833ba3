/**
 * When the filings of one record may be submitted and the change put in place, and from when product made by
 * it may ship in each market. What the record dates is taken as it is; what it does not is counted from the day
 * on which the question is asked, and marked.
 */
import { addQuantity } from '../base/date.js';
import type { Value } from '../base/value.js';
import { textAt } from '../registry/registry.js';
import type { Basis, Pack } from '../rules/rule.js';
import type { Analysis } from './analyse.js';
import { Answers, fileAnswersFor } from './answers.js';
import { packsJudging } from './case.js';
import { type Clock, clockOf, lengthsOf, typicalDecision } from './clock.js';
import { isSameSite, targetName } from './duties.js';
import { approvalDay, firstApproval, implementationDay } from './filingDates.js';
import type { Obligation, State } from './obligation.js';
import type { World } from './world.js';

/**
 * How sure a day is: `any` day will do; `set` by dates of the record; `assumed`, as if it were submitted or begun on the
 * day asked; `expected` from times that are typical and bind nobody; `unknown`: no earlier than the day, if there is one.
 */
export type Certainty = 'any' | 'set' | 'assumed' | 'expected' | 'unknown';

/** A day, in days since 1970-01-01, and how sure it is. */
export interface Moment {
  readonly day: number | null;
  readonly certainty: Certainty;
}

export interface PlanRule {
  readonly rule: string;
  readonly title: string;
  /** Those that it may give, highest first. */
  readonly categories: readonly string[];
  readonly cite: readonly string[];
  readonly basis: Basis | null;
}

/** The plan of one filing. */
export interface FilingPlan {
  readonly filing: string;
  readonly market: string | null;
  readonly state: State;
  /** The category that the days are worked out for: the declared one if it may be enough, else the highest possible; null where open. */
  readonly category: string | null;
  /** True where a higher category is still possible. */
  readonly provisional: boolean;
  readonly declared: string | null;
  readonly lowest: string | null;
  readonly highest: string | null;
  readonly rules: readonly PlanRule[];
  readonly questions: readonly string[];
  readonly submitted: number | null;
  readonly submitFrom: number | null;
  readonly submitBy: number | null;
  /** True where the days to submit count from the day asked, since the record gives no day of implementation. */
  readonly submitAssumed: boolean;
  readonly needsApproval: boolean;
  readonly approved: number | null;
  /** The day on which the record puts the change in place for this filing. */
  readonly implemented: number | null;
  readonly earliest: Moment;
  readonly implementBy: number | null;
  /** True where the days are those of the slowest procedure, since the registry names none. */
  readonly procedureMissing: boolean;
}

export interface MarketPlan {
  readonly market: string;
  readonly filings: readonly FilingPlan[];
  readonly ships: Moment;
  /** True where a filing may yet need a higher category, and the day move with it. */
  readonly provisional: boolean;
  /** What sets the day, or leaves it unknown: filings and validations. */
  readonly waitsFor: readonly string[];
}

/** The plan of a record, market by market, sorted; a filing without a market stands under `?`. */
export function planOf(analysis: Analysis, world: World): readonly MarketPlan[] {
  const answers = new Answers(
    analysis.record,
    world
      .childrenOf(analysis.record.id)
      .filter(({ status }) => status !== 'rejected' && status !== 'cancelled'),
  );
  const filings = analysis.obligations
    .filter(({ kind }) => kind === 'filing')
    .map((filing) => filingPlan(filing, answers, world));
  const markets = [...new Set(filings.map(({ market }) => market ?? '?'))].sort();
  return markets.map((market) => {
    const own = filings.filter((filing) => (filing.market ?? '?') === market);
    const waits = [
      ...own.map(({ filing, earliest }) => ({ name: filing, moment: earliest })),
      ...validationsOf(analysis, market, answers, world),
    ];
    return { market, filings: own, provisional: own.some((one) => one.provisional), ...latestOf(waits) };
  });
}

/** The plan of one filing: an obligation of the kind `filing`. */
export function filingPlan(filing: Obligation, answers: Answers, world: World): FilingPlan {
  const entity = world.registry.get(filing.target)!;
  const { lowest, highest, declared } = filing.category ?? { lowest: null, highest: null, declared: null };
  const packs = packsJudging(world, entity, filing.judgedOn);
  const pack = packs.find(({ categories }) => categories.includes(declared ?? highest ?? ''));
  const rankOf = (one: string | null): number => (one === null ? -1 : (pack?.categories.indexOf(one) ?? -1));
  const isEnough = declared !== null && rankOf(declared) >= rankOf(lowest);
  const category = pack ? (isEnough ? declared : highest) : null;
  const implemented = implementationDay(answers, filing.target);
  const approved = approvalDay(answers, filing.target);
  const submitted =
    fileAnswersFor(answers, filing.target).find((one) => one.category?.text === declared)?.on?.day ?? null;
  const dates = {
    submitted: submitted ?? world.asOf,
    approved,
    implemented: implemented ?? world.asOf,
    firstApproved: firstApproval(entity),
    procedure: textAt(entity, 'procedure') ?? null,
    filingType: textAt(entity, 'type') ?? null,
  };
  const clock = pack && category ? clockOf(pack, category, dates) : null;
  return {
    filing: filing.target,
    market: filing.market,
    state: filing.state,
    category,
    provisional: rankOf(highest) > rankOf(category),
    declared,
    lowest,
    highest,
    rules: rulesOf(filing, pack, world),
    questions: filing.questions.map(({ text }) => text),
    submitted,
    submitFrom: clock?.submitFrom ?? null,
    submitBy: clock?.submitBy ?? null,
    submitAssumed: implemented === null,
    needsApproval: clock?.needsApproval ?? false,
    approved,
    implemented,
    earliest: earliestOf(clock, pack, category, dates, submitted),
    implementBy: clock?.implementBy ?? null,
    procedureMissing: dates.procedure === null && hangsOnProcedure(pack, category),
  };
}

function hangsOnProcedure(pack: Pack | undefined, category: string | null): boolean {
  const steps = pack?.clocks.get(category ?? '') ?? [];
  return steps.some((step) => step.step === 'wait' && step.procedure !== null);
}

function earliestOf(
  clock: Clock | null,
  pack: Pack | undefined,
  category: string | null,
  dates: Parameters<typeof clockOf>[2] & { readonly submitted: number; readonly filingType: string | null },
  submitted: number | null,
): Moment {
  if (category === 'none') return { day: null, certainty: 'any' };
  if (!clock || !pack || category === null) return { day: null, certainty: 'unknown' };
  if (clock.needsApproval && dates.approved === null) {
    const typical = typicalDecision(pack, category, dates.submitted, dates.filingType);
    if (typical === null) return { day: dates.submitted, certainty: 'unknown' };
    const { earliestOfAnyProcedure } = clockOf(pack, category, { ...dates, approved: typical[1] });
    return { day: earliestOfAnyProcedure, certainty: 'expected' };
  }
  const day = clock.earliestOfAnyProcedure;
  if (day === null) return { day: null, certainty: 'any' };
  return { day, certainty: submitted !== null || dates.approved !== null ? 'set' : 'assumed' };
}

/** The rules of the items, those of the highest category first; each once. */
function rulesOf(filing: Obligation, pack: Pack | undefined, world: World): readonly PlanRule[] {
  const rankOf = (category: string): number => pack?.categories.indexOf(category) ?? 0;
  const names = [...new Set(filing.items.map(({ rule }) => rule))];
  const rules = names.map((rule) => {
    const reason = filing.because.find((one) => one.rule === rule);
    const own = filing.items.filter((item) => item.rule === rule).map(({ category }) => category);
    return {
      rule,
      title: world.rules.rules.get(rule)?.title ?? '',
      categories: [...new Set(own)].sort((a, b) => rankOf(b) - rankOf(a)),
      cite: reason?.cite ?? [],
      basis: reason?.basis ?? null,
    };
  });
  return rules.sort(
    (a, b) => rankOf(b.categories[0]!) - rankOf(a.categories[0]!) || (a.rule < b.rule ? -1 : 1),
  );
}

interface Waiting {
  readonly name: string;
  readonly moment: Moment;
}

/** When the validations that the record owes for a market are ready: as declared, else as long as they typically take. */
function validationsOf(
  analysis: Analysis,
  market: string,
  answers: Answers,
  world: World,
): readonly Waiting[] {
  const answered = answers.of('revalidate');
  return analysis.obligations.flatMap((owed) => {
    const isOwed =
      owed.kind === 'revalidation' && owed.because.some(({ rule }) => concerns(rule, market, world));
    const answer = answered.find(
      (one) => one.target && targetName(one.target) === owed.target && isSameSite(one, owed),
    );
    const isAnswered = owed.kind === 'assessment' && answer !== undefined;
    if (!isOwed && !isAnswered) return [];
    const name = owed.site === null ? owed.target : `${owed.target} at ${owed.site}`;
    const day = answer?.done?.day ?? answer?.by?.day;
    if (day !== undefined) return [{ name, moment: { day, certainty: 'set' } }];
    return [{ name, moment: afterLead(owed, world) }];
  });
}

function afterLead({ lead, validationKind }: Obligation, world: World): Moment {
  const typical: Value | null = lead ?? leadOf(validationKind, world);
  const longest = typical && lengthsOf(typical).at(-1);
  const day = longest ? addQuantity(world.asOf, longest) : null;
  return day === null ? { day: world.asOf, certainty: 'unknown' } : { day, certainty: 'expected' };
}

function leadOf(kind: string | null, world: World): Value | null {
  if (kind === null) return null;
  for (const pack of world.rules.packs.values()) {
    const lead = pack.leads.get(kind);
    if (lead) return lead;
  }
  return null;
}

/** Whether a rule speaks for a market: one of that market's packs, of a pack that it uses, or of no market at all. */
function concerns(rule: string, market: string, world: World): boolean {
  const own = world.rules.rules.get(rule)?.pack;
  const pack = own === undefined ? undefined : world.rules.packs.get(own);
  if (!pack || pack.market === null || pack.market === market) return true;
  return [...world.rules.packs.values()].some((one) => one.market === market && one.uses.includes(pack.id));
}

const SURENESS: readonly Certainty[] = ['any', 'set', 'assumed', 'expected', 'unknown'];

/** The latest of all, no surer than the least sure of them; and what sets it. */
function latestOf(waits: readonly Waiting[]): {
  readonly ships: Moment;
  readonly waitsFor: readonly string[];
} {
  let day: number | null = null;
  let sureness = 0;
  for (const { moment } of waits) {
    if (moment.day !== null) day = day === null ? moment.day : Math.max(day, moment.day);
    sureness = Math.max(sureness, SURENESS.indexOf(moment.certainty));
  }
  const certainty = SURENESS[sureness]!;
  const decides = ({ moment }: Waiting): boolean =>
    moment.certainty === 'unknown' || (moment.day !== null && moment.day === day);
  return { ships: { day, certainty }, waitsFor: [...new Set(waits.filter(decides).map(({ name }) => name))] };
}
