import type { Edit } from '../model/edit.js';
import type { ExprNode } from '../syntax/nodes.js';
import { type CheckSite, checkExpression } from './check.js';
import type { Evaluator } from './evaluate.js';
import { ANY_SCOPE, type Scope } from './factPath.js';
import { type Compiled, packsUsedBy, type RulesSource, resolveIn } from './lookup.js';
import { PackReader } from './packReader.js';
import type { Condition, Pack, Rule, RuleProblem } from './rule.js';
import { RuleReader } from './ruleReader.js';
import { type KnownNames, scopeOf, TriggerIndex } from './trigger.js';

export type { RulesSource } from './lookup.js';

/**
 * Compiles rule packs. Never throws: whatever is wrong is in `problems`, sorted by file and place, and what
 * is right still works. `known` are names that the workspace's registry uses, which triggers may name.
 */
export function compileRules(sources: readonly RulesSource[], known: KnownNames = {}): RuleSet {
  const ordered = [...sources].sort(
    (a, b) => Number(b.shipped) - Number(a.shipped) || compareTexts(a.file, b.file),
  );
  const problems: RuleProblem[] = [];
  const packs = new PackReader(problems);
  for (const source of ordered) packs.read(source);
  const unresolved = packs.finish();
  const reader = new RuleReader(problems, unresolved, known);
  for (const source of ordered) reader.read(source);
  const set = new RuleSet(reader.finish(), problems);
  checkExpressions(set, problems);
  problems.sort(byPlace);
  return set;
}

/** Every pack, rule and condition, with names looked up and triggers indexed. Read-only. */
export class RuleSet {
  readonly packs: ReadonlyMap<string, Pack>;
  /** By full name, in order of full name. */
  readonly rules: ReadonlyMap<string, Rule>;
  readonly conditions: ReadonlyMap<string, Condition>;
  /** Expressions made ready, each when it is first evaluated (see `evaluate`). */
  readonly evaluators = new WeakMap<ExprNode, Evaluator>();
  /** Comparisons with a fault that was reported: what they say is not known. */
  readonly faulty = new WeakSet<ExprNode>();
  readonly #index: TriggerIndex;
  readonly #rulesOf = new Map<string, readonly Rule[]>();
  /** By the list of an edit's rules (one for all edits of a sort), then by pack. */
  readonly #ofPack = new WeakMap<readonly Rule[], Map<string, readonly Rule[]>>();
  readonly #conditionsNamed = new Map<string, readonly Condition[]>();
  readonly #packsFor = new Map<string, readonly Pack[]>();
  /** Which rules took the place of another, by its full and by its bare name; made when it is first asked for. */
  #successors: ReadonlyMap<string, readonly Rule[]> | null = null;

  constructor(
    compiled: Compiled,
    readonly problems: readonly RuleProblem[],
  ) {
    this.packs = sortedMap(compiled.packs);
    this.rules = sortedMap(compiled.rules);
    this.conditions = sortedMap(compiled.conditions);
    this.#index = new TriggerIndex(this.rules.values());
  }

  /** The rules one of whose triggers matches the edit, ordered by full name. */
  rulesFor(edit: Edit): readonly Rule[] {
    return this.#index.rulesFor(edit);
  }

  /** Those of them that a pack has, its own and those of the packs that it uses. */
  rulesOfPackFor(pack: string, edit: Edit): readonly Rule[] {
    const all = this.rulesFor(edit);
    let byPack = this.#ofPack.get(all);
    if (!byPack) this.#ofPack.set(all, (byPack = new Map()));
    let rules = byPack.get(pack);
    if (!rules) {
      const packs = new Set(packsUsedBy(this.packs, pack));
      byPack.set(pack, (rules = all.filter((rule) => packs.has(rule.pack))));
    }
    return rules;
  }

  /** The packs that govern filings of a market and type, whatever the day; ordered by ID. */
  packsFor(market: string, type: string): readonly Pack[] {
    const key = `${market} ${type}`;
    let packs = this.#packsFor.get(key);
    if (!packs) {
      packs = [...this.packs.values()].filter(
        (pack) => pack.market === market && pack.filings.includes(type),
      );
      // What a registry calls a market or a type has no end.
      if (packs.length > 0) this.#packsFor.set(key, packs);
    }
    return packs;
  }

  /** The rules of a pack: its own and those of the packs that it uses, ordered by full name. */
  rulesOf(pack: string): readonly Rule[] {
    let rules = this.#rulesOf.get(pack);
    if (!rules) {
      const packs = new Set(packsUsedBy(this.packs, pack));
      rules = [...this.rules.values()].filter((rule) => packs.has(rule.pack));
      this.#rulesOf.set(pack, rules);
    }
    return rules;
  }

  /** A rule by full name, or by its bare name in the pack, the packs that it uses, or the only pack that has one. */
  resolveRule(name: string, pack: string): Rule | undefined {
    return resolveIn(this.rules, this.packs, name, pack);
  }

  /** A condition by full name, or by its bare name as for rules. */
  resolveCondition(name: string, pack: string): Condition | undefined {
    return resolveIn(this.conditions, this.packs, name, pack);
  }

  /** Every rule of a bare or full name, over all packs, ordered by full name. */
  rulesNamed(name: string): readonly Rule[] {
    return [...this.rules.values()].filter((rule) => rule.name === name || rule.shortName === name);
  }

  /** The rules that took the place of a rule of a bare or full name, there or not, ordered by full name. */
  successorsOf(name: string): readonly Rule[] {
    this.#successors ??= successorsIn(this.rules.values());
    return this.#successors.get(name) ?? [];
  }

  /** Every condition of a bare or full name, over all packs, ordered by full name. */
  conditionsNamed(name: string): readonly Condition[] {
    let named = this.#conditionsNamed.get(name);
    if (!named) {
      named = [...this.conditions.values()].filter(
        (condition) => condition.name === name || condition.shortName === name,
      );
      // Other names than conditions' are asked for only once or twice, and there is no end of them.
      if (named.length > 0) this.#conditionsNamed.set(name, named);
    }
    return named;
  }
}

function checkExpressions(set: RuleSet, problems: RuleProblem[]): void {
  const conditionNames = [...set.conditions.values()].map((condition) => condition.shortName);
  const siteOf = (pack: string, file: string, scope: Scope, place: CheckSite['place']): CheckSite => ({
    file,
    scope,
    place,
    isCondition: (name) => set.resolveCondition(name, pack) !== undefined,
    conditionNames,
  });
  for (const condition of set.conditions.values()) {
    const site = siteOf(condition.pack, condition.location.file, ANY_SCOPE, 'default');
    problems.push(...checkExpression(condition.fallback, site, set.faulty));
  }
  for (const rule of set.rules.values()) {
    const site = siteOf(rule.pack, rule.location.file, scopeOf(rule.triggers), 'rule');
    for (const expr of expressionsOf(rule)) problems.push(...checkExpression(expr, site, set.faulty));
  }
}

/** Every expression of a rule: its own `when` and those of its clauses. */
export function expressionsOf(rule: Rule): readonly ExprNode[] {
  const clauses = [...rule.reports, ...rule.duties, ...rule.tasks, ...rule.notifies];
  return [rule.when, ...clauses.map((clause) => clause.when)].filter((expr) => expr !== null);
}

function successorsIn(rules: Iterable<Rule>): ReadonlyMap<string, readonly Rule[]> {
  const successors = new Map<string, Rule[]>();
  for (const rule of rules)
    for (const name of rule.supersedes)
      for (const key of [name, name.slice(name.indexOf('/') + 1)]) {
        const known = successors.get(key);
        if (!known) successors.set(key, [rule]);
        else if (!known.includes(rule)) known.push(rule);
      }
  return successors;
}

function sortedMap<T>(map: ReadonlyMap<string, T>): ReadonlyMap<string, T> {
  return new Map([...map].sort(([a], [b]) => compareTexts(a, b)));
}

function byPlace(a: RuleProblem, b: RuleProblem): number {
  return (
    compareTexts(a.location.file, b.location.file) ||
    a.location.node.first - b.location.node.first ||
    compareTexts(a.code, b.code) ||
    compareTexts(a.message, b.message)
  );
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
