import type { Edit } from '../model/edit.js';
import type { Reach } from '../network/network.js';
import type { Entity } from '../registry/entity.js';
import { textAt, textsAt } from '../registry/registry.js';
import { conceivable } from '../rules/conceivable.js';
import type { ConditionAnswers, Context } from '../rules/context.js';
import { evaluate } from '../rules/evaluate.js';
import { and, type Formula, or } from '../rules/formula.js';
import { asksForMore, type Pack, type Rule } from '../rules/rule.js';
import type { ExprNode } from '../syntax/nodes.js';
import type { World } from './world.js';

/** An edit of the record with everything that it reaches. */
export interface TracedEdit {
  readonly edit: Edit;
  readonly reach: Reach;
}

/** The record under analysis, as the judging of its edits needs it. */
export interface Case {
  readonly world: World;
  readonly traced: readonly TracedEdit[];
  readonly edits: readonly Edit[];
  readonly answers: ConditionAnswers;
  /** The contexts made so far: filings and duties are judged in the same. */
  readonly contexts: Map<TracedEdit, Setting[]>;
}

/** What an edit is judged for, and the contexts of it; an edit has few of them. */
interface Setting {
  readonly filing: Entity | null;
  readonly pack: Pack | null;
  readonly day: number;
  readonly contexts: readonly Context[];
}

/**
 * The contexts in which an edit is judged: one for each product and stage that it reaches (one without,
 * where none is known). A rule holds for the edit where it holds in any of them.
 */
export function contextsOf(
  one: Case,
  traced: TracedEdit,
  filing: Entity | null,
  pack: Pack | null,
  day: number,
): readonly Context[] {
  let made = one.contexts.get(traced);
  if (!made) one.contexts.set(traced, (made = []));
  const known = made.find((own) => own.filing === filing && own.pack === pack && own.day === day);
  if (known) return known.contexts;
  const contexts = makeContexts(one, traced, { filing, pack, day });
  made.push({ filing, pack, day, contexts });
  return contexts;
}

function makeContexts(
  one: Case,
  traced: TracedEdit,
  { filing, pack, day }: Omit<Setting, 'contexts'>,
): readonly Context[] {
  const { registry, network } = one.world;
  const reached = traced.reach.products.map((product) => product.id);
  const filed = filing ? textsAt(filing, 'product') : undefined;
  const shared = filed ? reached.filter((id) => filed.includes(id)) : [];
  const products = (shared.length > 0 ? shared : reached).map((id) => registry.get(id) ?? null);
  const stages: readonly (string | null)[] = traced.reach.stages.length > 0 ? traced.reach.stages : [null];
  return (products.length > 0 ? products : [null]).flatMap((product) =>
    stages.map((stage) => ({
      registry,
      network,
      edit: traced.edit,
      edits: one.edits,
      reach: traced.reach,
      product,
      stage,
      filing,
      pack,
      answers: one.answers,
      conditions: new Map(),
      held: new Map(),
      day,
    })),
  );
}

/** Whether a rule holds in a context, with a clause's own `when` beside the rule's. */
export function holds(world: World, rule: Rule, clause: ExprNode | null, context: Context): Formula {
  if (rule.when === null) return clause === null ? true : clauseHolds(world, rule, clause, context);
  const base = whenHolds(world, rule, rule.when, context);
  if (base === false || clause === null) return base;
  return and([base, clauseHolds(world, rule, clause, context)]);
}

/** What the `when` of a rule comes to; kept where the rule asks for more than a filing, and so is asked about again. */
function whenHolds(world: World, rule: Rule, when: ExprNode, context: Context): Formula {
  if (!asksForMore(rule)) return evaluate(when, context, world.rules, rule.pack);
  let base = context.held.get(rule);
  if (base === undefined) {
    base = evaluate(when, context, world.rules, rule.pack);
    context.held.set(rule, base);
  }
  return base;
}

/** Whether a clause's own `when` holds in a context, whatever the rule's says. */
export function clauseHolds(world: World, rule: Rule, clause: ExprNode | null, context: Context): Formula {
  return evaluate(clause, context, world.rules, rule.pack);
}

/** Those of the rules that the products and stages of the contexts alone don't rule out. */
export function conceivableIn(
  world: World,
  rules: readonly Rule[],
  contexts: readonly Context[],
): readonly Rule[] {
  if (contexts.length === 1) return conceivable(rules, contexts[0]!, world.rules);
  const possible = new Set(contexts.flatMap((context) => conceivable(rules, context, world.rules)));
  return possible.size === rules.length ? rules : rules.filter((rule) => possible.has(rule));
}

/** Whether it holds in any of the contexts. */
export function holdsInAny(
  world: World,
  rule: Rule,
  clause: ExprNode | null,
  contexts: readonly Context[],
): Formula {
  if (contexts.length === 1) return holds(world, rule, clause, contexts[0]!);
  return or(contexts.map((context) => holds(world, rule, clause, context)));
}

/** The packs that govern filings of a market and type, whatever the day; ordered by ID. */
export function packsFor(
  world: World,
  market: string | undefined,
  type: string | undefined,
): readonly Pack[] {
  return market === undefined || type === undefined ? [] : world.rules.packsFor(market, type);
}

/** Of the packs that govern a filing, those in force on the day on which it is judged; all, where none is. */
export function packsJudging(world: World, filing: Entity, judgedOn: number | null): readonly Pack[] {
  const packs = packsFor(world, textAt(filing, 'market'), textAt(filing, 'type'));
  const inForce = judgedOn === null ? [] : packs.filter((pack) => isInForce(pack, judgedOn));
  return inForce.length > 0 ? inForce : packs;
}

/** Whether a pack or a rule is in force on a day; its first and last days count. */
export function isInForce(
  dated: { readonly from: number | null; readonly until: number | null },
  day: number,
): boolean {
  return (dated.from === null || dated.from <= day) && (dated.until === null || day <= dated.until);
}
