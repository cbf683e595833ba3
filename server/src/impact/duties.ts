/** Revalidations, assessments and tasks: what the rules ask for an edit, held against the record's answers. */
import { distinct, sortedUnion } from '../base/lists.js';
import type { Value } from '../base/value.js';
import type { Edit } from '../model/edit.js';
import { textAt } from '../registry/registry.js';
import type { Context } from '../rules/context.js';
import { type Formula, or } from '../rules/formula.js';
import { outcomeOf } from '../rules/outcome.js';
import { asksForMore, type Pack, type Rule } from '../rules/rule.js';
import type { ExprNode, PerformNode, RevalidateNode, TargetNode, UnaffectedNode } from '../syntax/nodes.js';
import type { Answers } from './answers.js';
import { type Case, contextsOf, holdsInAny, isInForce, type TracedEdit } from './case.js';
import { rulesInForce } from './editCase.js';
import { judgementOf } from './judgement.js';
import type { Obligation, Reason, State } from './obligation.js';
import { targetsOf } from './targets.js';

/** A rule as it applies to one edit: under a pack without a market, or for the filings of a market's pack. */
export interface AppliedRule {
  readonly rule: Rule;
  readonly traced: TracedEdit;
  /** The contexts in which it is judged: it applies where it holds in any. */
  readonly contexts: readonly Context[];
}

/** Every rule that an edit triggers, once per edit, with all the contexts in which it may hold. */
export function applyRules(one: Case, answers: Answers): readonly AppliedRule[] {
  return one.traced.flatMap((traced) => {
    const contexts = new Map<Rule, Context[]>();
    const add = (pack: Pack, day: number, own: readonly Context[]): void => {
      for (const rule of withDuties(rulesInForce(one.world, pack, traced.edit, day, own))) {
        const list = contexts.get(rule);
        if (list) list.push(...own);
        else contexts.set(rule, [...own]);
      }
    };
    const today = answers.record.implement ?? one.world.asOf;
    for (const pack of one.world.rules.packs.values()) {
      if (pack.market === null && isInForce(pack, today))
        add(pack, today, contextsOf(one, traced, null, pack, today));
    }
    for (const { id } of traced.reach.filings) {
      const filing = one.world.registry.get(id)!;
      const { packs, day } = judgementOf(one.world, answers, filing, traced.edit);
      for (const pack of packs) add(pack, day, contextsOf(one, traced, filing, pack, day));
    }
    return [...contexts].map(([rule, own]) => ({ rule, traced, contexts: own }));
  });
}

/** The rules of a list that ask for more than a filing. */
function withDuties(rules: readonly Rule[]): readonly Rule[] {
  let asking = rulesWithDuties.get(rules);
  if (!asking) {
    asking = rules.filter(asksForMore);
    rulesWithDuties.set(rules, asking);
  }
  return asking;
}

/** By lists that are mostly those of the rule set: one for all edits of a sort. */
const rulesWithDuties = new WeakMap<readonly Rule[], readonly Rule[]>();

/** Something owed before it is held against the answers: the reasons of one duty for one target. */
interface Owed {
  readonly duty: 'revalidation' | 'assessment' | 'task';
  readonly target: string;
  readonly site: string | null;
  readonly validationKind: string | null;
  readonly reasons: Reason[];
  readonly formulas: Formula[];
  /** Few of each, and of many duties. */
  readonly rules: Rule[];
  readonly texts: string[];
}

/** The obligations of the kinds revalidation, assessment and task, and the rules that may hold. */
export function analyseDuties(
  one: Case,
  answers: Answers,
  applied: readonly AppliedRule[],
): { readonly obligations: readonly Obligation[]; readonly considered: ReadonlySet<string> } {
  const owed = new Map<string, Owed>();
  const considered = new Set<string>();
  for (const application of applied) {
    const { rule } = application;
    for (const duty of rule.duties) {
      const formula = formulaOf(one, application, duty.when);
      if (formula === false) continue;
      considered.add(rule.name);
      const kind = duty.duty === 'revalidate' ? 'revalidation' : 'assessment';
      for (const found of targetsOf(one, application.traced, duty)) {
        const own = formulaFor(one, application, duty.when, formula, found.product);
        if (own === false) continue;
        owe(
          owed,
          kind,
          found.target,
          found.site,
          duty.validationKind,
          application,
          own,
          found.path,
          rule.title,
        );
      }
    }
    for (const task of rule.tasks) {
      const formula = formulaOf(one, application, task.when);
      if (formula === false) continue;
      considered.add(rule.name);
      owe(
        owed,
        'task',
        task.id,
        null,
        null,
        application,
        formula,
        [application.traced.edit.subject],
        task.text,
      );
    }
  }
  absorbAssessments(owed);
  const all = [...owed.values()];
  return { obligations: all.flatMap((each) => obligationOf(one, answers, each, all) ?? []), considered };
}

/** What is left open of a clause of an applied rule. */
export function formulaOf(one: Case, application: AppliedRule, when: ExprNode | null): Formula {
  return holdsInAny(one.world, application.rule, when, application.contexts);
}

/** The same for one of several products: what holds for a tablet is not owed for the injection that the edit reaches too. */
function formulaFor(
  one: Case,
  application: AppliedRule,
  when: ExprNode | null,
  whole: Formula,
  product: string | null,
): Formula {
  if (product === null) return whole;
  const contexts = application.contexts.filter(
    (context) => context.product === null || context.product.id === product,
  );
  return contexts.length === application.contexts.length
    ? whole
    : formulaOf(one, { ...application, contexts }, when);
}

function owe(
  owed: Map<string, Owed>,
  duty: Owed['duty'],
  target: string,
  site: string | null,
  validationKind: string | null,
  application: AppliedRule,
  formula: Formula,
  path: readonly string[],
  text: string,
): void {
  const key = `${duty} ${target} ${site ?? ''}`;
  let entry = owed.get(key);
  if (!entry) {
    entry = {
      duty,
      target,
      site,
      validationKind,
      reasons: [],
      formulas: [],
      rules: [],
      texts: [],
    };
    owed.set(key, entry);
  }
  entry.reasons.push(reasonOf(application.rule, application.traced.edit, path, formula));
  entry.formulas.push(formula);
  if (!entry.rules.includes(application.rule)) entry.rules.push(application.rule);
  if (!entry.texts.includes(text)) entry.texts.push(text);
}

/** Why a rule asks for something, for one edit. */
export function reasonOf(rule: Rule, edit: Edit, path: readonly string[], formula: Formula): Reason {
  return {
    rule: rule.name,
    cite: rule.cites,
    basis: rule.basis,
    edit: edit.key,
    path,
    certain: formula === true,
  };
}

/** A revalidation that is owed for certain takes over the reasons of an assessment of the same validation there. */
function absorbAssessments(owed: Map<string, Owed>): void {
  for (const [key, assessment] of owed) {
    if (assessment.duty !== 'assessment') continue;
    const revalidation = owed.get(`revalidation ${assessment.target} ${assessment.site ?? ''}`);
    if (!revalidation || !openOf(revalidation.formulas)?.certain) continue;
    revalidation.reasons.push(...assessment.reasons);
    for (const rule of assessment.rules)
      if (!revalidation.rules.includes(rule)) revalidation.rules.push(rule);
    owed.delete(key);
  }
}

/**
 * What is still open of a duty: nothing if it is certain, else the questions and facts on which it hangs. Null where
 * no answers bring it about.
 */
export function openOf(
  formulas: readonly Formula[],
): (Pick<Obligation, 'questions' | 'facts'> & { readonly certain: boolean }) | null {
  const whole = or(formulas);
  if (whole === true) return { certain: true, questions: [], facts: [] };
  const { asked, lowest, highest } = outcomeOf([
    {
      edit: '',
      registered: true,
      agreed: null,
      candidates: [{ rule: '', rank: 1, when: whole, insteadOf: [] }],
      otherwise: null,
      caps: [],
    },
  ]);
  if (highest === 0) return null;
  // Two rules that leave no case out owe it whatever the answer is.
  if (lowest > 0) return { certain: true, questions: [], facts: [] };
  return {
    certain: false,
    questions: distinct(
      asked.flatMap((atom) => atom.questions),
      (question) => `${question.condition} ${question.for}`,
    ),
    facts: distinct(
      asked.flatMap((atom) => atom.facts),
      (fact) => `${fact.entity}.${fact.attribute}`,
    ),
  };
}

interface Verdict {
  readonly state: State;
  readonly answer: RevalidateNode | UnaffectedNode | PerformNode | null;
  readonly shortfall: Obligation['shortfall'];
}

function obligationOf(one: Case, answers: Answers, owed: Owed, all: readonly Owed[]): Obligation | null {
  const open = openOf(owed.formulas);
  if (!open) return null;
  const verdict =
    owed.duty === 'task' ? taskVerdict(answers, owed.target) : validationVerdict(one, answers, owed, all);
  if (verdict.answer) answers.use(verdict.answer);
  const { rules } = owed;
  return {
    id: `${answers.record.id}:${owed.duty}:${owed.target}${owed.site === null ? '' : `@${owed.site}`}`,
    kind: owed.duty,
    state: verdict.state === 'unmet' && !open.certain ? 'open' : verdict.state,
    target: owed.target,
    market: null,
    site: owed.site,
    validationKind: owed.validationKind,
    category: null,
    judgedOn: null,
    items: [],
    because: distinct(owed.reasons, (reason) => `${reason.rule} ${reason.edit}`),
    questions: open.questions,
    facts: open.facts,
    dossier: sortedUnion(rules.map((rule) => rule.dossier)),
    documents: sortedUnion(rules.map((rule) => rule.documents)),
    lead: leadOf(one, owed.validationKind, rules),
    answer: verdict.answer ? answers.placeOf(verdict.answer) : null,
    shortfall: verdict.shortfall,
    text: [...owed.texts].sort().join('; '),
  };
}

function leadOf(one: Case, validationKind: string | null, rules: readonly Rule[]): Value | null {
  const own = rules.find((rule) => rule.lead)?.lead;
  if (own || validationKind === null) return own ?? null;
  for (const pack of one.world.rules.packs.values()) {
    const lead = pack.leads.get(validationKind);
    if (lead) return lead;
  }
  return null;
}

function taskVerdict(answers: Answers, task: string): Verdict {
  const answer = answers.of('perform').find((each) => each.task?.text === task) ?? null;
  return { state: answer ? 'met' : 'unmet', answer, shortfall: null };
}

function validationVerdict(one: Case, answers: Answers, owed: Owed, all: readonly Owed[]): Verdict {
  const revalidations = answers
    .of('revalidate')
    .filter((answer) => answer.target && targetName(answer.target) === owed.target);
  const here = revalidations.find((answer) => isAt(one, answer, owed));
  if (here) {
    const late = isAfterImplementation(answers, here) && owed.validationKind !== 'stability';
    return { state: late ? 'insufficient' : 'met', answer: here, shortfall: late ? 'time' : null };
  }
  if (owed.duty === 'assessment') {
    const waiver = answers
      .of('unaffected')
      .find(
        (answer) =>
          answer.targets.some((target) => targetName(target) === owed.target) && isAt(one, answer, owed),
      );
    if (waiver) return { state: waiver.grounds ? 'waived' : 'unmet', answer: waiver, shortfall: null };
  }
  if (revalidations.length === 0) return { state: 'unmet', answer: null, shortfall: null };
  // An answer that no obligation of this target takes was meant for this one, and names the wrong site.
  const siblings = all.filter((each) => each.target === owed.target && each.duty !== 'task');
  const elsewhere = revalidations.find((answer) => !siblings.some((sibling) => isAt(one, answer, sibling)));
  if (elsewhere) return { state: 'insufficient', answer: elsewhere, shortfall: 'site' };
  return { state: 'unmet', answer: null, shortfall: null };
}

/** `PV-1`, or `new:KIND:SUBJECT` for `new KIND of SUBJECT`. */
export function targetName(target: TargetNode): string {
  return target.newKind ? `new:${target.newKind.text}:${target.ref?.text ?? ''}` : (target.ref?.text ?? '');
}

/** Whether an answer may speak of what is owed at a site: neither names one, or both the same. */
export function isSameSite(answer: RevalidateNode, { site }: Pick<Obligation, 'site'>): boolean {
  return answer.site === null || site === null || answer.site.text === site;
}

/** Whether an answer speaks of the site at which something is owed; without `at` it means the validation's own. */
function isAt(one: Case, answer: RevalidateNode | UnaffectedNode, owed: Owed): boolean {
  if (owed.site === null) return true;
  if (answer.site) return answer.site.text === owed.site;
  if (owed.target.startsWith('new:') || answer.kind === 'unaffected') return true;
  const validation = one.world.registry.get(owed.target);
  const own = validation && textAt(validation, 'site');
  return own === undefined || own === owed.site;
}

function isAfterImplementation(answers: Answers, answer: RevalidateNode): boolean {
  const implemented = answers.record.implement;
  const day = answer.done?.day ?? answer.by?.day;
  return implemented !== null && day !== undefined && day > implemented;
}
