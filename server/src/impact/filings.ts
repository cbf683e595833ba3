/**
 * What each filing that a record reaches is owed: the category that its market's rules give the edits, held
 * against the category that the record declares.
 */
import { formatDate, parseDate } from '../base/date.js';
import type { Edit } from '../model/edit.js';
import type { Entity } from '../registry/entity.js';
import type { EntityIndex } from '../registry/reads.js';
import { statusOf, textAt, textsAt } from '../registry/registry.js';
import type { Context } from '../rules/context.js';
import { subjectOfQuestion } from '../rules/evaluate.js';
import type { Atom, Formula, MissingFact, Question } from '../rules/formula.js';
import { and, not, or } from '../rules/formula.js';
import {
  type Candidate,
  canHold,
  type EditCase,
  extremesOf,
  type Outcome,
  outcomeOf,
  outcomeOfEdit,
  standing,
  surviving,
} from '../rules/outcome.js';
import { registeredIn } from '../rules/registration.js';
import type { Pack, Report, Rule } from '../rules/rule.js';
import type { FileNode } from '../syntax/nodes.js';
import { type Answers, fileAnswersFor, inScope } from './answers.js';
import { clockOf, type FilingDates, judgedOnImplementation } from './clock.js';
import {
  type Case,
  clauseHolds,
  conceivableIn,
  contextsOf,
  holds,
  isInForce,
  packsFor,
  type TracedEdit,
} from './judge.js';
import type { FilingItem, Obligation, Reason, State } from './obligation.js';
import { patternMatches } from './pattern.js';
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

/** One edit as one filing sees it. */
interface Judged extends Judgement {
  readonly traced: TracedEdit;
  readonly editCase: EditCase | null;
  readonly rules: ReadonlyMap<string, Rule>;
}

/** Under which pack, on which day and by which answer of the record a filing is judged for one edit. */
export interface Judgement {
  readonly answer: FileNode | null;
  /** The pack whose categories and clocks count. Null where none is in force on that day, or the filing is not approved. */
  readonly pack: Pack | null;
  /** Every pack in force for the filing, that one included: a company's own stands beside the shipped one. */
  readonly packs: readonly Pack[];
  readonly day: number;
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

export function judgementOf(world: World, answers: Answers, filing: Entity, edit: Edit): Judgement {
  const packs = packsFor(world, textAt(filing, 'market'), textAt(filing, 'type'));
  const answer = answerFor(fileAnswersFor(answers, filing.id), edit, filing.id, packs);
  if (answer) answers.use(answer);
  const day = judgedDay(packs, answer, implementationDay(answers, filing.id)) ?? world.asOf;
  const inForce = isApproved(filing) ? packs.filter((pack) => isInForce(pack, day)) : [];
  return { answer, pack: leading(inForce), packs: inForce, day };
}

/** Of several packs for one kind of filing, the one that knows the most categories: the others add rules to it. */
function leading(packs: readonly Pack[]): Pack | null {
  return packs.reduce<Pack | null>(
    (best, pack) => (best === null || pack.categories.length > best.categories.length ? pack : best),
    null,
  );
}

function isApproved(filing: Entity): boolean {
  const status = textAt(filing, 'status');
  return status === undefined || status === 'approved';
}

/** The answer that declares an edit's category: one scoped to the edit before one that speaks of all, then the highest. */
function answerFor(
  declared: readonly FileNode[],
  edit: Edit,
  filing: string,
  packs: readonly Pack[],
): FileNode | null {
  const meant = declared.filter((answer) => inScope(answer.scope, edit, null, filing));
  const scoped = meant.filter((answer) => answer.scope.length > 0);
  const rankOf = ({ category }: FileNode): number =>
    Math.max(-1, ...packs.map((pack) => pack.categories.indexOf(category?.text ?? '')));
  return (scoped.length > 0 ? scoped : meant).reduce<FileNode | null>(
    (best, answer) => (best === null || rankOf(answer) > rankOf(best) ? answer : best),
    null,
  );
}

/** The day on which a filing puts the change in place: its own `implement` line, else the record's field. */
export function implementationDay(answers: Answers, filing: string): number | null {
  const own = answers.of('implement').find((answer) => answer.filings.some((word) => word.text === filing));
  if (own) answers.use(own);
  return own?.on?.day ?? answers.record.implement;
}

function judgedDay(
  packs: readonly Pack[],
  answer: FileNode | null,
  implemented: number | null,
): number | null {
  const category = answer?.category?.text;
  const byImplementation =
    category !== undefined && packs.some((pack) => judgedOnImplementation(pack, category));
  return (byImplementation ? implemented : null) ?? answer?.on?.day ?? null;
}

function judge(one: Case, traced: TracedEdit, filing: Entity, judgement: Judgement): Judged {
  const { pack, packs, day } = judgement;
  const rules = new Map<string, Rule>();
  if (!pack) return { ...judgement, traced, editCase: null, rules };
  const contexts = contextsOf(one, traced, filing, pack, day);
  const registration = registeredIn(contexts[0]!);
  const rankOf = (category: string): number => Math.max(0, pack.categories.indexOf(category));
  const candidates: Candidate[] = [];
  for (const governing of registration.registered === false ? [] : packs) {
    const own = governing === pack ? contexts : contextsOf(one, traced, filing, governing, day);
    for (const rule of rulesInForce(one.world, governing, traced.edit, day, own)) {
      if (rules.has(rule.name)) continue;
      for (const { report, when } of reportsOf(one.world, rule, own)) {
        if (when === false || !isCategory(pack, report.category)) continue;
        rules.set(rule.name, rule);
        candidates.push({
          rule: rule.name,
          rank: rankOf(report.category),
          when,
          insteadOf: report.insteadOf,
        });
      }
    }
  }
  const otherwise = pack.otherwise === null ? undefined : one.world.rules.rules.get(pack.otherwise);
  if (otherwise) rules.set(otherwise.name, otherwise);
  // Of several packs only the leading one's `otherwise` speaks.
  const fallbacks = new Set(packs.map((governing) => governing.otherwise));
  const listed = candidates.filter((candidate) => !fallbacks.has(candidate.rule));
  const fallback = otherwise ? fallbackOf(one.world, otherwise, listed, contexts, rankOf) : null;
  const editCase: EditCase = {
    edit: traced.edit.key,
    registered: registration.registered,
    agreed: isCategory(pack, registration.report) ? rankOf(registration.report) : null,
    candidates: [...listed, ...(fallback?.conditional ?? [])],
    otherwise: otherwise ? { rule: otherwise.name, rank: fallback!.rank } : null,
    caps: capsOf(one, traced.edit, filing, pack),
  };
  return { answer: judgement.answer, pack, packs, day, traced, editCase, rules };
}

/** The rules of a pack (and of those that it uses) that an edit triggers, that are in force and may hold in any of the contexts. */
export function rulesInForce(
  world: World,
  pack: Pack,
  edit: Edit,
  day: number,
  contexts: readonly Context[],
): readonly Rule[] {
  const rules = conceivableIn(world, world.rules.rulesOfPackFor(pack.id, edit), contexts);
  return hasDated(rules) ? rules.filter((rule) => isInForce(rule, day)) : rules;
}

/** Whether any of the rules comes into force or goes out of it on a day of its own. */
function hasDated(rules: readonly Rule[]): boolean {
  let dated = datedLists.get(rules);
  if (dated === undefined) {
    dated = rules.some((rule) => rule.from !== null || rule.until !== null);
    datedLists.set(rules, dated);
  }
  return dated;
}

/** The lists are those of the rule set: one for all edits of a sort. */
const datedLists = new WeakMap<readonly Rule[], boolean>();

/**
 * What the pack's `otherwise` rule says: the reports that hang on something stand only where no listed rule
 * reports; the plain one is what is left.
 */
function fallbackOf(
  world: World,
  rule: Rule,
  listed: readonly Candidate[],
  contexts: ReturnType<typeof contextsOf>,
  rankOf: (category: string) => number,
): { readonly conditional: readonly Candidate[]; readonly rank: number } {
  const plain = rule.reports.find(
    (report) => report.otherwise || (report.when === null && rule.when === null),
  );
  const unlisted = not(or(listed.map((candidate) => candidate.when)));
  const conditional = reportsOf(world, rule, contexts).flatMap(({ report, when: own }) => {
    const when = report === plain ? false : and([unlisted, own]);
    return !canHold(when) ? [] : [{ rule: rule.name, rank: rankOf(report.category), when, insteadOf: [] }];
  });
  return { conditional, rank: plain ? rankOf(plain.category) : 0 };
}

interface OpenReport {
  readonly report: Report;
  readonly when: Formula;
}

/** Each report of a rule with what is left open of it, over all the contexts; none where the rule holds in none. */
function reportsOf(world: World, rule: Rule, contexts: ReturnType<typeof contextsOf>): readonly OpenReport[] {
  if (rule.reports.length === 0) return NOTHING;
  let pooled: readonly OpenReport[] = NOTHING;
  for (const context of contexts) {
    const base = holds(world, rule, null, context);
    if (base === false) continue;
    const own = reportsWhere(world, rule, base, context);
    pooled =
      pooled.length === 0
        ? own
        : pooled.map(({ report, when }, place) => ({ report, when: or([when, own[place]!.when]) }));
  }
  return pooled;
}

/** The reports of a rule that holds in a context as far as `base` says; `otherwise` where none of the others does. */
function reportsWhere(world: World, rule: Rule, base: Formula, context: Context): readonly OpenReport[] {
  const own = rule.reports.map((report) => ({
    report,
    when: report.otherwise ? false : and([base, clauseHolds(world, rule, report.when, context)]),
  }));
  if (!own.some(({ report }) => report.otherwise)) return own;
  const none = not(or(own.map(({ when }) => when)));
  return own.map(({ report, when }) => ({ report, when: report.otherwise ? and([base, none]) : when }));
}

/** The filing's approved protocols that cover an edit; whether their criteria were met is asked. */
function capsOf(one: Case, edit: Edit, filing: Entity, pack: Pack): EditCase['caps'] {
  return one.world.registry.indexed(protocolsByFiling, filing.id).flatMap((protocol) => {
    if (!(textsAt(protocol, 'covers') ?? []).some((pattern) => patternMatches(pattern, edit))) return [];
    const report = textAt(protocol, 'report');
    if (!isCategory(pack, report)) return [];
    const answer = one.answers.answer(protocol.id, edit, null, filing.id);
    const when: Formula = typeof answer === 'boolean' ? answer : protocolQuestion(protocol.id, edit, report);
    return [{ protocol: protocol.id, rank: pack.categories.indexOf(report), when }];
  });
}

/** The current protocols of a filing, sorted by ID. */
const protocolsByFiling: EntityIndex = {
  name: 'current protocols of filing',
  kind: 'protocol',
  keysOf: (protocol) => (statusOf(protocol) === 'current' ? (textsAt(protocol, 'filing') ?? []) : []),
};

/** What the registry calls a category and the pack doesn't know can't decide anything: the rules do. */
function isCategory(pack: Pack, category: string | null | undefined): category is string {
  return category != null && pack.categories.includes(category);
}

function protocolQuestion(protocol: string, edit: Edit, report: string): Atom {
  const text = `Were the criteria of the approved protocol ${protocol} met, so that ${report} is enough?`;
  return {
    op: 'atom',
    key: `${protocol}|${edit.key}`,
    questions: [{ condition: protocol, for: subjectOfQuestion(edit), text }],
    facts: [],
  };
}

function consideredRules(judged: Judged): readonly string[] {
  if (!judged.editCase || judged.editCase.registered === false || judged.editCase.agreed !== null) return [];
  const { editCase } = judged;
  const names = surviving(editCase).map((candidate) => candidate.rule);
  const certain = editCase.candidates.some((candidate) => candidate.when === true);
  return certain || !editCase.otherwise ? names : [...names, editCase.otherwise.rule];
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

/** The day on which the registry says that a filing was approved. */
export function firstApproval(filing: Entity): number | null {
  return parseDate(textAt(filing, 'approved') ?? '');
}

/** The day of the approval that the record holds for a filing or an organisation. */
export function approvalDay(answers: Answers, by: string): number | null {
  const approval = answers.of('approval').find((answer) => answer.by.some((word) => word.text === by));
  if (approval) answers.use(approval);
  return approval?.on?.day ?? null;
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

/** The first of each key, in order. */
export function distinct<T>(items: readonly T[], key: (item: T) => string): readonly T[] {
  if (items.length < 2) return items.length === 0 ? NOTHING : items;
  const seen = new Set<string>();
  const first: T[] = [];
  for (const item of items) {
    const own = key(item);
    if (seen.has(own)) continue;
    seen.add(own);
    first.push(item);
  }
  // These lists are kept, thousands of them: a copy has no room left over from growing.
  return first.slice();
}

/** What any of the lists holds, each once, sorted. */
export function sortedUnion(lists: readonly (readonly string[])[]): readonly string[] {
  const [first, second] = lists.filter((list) => list.length > 0);
  if (!first) return NOTHING;
  if (!second && first.length === 1) return first;
  return [...new Set(lists.flat())].sort();
}

const NOTHING: readonly never[] = [];
