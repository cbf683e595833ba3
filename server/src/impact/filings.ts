/**
 * What each filing that a record reaches is owed: the category that its market's rules give the edits, held
 * against the category that the record declares.
 */
import { formatDate } from '../base/date.js';
import { distinct, sortedUnion } from '../base/lists.js';
import type { Entity } from '../registry/entity.js';
import { textAt } from '../registry/registry.js';
import { type MissingFact, not, or, type Question } from '../rules/formula.js';
import {
  canHold,
  type EditCase,
  extremesOf,
  type Outcome,
  outcomeOf,
  outcomeOfEdit,
  standing,
  surviving,
} from '../rules/outcome.js';
import type { Pack, Rule } from '../rules/rule.js';
import type { FileNode } from '../syntax/nodes.js';
import type { Answers } from './answers.js';
import { type Case, packsFor } from './case.js';
import { clockOf, type FilingDates } from './clock.js';
import { consideredRules, type Judged, judge } from './editCase.js';
import { approvalDay, firstApproval, implementationDay } from './filingDates.js';
import { judgementOf } from './judgement.js';
import type { FilingItem, Obligation, Reason, State } from './obligation.js';
import type { World } from './world.js';

/** The rule name in reasons for an edit of something that the filing does not register. */
export const NOT_REGISTERED = 'not-registered';
/** The rule name in reasons for a category that was agreed with the authority for the element. */
export const AGREED_CATEGORY = 'agreed-category';

export interface FilingAnalysis {
  readonly obligation: Obligation;
  /** Full names of the rules that hold or may hold for an edit, for this filing. */
  considered(): readonly string[];
}

/** The obligation of a reached filing. Always there: a category, `none` with its reason, or open. */
export function analyseFiling(one: Case, answers: Answers, filing: Entity): FilingAnalysis {
  const implemented = implementationDay(answers, filing.id);
  const judged = one.traced
    .filter(({ reach }) => reach.filings.some((reached) => reached.id === filing.id))
    .map((traced) => judge(one, traced, filing, judgementOf(one.world, answers, filing, traced.edit)));
  return {
    obligation: obligationOf(one, answers, filing, judged, {
      implemented,
      approved: approvalDay(answers, filing.id),
      firstApproved: firstApproval(filing),
      procedure: textAt(filing, 'procedure'),
    }),
    considered: () => judged.flatMap(consideredRules),
  };
}

function obligationOf(
  one: Case,
  answers: Answers,
  filing: Entity,
  judged: readonly Judged[],
  dates: DeclaredDates,
): Obligation {
  const pack = judged.find((each) => each.pack)?.pack ?? null;
  const outcome = outcomeOf(casesOf(judged));
  const ungoverned = judged.some((each) => !each.pack);
  const categories = pack?.categories ?? [];
  const groups = groupByAnswer(judged);
  const verdicts = groups.map(({ answer, members }) =>
    verdictOf(answer, members, groups.length === 1 ? outcome : extremesOf(casesOf(members)), dates),
  );
  const worst = verdicts.reduce((one, other) => (SEVERITY[other.state] > SEVERITY[one.state] ? other : one));
  const itemsOfEach = judged.map((each) => itemsOf(each, judged.length === 1 ? outcome : null));
  const items = itemsOfEach.flat();
  const reasons = judged.flatMap((each, place) => reasonsOf(one, filing, each, itemsOfEach[place]!));
  const deciding = new Set(items.map((item) => item.rule));
  const known = new Set(judged.flatMap((each) => [...each.rules.values()]));
  const rules = [...known].filter((rule) => deciding.has(rule.name));
  const declaring = declaringAnswer(verdicts, worst, categories);
  return {
    id: `${answers.record.id}:filing:${filing.id}`,
    kind: 'filing',
    state: worst.state,
    target: filing.id,
    market: textAt(filing, 'market') ?? null,
    site: null,
    validationKind: null,
    category: {
      lowest: ungoverned ? null : categories[outcome.lowest]!,
      highest: ungoverned ? null : categories[outcome.highest]!,
      declared: declaring?.category?.text ?? null,
    },
    judgedOn: judged[0]!.day,
    items: oncePerFiling(items, rules),
    because: reasons,
    questions: distinct(
      outcome.asked.flatMap((atom) => atom.questions),
      questionKey,
    ),
    facts: [
      ...distinct(
        outcome.asked.flatMap((atom) => atom.facts),
        factKey,
      ),
      ...missingType(filing),
    ],
    dossier: sortedUnion(rules.map((rule) => rule.dossier)),
    documents: sortedUnion(rules.map((rule) => rule.documents)),
    lead: null,
    answer: declaring && answers.placeOf(declaring),
    shortfall: worst.shortfall,
    text: ungoverned
      ? ungovernedText(one.world, filing, judged[0]!.day)
      : [...new Set(rules.map((rule) => rule.title))].join('; '),
  };
}

/** The line that says what is declared: the one that falls short, else, of lines for parts of the edits, the highest. */
function declaringAnswer(
  verdicts: readonly Verdict[],
  worst: Verdict,
  categories: readonly string[],
): FileNode | null {
  if (worst.state !== 'met' && worst.answer) return worst.answer;
  const rankOf = ({ category }: FileNode): number => categories.indexOf(category?.text ?? '');
  return verdicts.reduce<FileNode | null>(
    (best, { answer }) => (answer && (!best || rankOf(answer) > rankOf(best)) ? answer : best),
    null,
  );
}

/** Why no pack decides: the filing is not approved, none knows its kind, or none is in force on the day. */
function ungovernedText(world: World, filing: Entity, day: number): string {
  const status = textAt(filing, 'status');
  if (status !== undefined && status !== 'approved')
    return `${filing.id} is ${status}; the rules here are for what is approved`;
  const [market, type] = [textAt(filing, 'market'), textAt(filing, 'type')];
  const known = packsFor(world, market, type).map((pack) => {
    const from = pack.from === null ? '' : ` from ${formatDate(pack.from)}`;
    const until = pack.until === null ? '' : ` until ${formatDate(pack.until)}`;
    return `${pack.id} is in force${from}${until}`;
  });
  if (known.length > 0) return `it is judged on ${formatDate(day)}, and ${known.join(' and ')}`;
  return `no rule pack is in force for ${type ?? 'a filing of unknown type'} in ${market ?? 'an unknown market'}`;
}

function missingType(filing: Entity): readonly MissingFact[] {
  return ['market', 'type'].flatMap((attribute) =>
    textAt(filing, attribute) === undefined ? [{ entity: filing.id, attribute }] : [],
  );
}

const SEVERITY: Record<State, number> = { met: 0, waived: 0, open: 1, insufficient: 2, unmet: 3 };

type DeclaredDates = Omit<FilingDates, 'submitted'>;

interface Verdict {
  readonly state: State;
  readonly answer: FileNode | null;
  readonly shortfall: Obligation['shortfall'];
}

function groupByAnswer(
  judged: readonly Judged[],
): readonly { readonly answer: FileNode | null; readonly members: Judged[] }[] {
  const groups = new Map<FileNode | null, Judged[]>();
  for (const each of judged) {
    const members = groups.get(each.answer);
    if (members) members.push(each);
    else groups.set(each.answer, [each]);
  }
  return [...groups].map(([answer, members]) => ({ answer, members }));
}

function casesOf(judged: readonly Judged[]): readonly EditCase[] {
  return judged.flatMap((each) => (each.editCase ? [each.editCase] : []));
}

/** What is declared for some edits, held against what they are owed. */
function verdictOf(
  answer: FileNode | null,
  members: readonly Judged[],
  { lowest, highest }: Pick<Outcome, 'lowest' | 'highest'>,
  dates: DeclaredDates,
): Verdict {
  const pack = members.find((each) => each.pack)?.pack;
  if (!pack || members.some((each) => !each.pack)) return { state: 'open', answer, shortfall: null };
  const rank = answer?.category ? pack.categories.indexOf(answer.category.text) : -1;
  if (!answer || rank < 0) {
    if (highest === 0) return { state: 'met', answer, shortfall: null };
    return { state: lowest > 0 ? 'unmet' : 'open', answer, shortfall: null };
  }
  if (rank < lowest) return { state: 'insufficient', answer, shortfall: 'category' };
  if (isUntimely(pack, answer, dates)) return { state: 'insufficient', answer, shortfall: 'time' };
  return { state: rank < highest ? 'open' : 'met', answer, shortfall: null };
}

/** Whether the declared dates break the clock of the declared category. */
function isUntimely(pack: Pack, answer: FileNode, dates: DeclaredDates): boolean {
  if (dates.implemented === null) return false;
  const clock = clockOf(pack, answer.category!.text, { submitted: answer.on?.day ?? null, ...dates });
  if (clock.earliest !== null && dates.implemented < clock.earliest) return true;
  return clock.submitBy !== null && answer.on !== null && answer.on.day > clock.submitBy;
}

/**
 * The variations that an edit is: one per rule whose report stands or may stand and can still decide. `whole` is the
 * outcome of the filing, where the edit is the only one that reaches it.
 */
function itemsOf(judged: Judged, whole: Outcome | null): readonly FilingItem[] {
  const { editCase, pack } = judged;
  if (!editCase || !pack) return [];
  const item = (rule: string, rank: number): FilingItem => ({
    edit: editCase.edit,
    category: pack.categories[rank]!,
    rule,
  });
  if (editCase.registered === false) return [item(NOT_REGISTERED, 0)];
  if (editCase.agreed !== null) return [item(AGREED_CATEGORY, editCase.agreed)];
  const isPlain = editCase.registered === true && editCase.caps.length === 0;
  const uncapped = whole && isPlain ? whole : outcomeOfEdit({ ...editCase, registered: true, caps: [] });
  const cap = Math.min(
    ...editCase.caps.filter((one) => one.when === true).map((one) => one.rank),
    Number.POSITIVE_INFINITY,
  );
  const decisive = surviving(editCase).filter((candidate) => candidate.rank >= uncapped.lowest);
  const items = distinct(
    decisive.map((candidate) => item(candidate.rule, Math.min(candidate.rank, cap))),
    (one) => `${one.rule} ${one.category}`,
  );
  const { otherwise } = editCase;
  const unlisted = not(or(editCase.candidates.map((candidate) => candidate.when)));
  return otherwise && otherwise.rank >= uncapped.lowest && canHold(unlisted)
    ? [...items, item(otherwise.rule, Math.min(otherwise.rank, cap))]
    : items;
}

/** A rule whose report says `once` is one item of the filing, however many edits match it. */
function oncePerFiling(items: readonly FilingItem[], rules: readonly Rule[]): readonly FilingItem[] {
  const once = new Set(
    rules.filter((rule) => rule.reports.some((report) => report.once)).map((rule) => rule.name),
  );
  const seen = new Set<string>();
  return items.filter((item) => {
    if (!once.has(item.rule)) return true;
    const first = !seen.has(item.rule);
    seen.add(item.rule);
    return first;
  });
}

function reasonsOf(
  one: Case,
  filing: Entity,
  judged: Judged,
  items: readonly FilingItem[],
): readonly Reason[] {
  const { editCase, traced } = judged;
  const path = traced.reach.filings.find((reached) => reached.id === filing.id)?.path ?? [];
  const reason = (
    rule: string,
    cite: readonly string[],
    basis: Reason['basis'],
    certain: boolean,
  ): Reason => ({
    rule,
    cite,
    basis,
    edit: traced.edit.key,
    path,
    certain,
  });
  if (!editCase) return [];
  const element = `${traced.edit.attribute} of ${traced.edit.subject}`;
  if (editCase.registered === false) {
    return [
      reason(
        NOT_REGISTERED,
        [`${filing.id} does not register ${element}: not an established condition`],
        'official',
        true,
      ),
    ];
  }
  if (editCase.agreed !== null) {
    return [
      reason(
        AGREED_CATEGORY,
        [`the category agreed for ${element} in ${filing.id}`],
        'official',
        editCase.registered === true,
      ),
    ];
  }
  return distinct(items, (item) => item.rule).map((item) => {
    const rule = one.world.rules.rules.get(item.rule)!;
    const candidates = editCase.candidates.filter((candidate) => candidate.rule === rule.name);
    const certain =
      candidates.length === 0
        ? outcomeIsFallback(editCase)
        : or(candidates.map((candidate) => standing(editCase, candidate))) === true;
    return reason(rule.name, rule.cites, rule.basis, certain);
  });
}

/** Whether `otherwise` decides for certain: registered, and no candidate even possible. */
function outcomeIsFallback(editCase: EditCase): boolean {
  return editCase.registered === true && surviving(editCase).length === 0;
}

function questionKey(question: Question): string {
  return `${question.condition} ${question.for}`;
}

function factKey(fact: MissingFact): string {
  return `${fact.entity}.${fact.attribute}`;
}
