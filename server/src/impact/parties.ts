/** Notifications and approvals: what rules and quality agreements ask of partners. */
import { addQuantity } from '../base/date.js';
import { distinct } from '../base/lists.js';
import type { Entity } from '../registry/entity.js';
import type { EntityIndex } from '../registry/reads.js';
import { type Registry, statusOf, textAt, textsAt, valueAt } from '../registry/registry.js';
import type { Formula } from '../rules/formula.js';
import type { ApprovalNode, NotifyNode } from '../syntax/nodes.js';
import type { Answers } from './answers.js';
import type { Case, TracedEdit } from './case.js';
import { type AppliedRule, formulaOf, openOf, reasonOf } from './duties.js';
import type { Obligation, Reason } from './obligation.js';
import { patternMatches } from './pattern.js';
import type { World } from './world.js';

interface OwedToParty {
  readonly duty: 'notification' | 'approval';
  readonly party: string;
  readonly reasons: Reason[];
  readonly formulas: Formula[];
  readonly texts: Set<string>;
  /** The agreements that ask, for their periods of notice. */
  readonly agreements: Set<Entity>;
}

/** The obligations of the kinds notification and approval, and the rules that may hold. */
export function analyseParties(
  one: Case,
  answers: Answers,
  applied: readonly AppliedRule[],
): { readonly obligations: readonly Obligation[]; readonly considered: ReadonlySet<string> } {
  const owed = new Map<string, OwedToParty>();
  const considered = new Set<string>();
  const entryFor = (duty: OwedToParty['duty'], party: string): OwedToParty => {
    const key = `${duty} ${party}`;
    const known = owed.get(key);
    if (known) return known;
    const fresh: OwedToParty = {
      duty,
      party,
      reasons: [],
      formulas: [],
      texts: new Set(),
      agreements: new Set(),
    };
    owed.set(key, fresh);
    return fresh;
  };

  for (const application of applied) {
    for (const notify of application.rule.notifies) {
      const formula = formulaOf(one, application, notify.when);
      if (formula === false) continue;
      considered.add(application.rule.name);
      for (const party of partiesOf(one.world, application, notify.role)) {
        const entry = entryFor('notification', party.id);
        entry.reasons.push(reasonOf(application.rule, application.traced.edit, party.path, formula));
        entry.formulas.push(formula);
        entry.texts.add(application.rule.title);
      }
    }
  }

  for (const agreement of agreementsOf(one.world.registry, one.traced)) {
    for (const traced of one.traced) {
      for (const ask of askedBy(one.world, agreement, traced)) {
        const duties: OwedToParty['duty'][] = ask.approves ? ['notification', 'approval'] : ['notification'];
        for (const duty of duties) {
          const entry = entryFor(duty, ask.party);
          entry.agreements.add(agreement);
          entry.formulas.push(true);
          entry.texts.add(
            duty === 'approval'
              ? `approval under quality agreement ${agreement.id}`
              : `notice under quality agreement ${agreement.id}`,
          );
          entry.reasons.push({
            rule: agreement.id,
            cite: [`Quality agreement ${agreement.id}`],
            basis: 'official',
            edit: traced.edit.key,
            path: ask.path,
            certain: true,
          });
        }
      }
    }
  }
  return {
    obligations: [...owed.values()].flatMap((entry) => obligationOf(answers, entry) ?? []),
    considered,
  };
}

/** The organisations of a role, as seen from an edit, each with the path to it. */
function partiesOf(
  world: World,
  application: AppliedRule,
  role: string,
): readonly { readonly id: string; readonly path: readonly string[] }[] {
  const { registry } = world;
  const { reach } = application.traced;
  const filings = distinct(
    application.contexts.flatMap((context) => (context.filing ? [context.filing] : [])),
    (filing) => filing.id,
  );
  const reached = filings.length > 0 ? filings : reach.filings.flatMap(({ id }) => registry.get(id) ?? []);
  const throughFiling = (attribute: string): { id: string; path: readonly string[] }[] =>
    reached.flatMap((filing) => {
      const path = reach.filings.find((one) => one.id === filing.id)?.path ?? [filing.id];
      return (textsAt(filing, attribute) ?? []).map((id) => ({ id, path: [...path, id] }));
    });
  const unique = (parties: readonly { id: string; path: readonly string[] }[]) =>
    distinct(parties, (party) => party.id);
  switch (role) {
    case 'holder':
      return unique(throughFiling('holder'));
    case 'authorised':
      return unique(throughFiling('authorised'));
    case 'sponsor':
      return unique(
        [...throughFiling('holder'), ...counterparts(world, application.traced)].filter(
          ({ id }) => roleOf(world, id) === 'sponsor',
        ),
      );
    case 'customer':
      return unique(counterparts(world, application.traced));
    default:
      return [];
  }
}

function roleOf(world: World, organisation: string): string | undefined {
  const entity = world.registry.get(organisation);
  return entity && textAt(entity, 'role');
}

/** The other parties to the agreements of the sites at which the edit stands: whom those sites work for. */
function counterparts(world: World, traced: TracedEdit): { id: string; path: readonly string[] }[] {
  return agreementsOf(world.registry, [traced]).flatMap((agreement) =>
    askedBy(world, agreement, traced).map((ask) => ({ id: ask.party, path: ask.path })),
  );
}

/** The agreements in force by the sites that they are about. */
const agreementsBySite: EntityIndex = {
  name: 'agreements about',
  kind: 'agreement',
  keysOf: (agreement) => (statusOf(agreement) === 'retired' ? [] : (textsAt(agreement, 'sites') ?? [])),
};

/** The agreements in force about a site that any of the edits reaches, sorted by ID. */
function agreementsOf(registry: Registry, traced: readonly TracedEdit[]): readonly Entity[] {
  const found = new Set<Entity>();
  for (const { reach } of traced)
    for (const { id } of reach.sites)
      for (const agreement of registry.indexed(agreementsBySite, id)) found.add(agreement);
  return [...found].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Whom a quality agreement protects: every party that doesn't run the site at which the edit stands. */
function askedBy(
  world: World,
  agreement: Entity,
  traced: TracedEdit,
): readonly { readonly party: string; readonly path: readonly string[]; readonly approves: boolean }[] {
  const covered = (textsAt(agreement, 'sites') ?? []).filter((site) =>
    traced.reach.sites.some((reached) => reached.id === site),
  );
  if (covered.length === 0) return [];
  const approves = (textsAt(agreement, 'approves') ?? []).some((pattern) =>
    patternMatches(pattern, traced.edit),
  );
  return (textsAt(agreement, 'between') ?? []).flatMap((party) => {
    const foreign = covered.find((site) => {
      const entity = world.registry.get(site);
      return entity === undefined || textAt(entity, 'organisation') !== party;
    });
    return foreign === undefined
      ? []
      : [{ party, path: [traced.edit.subject, foreign, agreement.id, party], approves }];
  });
}

function obligationOf(answers: Answers, owed: OwedToParty): Obligation | null {
  const open = openOf(owed.formulas);
  if (!open) return null;
  const answer: NotifyNode | ApprovalNode | null =
    owed.duty === 'notification'
      ? (answers.of('notify').find((each) => each.parties.some((word) => word.text === owed.party)) ?? null)
      : (answers.of('approval').find((each) => each.by.some((word) => word.text === owed.party)) ?? null);
  if (answer) answers.use(answer);
  const late = answer !== null && isLate(answers, owed, answer);
  return {
    id: `${answers.record.id}:${owed.duty}:${owed.party}`,
    kind: owed.duty,
    state: answer ? (late ? 'insufficient' : 'met') : open.certain ? 'unmet' : 'open',
    target: owed.party,
    market: null,
    site: null,
    validationKind: null,
    category: null,
    judgedOn: null,
    items: [],
    because: distinct(owed.reasons, (reason) => `${reason.rule} ${reason.edit}`),
    questions: open.questions,
    facts: open.facts,
    dossier: [],
    documents: [],
    lead: null,
    answer: answer ? answers.placeOf(answer) : null,
    shortfall: late ? 'time' : null,
    text: [...owed.texts].sort().join('; '),
  };
}

/** A notice must leave the period that the agreement sets before the change is implemented; an approval must precede it. */
function isLate(answers: Answers, owed: OwedToParty, answer: NotifyNode | ApprovalNode): boolean {
  const implemented = answers.record.implement;
  if (implemented === null || !answer.on) return false;
  const bounds = [answer.on.day];
  if (owed.duty === 'notification') {
    for (const agreement of owed.agreements) {
      const notice = valueAt(agreement, 'notify');
      const bound = notice?.kind === 'amount' ? addQuantity(answer.on.day, notice.amount) : null;
      if (bound !== null) bounds.push(bound);
    }
  }
  return bounds.some((bound) => bound > implemented);
}
