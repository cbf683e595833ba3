/** Reads rules and conditions, and looks up the names that they use. */
import { nearest } from '../base/nearest.js';
import type { Action } from '../model/edit.js';
import type {
  ClauseNode,
  ConditionNode,
  DutyClause,
  FieldNode,
  Node,
  RuleNode,
  TriggerNode,
  Word,
} from '../syntax/nodes.js';
import { spanOf } from '../syntax/tree.js';
import { factNamed } from './facts.js';
import { type Compiled, packsUsedBy, type RulesSource, resolveIn } from './lookup.js';
import {
  LOOKS_LIKE_DATE,
  type UnresolvedPack,
  unknownCategory,
  unknownValidationKind,
} from './packReader.js';
import type {
  Basis,
  Condition,
  Duty,
  Pack,
  Report,
  Rule,
  RuleLocation,
  RuleProblem,
  Trigger,
} from './rule.js';
import { deadTrigger, type KnownNames } from './trigger.js';

/** Whom a rule may have notified. */
export const ROLES = ['holder', 'authorised', 'sponsor', 'customer'] as const;
const BASES: readonly Basis[] = ['official', 'secondary', 'recalled'];
const FIELDS = ['in-force', 'until', 'supersedes'];

interface ReadRule {
  readonly rule: Rule;
  readonly node: RuleNode;
  readonly nameLocation: RuleLocation;
  /** The parser has found a fault in it. */
  readonly isFaulty: boolean;
  readonly shipped: boolean;
}

/** Gathers the rules and conditions of all files; shipped files are read first, so that a workspace's override. */
export class RuleReader {
  readonly #rules = new Map<string, ReadRule>();
  readonly #conditions = new Map<string, { readonly condition: Condition; readonly shipped: boolean }>();

  constructor(
    readonly problems: RuleProblem[],
    readonly packs: ReadonlyMap<string, UnresolvedPack>,
    readonly known: KnownNames,
  ) {}

  read(source: RulesSource): void {
    let pack: string | null = null;
    let isOrphanReported = false;
    for (const item of source.tree.root.items) {
      if (item.kind === 'pack') {
        // A pack without a name was reported by the parser, and so would be whatever follows it.
        pack = item.id?.text ?? null;
        isOrphanReported = pack === null;
      } else if (pack === null) {
        if (!isOrphanReported)
          this.#report(
            { file: source.file, node: item.name ?? item },
            `this ${item.kind} belongs to no pack; write \`pack ID "title" { … }\` before it`,
          );
        isOrphanReported = true;
      } else if (item.kind === 'rule') this.#rule(source, pack, item);
      else this.#condition(source, pack, item);
    }
  }

  /** Looks up what needs every rule: exceptions, and what decides otherwise. */
  finish(): Compiled {
    const byName = new Map([...this.#rules].map(([name, { rule }]) => [name, rule]));
    const rules = new Map<string, Rule>();
    for (const [name, read] of this.#rules) rules.set(name, this.#resolve(read, byName));
    const packs = new Map<string, Pack>();
    for (const [id, pack] of this.packs) packs.set(id, this.#resolvePack(pack, byName));
    this.#reportIdle(new Set([...packs.values()].map((pack) => pack.otherwise)), byName);
    const conditions = new Map([...this.#conditions].map(([name, { condition }]) => [name, condition]));
    return { packs, rules, conditions };
  }

  /** A rule that asks for something, that nothing sets off and that decides otherwise for no pack. */
  #reportIdle(fallbacks: ReadonlySet<string | null>, byName: ReadonlyMap<string, Rule>): void {
    for (const [name, { rule, node, nameLocation, isFaulty }] of this.#rules) {
      if (node.triggers.length > 0 || isFaulty || fallbacks.has(name)) continue;
      // A pack whose `otherwise` names no rule may have meant this one.
      const { otherwiseName } = this.packs.get(rule.pack) ?? {};
      if (otherwiseName && !resolveIn(byName, this.packs, otherwiseName.name, rule.pack)) continue;
      if ([rule.reports, rule.duties, rule.tasks, rule.notifies].every((clauses) => clauses.length === 0))
        continue;
      this.problems.push({
        code: 'rules/dead-trigger',
        location: nameLocation,
        message: `nothing sets off the rule ${name}; write what does, such as \`on replace site of step\` or \`on any edit\`, or name it as \`otherwise\` of its pack`,
      });
    }
  }

  #condition(source: RulesSource, pack: string, node: ConditionNode): void {
    if (!node.name) return;
    const shortName = bare(node.name.text, pack);
    const name = `${pack}/${shortName}`;
    const location = { file: source.file, node };
    const nameLocation = { file: source.file, node: node.name };
    if (factNamed(shortName)?.kind === 'fact')
      this.#report(nameLocation, `\`${shortName}\` is a fact already; give the condition another name`);
    const before = this.#conditions.get(name);
    if (before && before.shipped === source.shipped) {
      this.#report(nameLocation, `there are two conditions ${name}; give one of them another name`);
      return;
    }
    if (before) this.#overrides(nameLocation, 'condition', name, before.condition.location);
    const condition: Condition = {
      name,
      pack,
      shortName,
      question: node.question?.text ?? '',
      fallback: node.fallback,
      cite: node.cite?.text ?? null,
      location,
    };
    this.#conditions.set(name, { condition, shipped: source.shipped });
  }

  #rule(source: RulesSource, pack: string, node: RuleNode): void {
    if (!node.name) return;
    const shortName = bare(node.name.text, pack);
    const name = `${pack}/${shortName}`;
    const nameLocation = { file: source.file, node: node.name };
    const before = this.#rules.get(name);
    if (before && before.shipped === source.shipped) {
      this.#report(nameLocation, `there are two rules ${name}; give one of them another name`);
      return;
    }
    if (before) this.#overrides(nameLocation, 'rule', name, before.rule.location);
    const clauses = node.clauses;
    const rule: Rule = {
      name,
      shortName,
      pack,
      title: node.title?.text ?? '',
      triggers: node.triggers.flatMap((trigger) => this.#trigger(source.file, trigger)),
      when: node.when,
      reports: clauses.flatMap((clause) => this.#reportClause(source.file, pack, clause)),
      duties: clauses.flatMap((clause) => (clause.kind === 'duty' ? this.#duty(source.file, clause) : [])),
      tasks: clauses.flatMap((clause) =>
        clause.kind === 'perform-clause' && clause.task
          ? [{ id: clause.task.text, text: clause.text?.text ?? '', when: clause.when }]
          : [],
      ),
      notifies: clauses.flatMap((clause) =>
        clause.kind === 'notify-clause' && clause.role && this.#isRole(source.file, clause.role)
          ? [{ role: clause.role.text, when: clause.when }]
          : [],
      ),
      cites: clauses.flatMap((clause) =>
        clause.kind === 'cite'
          ? clause.citations.map(({ text }) => text).filter((text) => text.trim() !== '')
          : [],
      ),
      dossier: clauses.flatMap((clause) =>
        clause.kind === 'dossier' ? clause.sections.map(({ text }) => text) : [],
      ),
      documents: clauses.flatMap((clause) =>
        clause.kind === 'document' && clause.text ? [clause.text.text] : [],
      ),
      lead: clauses.find((clause) => clause.kind === 'lead-clause')?.value?.value ?? null,
      basis: this.#basis(source.file, node.name, clauses),
      from: this.#day(source.file, node.fields, 'in-force'),
      until: this.#day(source.file, node.fields, 'until'),
      supersedes: this.#superseded(source.file, name, node.fields),
      location: { file: source.file, node },
      overrides: before?.rule.location ?? null,
    };
    this.#checkFields(source.file, node.fields);
    if (rule.cites.length === 0)
      this.problems.push({
        code: 'rules/no-citation',
        location: nameLocation,
        message: `the rule ${name} has no citation; say where it comes from: \`cite "21 CFR 314.70(b)(1)"\``,
      });
    const { start, end } = spanOf(source.tree.tokens, node);
    const isFaulty = source.tree.faults.some(({ span }) => start <= span.start && span.end <= end);
    this.#rules.set(name, { rule, node, nameLocation, isFaulty, shipped: source.shipped });
  }

  #trigger(file: string, node: TriggerNode): Trigger[] {
    if (node.any) return [{ action: null, part: null, subject: null }];
    const { action, part, subject } = node;
    if (!action || !part || !subject) return [];
    const dead = deadTrigger({ action: action.text, part: part.text, subject: subject.text }, this.known);
    if (dead) {
      const at = { action, part, subject }[dead.what];
      this.problems.push({
        code: 'rules/dead-trigger',
        location: { file, node: dead.near === null ? node : at },
        message: dead.message,
        ...(dead.near === null ? {} : { replacement: dead.near }),
      });
    }
    return [{ action: action.text as Action, part: part.text, subject: subject.text }];
  }

  #reportClause(file: string, pack: string, clause: ClauseNode): Report[] {
    if (clause.kind !== 'report' || !clause.category) return [];
    const categories = this.packs.get(pack)?.categories ?? [];
    const category = clause.category.text;
    if (!categories.includes(category) || categories.length < 2) {
      this.#report({ file, node: clause.category }, ...unknownCategory(category, pack, categories));
      return [];
    }
    const { when, otherwise, once } = clause;
    return [{ category, insteadOf: clause.insteadOf.map(({ text }) => text), when, otherwise, once }];
  }

  #duty(file: string, clause: DutyClause): Duty[] {
    const { duty, validationKind, scope, when } = clause;
    if (!validationKind) return [];
    const problem = unknownValidationKind(validationKind.text);
    if (!problem) {
      const atDestination = scope?.atDestination ?? false;
      return [{ duty, validationKind: validationKind.text, scope: scope?.word ?? null, atDestination, when }];
    }
    this.#report({ file, node: validationKind }, ...problem);
    return [];
  }

  #isRole(file: string, word: Word): boolean {
    if ((ROLES as readonly string[]).includes(word.text)) return true;
    const near = nearest(word.text, ROLES);
    const hint = near ? `did you mean ${near}?` : `write one of ${ROLES.join(', ')}`;
    this.#report({ file, node: word }, `${word.text} is no role that can be notified; ${hint}`, near);
    return false;
  }

  /** A rule that doesn't say how sure it is counts as recalled. */
  #basis(file: string, name: Word, clauses: readonly ClauseNode[]): Basis {
    const clause = clauses.find((candidate) => candidate.kind === 'basis');
    if (!clause) {
      this.problems.push({
        code: 'rules/no-citation',
        location: { file, node: name },
        message:
          'say how sure this rule is: `basis official` (the text of the regulation was read), `basis secondary` (a summary of it was) or `basis recalled` (neither)',
      });
      return 'recalled';
    }
    const basis = BASES.find((word) => word === clause.basis?.text);
    if (!basis && clause.basis) {
      const near = nearest(clause.basis.text, BASES);
      const hint = near ? `did you mean ${near}?` : `write one of ${BASES.join(', ')}`;
      this.#report({ file, node: clause.basis }, `${clause.basis.text} is no basis; ${hint}`, near);
    }
    return basis ?? 'recalled';
  }

  #checkFields(file: string, fields: readonly FieldNode[]): void {
    for (const { name } of fields) {
      if (FIELDS.includes(name.text) || name.text.startsWith('x-')) continue;
      const near = nearest(name.text, FIELDS);
      const hint = near ? `did you mean ${near}?` : `it may have ${FIELDS.join(', ')}`;
      this.#report({ file, node: name }, `a rule has no field \`${name.text}\`; ${hint}`, near);
    }
  }

  #day(file: string, fields: readonly FieldNode[], name: string): number | null {
    const value = fields.find((field) => field.name.text === name)?.values[0];
    if (!value) return null;
    if (value.value.kind === 'date') return value.value.day;
    // What looks like a date was reported by the parser.
    if (LOOKS_LIKE_DATE.test(value.value.text)) return null;
    this.#report({ file, node: value }, `\`${name}\` is a date; write for example \`${name}: 2026-01-15\``);
    return null;
  }

  /** What was superseded is named in full: its pack need not be at hand, and a bare name would be one of this pack. */
  #superseded(file: string, name: string, fields: readonly FieldNode[]): readonly string[] {
    const values = fields
      .filter((field) => field.name.text === 'supersedes')
      .flatMap((field) => field.values);
    return values.flatMap((value) => {
      const { kind, text } = value.value;
      if ((kind === 'id' || kind === 'text') && /^[^/]+\/./.test(text) && text !== name) return [text];
      this.#report(
        { file, node: value },
        '`supersedes` names the rules whose place this one took, each with its pack; write for example `supersedes: eu-2013/B.II.d.1.a`',
      );
      return [];
    });
  }

  #resolve(read: ReadRule, byName: ReadonlyMap<string, Rule>): Rule {
    const { rule, node } = read;
    if (rule.reports.every((report) => report.insteadOf.length === 0)) return rule;
    const { file } = rule.location;
    for (const clause of node.clauses) {
      if (clause.kind !== 'report') continue;
      for (const word of clause.insteadOf)
        if (!resolveIn(byName, this.packs, word.text, rule.pack))
          this.#unknownRule({ file, node: word }, word.text, rule.pack, byName);
    }
    const reports = rule.reports.map((report) => ({
      ...report,
      insteadOf: report.insteadOf.flatMap(
        (name) => resolveIn(byName, this.packs, name, rule.pack)?.name ?? [],
      ),
    }));
    return { ...rule, reports };
  }

  #resolvePack(unresolved: UnresolvedPack, byName: ReadonlyMap<string, Rule>): Pack {
    const { otherwiseName, ...pack } = unresolved;
    if (!otherwiseName) return pack;
    const rule = resolveIn(byName, this.packs, otherwiseName.name, pack.id);
    const used = new Set(packsUsedBy(this.packs, pack.id));
    if (rule && used.has(rule.pack)) return { ...pack, otherwise: rule.name };
    this.#unknownRule(otherwiseName.location, otherwiseName.name, pack.id, byName);
    return pack;
  }

  #unknownRule(location: RuleLocation, name: string, pack: string, byName: ReadonlyMap<string, Rule>): void {
    const used = new Set(packsUsedBy(this.packs, pack));
    const names = [...byName.values()].filter((rule) => used.has(rule.pack)).map((rule) => rule.shortName);
    const near = nearest(name, names) ?? nearest(name, byName.keys());
    const hint = near ? `did you mean ${near}?` : 'write the name of a rule of this pack, or PACK/NAME';
    this.#report(location, `there is no rule ${name} in ${pack}; ${hint}`, near);
  }

  #overrides(location: RuleLocation, what: string, name: string, shipped: RuleLocation): void {
    this.problems.push({
      code: 'rules/overrides',
      location,
      message: `this ${what} takes the place of the shipped ${name} (${shipped.file})`,
    });
  }

  #report(
    location: { readonly file: string; readonly node: Node },
    message: string,
    replacement: string | null = null,
  ): void {
    this.problems.push({
      code: 'syntax',
      location,
      message,
      ...(replacement === null ? {} : { replacement }),
    });
  }
}

/** `us-drugs/314.70.a` and `314.70.a` are one name inside the pack `us-drugs`. */
function bare(name: string, pack: string): string {
  return name.startsWith(`${pack}/`) ? name.slice(pack.length + 1) : name;
}
