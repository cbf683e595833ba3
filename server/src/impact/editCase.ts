/**
 * One edit as one filing sees it: what the filing registers of it, which rules hold or may hold and what they report,
 * and the protocols that cap it.
 */
import type { Edit } from '../model/edit.js';
import type { Entity } from '../registry/entity.js';
import type { EntityIndex } from '../registry/reads.js';
import { statusOf, textAt, textsAt } from '../registry/registry.js';
import type { Context } from '../rules/context.js';
import { subjectOfQuestion } from '../rules/evaluate.js';
import { type Atom, and, type Formula, not, or } from '../rules/formula.js';
import { type Candidate, canHold, type EditCase, surviving } from '../rules/outcome.js';
import { registeredIn } from '../rules/registration.js';
import type { Pack, Report, Rule } from '../rules/rule.js';
import {
  type Case,
  clauseHolds,
  conceivableIn,
  contextsOf,
  holds,
  isInForce,
  type TracedEdit,
} from './case.js';
import type { Judgement } from './judgement.js';
import { patternMatches } from './pattern.js';
import type { World } from './world.js';

export interface Judged extends Judgement {
  readonly traced: TracedEdit;
  readonly editCase: EditCase | null;
  readonly rules: ReadonlyMap<string, Rule>;
}

/** Judges one edit for one filing. */
export function judge(one: Case, traced: TracedEdit, filing: Entity, judgement: Judgement): Judged {
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

/** Full names of the rules that hold or may hold for it. */
export function consideredRules(judged: Judged): readonly string[] {
  if (!judged.editCase || judged.editCase.registered === false || judged.editCase.agreed !== null) return [];
  const { editCase } = judged;
  const names = surviving(editCase).map((candidate) => candidate.rule);
  const certain = editCase.candidates.some((candidate) => candidate.when === true);
  return certain || !editCase.otherwise ? names : [...names, editCase.otherwise.rule];
}

const NOTHING: readonly never[] = [];
