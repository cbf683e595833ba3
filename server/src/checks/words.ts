/** The sentences that several checks share, so that one thing is said in one way. */

import { formatDate } from '../base/date.js';
import { nearest } from '../base/nearest.js';
import type { Analysis } from '../impact/analyse.js';
import { AGREED_CATEGORY, NOT_REGISTERED } from '../impact/filings.js';
import type { Obligation, Reason } from '../impact/obligation.js';
import type { World } from '../impact/world.js';
import type { Place } from '../model/edit.js';
import type { Entity } from '../registry/entity.js';
import { textAt } from '../registry/registry.js';
import type { Question } from '../rules/formula.js';
import type { Anchor, Draft } from './check.js';

/** `Rule us-drugs/314.70.b.2.i "Specification changed" (21 CFR 314.70(b)(2)(i)), by LRG-S5 → LRG → NDA-1.` */
export function whySentence(obligation: Obligation, world: World): string {
  const reason = weightiest(obligation);
  if (!reason) return '';
  const by = reason.path.length > 1 ? `, by way of ${reason.path.join(' → ')}` : '';
  const { because } = obligation;
  const more = because.length === 1 ? 0 : new Set(because.map((one) => one.rule)).size - 1;
  const others = more > 0 ? ` (and ${more} more ${more === 1 ? 'rule' : 'rules'})` : '';
  return `Why: ${ruleWords(reason, world)}${by}${others}.${recalledWarning(obligation)}`;
}

function ruleWords(reason: Reason, world: World): string {
  if (reason.rule === NOT_REGISTERED || reason.rule === AGREED_CATEGORY) return reason.cite.join('; ');
  const rule = world.rules.rules.get(reason.rule);
  const more = reason.cite.length > 2 ? ` and ${reason.cite.length - 2} more` : '';
  const cite = reason.cite.length > 0 ? `, ${reason.cite.slice(0, 2).join('; ')}${more}` : '';
  return rule ? `rule ${reason.rule} “${rule.title}”${cite}` : reason.cite.join('; ');
}

/** The reason to name first: the one that settles the lowest for certain, else one that may decide; then the shortest path. */
function weightiest(obligation: Obligation): Reason | undefined {
  let best = obligation.because[0];
  if (!best || obligation.because.length === 1) return best;
  let least = weightOf(best, obligation);
  for (const reason of obligation.because) {
    const weight = weightOf(reason, obligation);
    if (weight > least || (weight === least && reason.path.length >= best.path.length)) continue;
    best = reason;
    least = weight;
  }
  return best;
}

function weightOf(reason: Reason, { items, category }: Obligation): number {
  if (reason.rule === NOT_REGISTERED) return 3;
  if (items.length === 0) return reason.certain ? 0 : 1;
  const decides = (rank: string | null | undefined): boolean =>
    items.some((item) => item.category === rank && item.rule === reason.rule && item.edit === reason.edit);
  if (reason.certain && decides(category?.lowest)) return 0;
  return decides(category?.highest) ? 1 : 2;
}

function recalledWarning(obligation: Obligation): string {
  const recalled = obligation.because.some((reason) => reason.basis === 'recalled');
  return recalled
    ? ' It rests on a rule that was recalled, not read from the source: check the source before relying on it.'
    : '';
}

/** What must be answered or added before the outcome is settled, with a line that answers the first question. */
export function openWords(obligation: Obligation, world: World): string {
  const [first] = obligation.questions;
  const facts = obligation.facts.map(
    (fact) => `The registry doesn't say \`${fact.attribute}\` of ${fact.entity}.`,
  );
  // Neither a question nor a missing fact: a comparison of the rule is at fault.
  const isFaulty =
    !first && facts.length === 0 && obligation.state === 'open' && obligation.category?.lowest !== null;
  if (isFaulty) return 'Its rule has a fault, so what it says is not known: mend the rule.';
  if (!first) return facts.join(' ');
  const byCondition = new Map<string, Question[]>();
  for (const question of obligation.questions) {
    const same = byCondition.get(question.condition);
    if (same) same.push(question);
    else byCondition.set(question.condition, [question]);
  }
  const asked = [...byCondition.values()].map((same) => {
    const about = same.map((question) => quoted(question.for)).join(', ');
    return `${same[0]!.text} (\`${conditionName(same[0]!, world)} for ${about}\`)`;
  });
  const line = `\`confirm ${conditionName(first, world)} for ${quoted(first.for)} because "…"\``;
  const each = obligation.questions.length === 1 ? 'Answer it' : 'Answer each';
  return [...asked, `${each} with a line such as ${line}, or with \`deny\`.`, ...facts].join(' ');
}

/** The condition's short name where no other pack has a condition of that name. */
function conditionName(question: Question, world: World): string {
  const short = world.rules.conditions.get(question.condition)?.shortName;
  return short !== undefined && world.rules.conditionsNamed(short).length === 1 ? short : question.condition;
}

/** A name as a record writes it: quoted where it isn't a plain identifier. */
export function quoted(name: string): string {
  return /^[\p{L}][\p{L}\p{N}]*(?:[-_./][\p{L}\p{N}]+)*$/u.test(name) ? name : `"${name}"`;
}

/** `NDA-215866 (US)`. */
export function filingWords(obligation: Obligation): string {
  return obligation.market === null ? obligation.target : `${obligation.target} (${obligation.market})`;
}

/** `PV-LRG-S5`, or `a new cleaning validation of EQ-1`, with its site. */
export function targetWords(obligation: Obligation): string {
  const at = obligation.site === null ? '' : ` at ${obligation.site}`;
  const { isNew, kind, subject } = newTarget(obligation);
  return isNew ? `a new ${kindWords(kind)} for ${subject}${at}` : `${obligation.target}${at}`;
}

/** What the author writes to name the target: `PV-1 at DAB-4`, `new cleaning of EQ-1 at DAB-4`. */
export function targetSyntax(obligation: Obligation, world: World): string {
  const { isNew, kind, subject } = newTarget(obligation);
  const validation = world.registry.get(obligation.target);
  const own = validation && textAt(validation, 'site');
  const at = obligation.site === null || obligation.site === own ? '' : ` at ${quoted(obligation.site)}`;
  return isNew ? `new ${kind} of ${quoted(subject)}${at}` : `${quoted(obligation.target)}${at}`;
}

function newTarget({ target }: Obligation): { isNew: boolean; kind: string; subject: string } {
  if (!target.startsWith('new:')) return NOT_NEW;
  const [, kind = '', ...subject] = target.split(':');
  return { isNew: true, kind, subject: subject.join(':') };
}

const NOT_NEW = { isNew: false, kind: '', subject: '' };

/** What a validation of a kind is called in a sentence: `process` is a process validation, `stability` a stability study. */
export function kindWords(kind: string): string {
  return KIND_WORDS.get(kind) ?? kind.replaceAll('-', ' ');
}

const KIND_WORDS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    process: 'process validation',
    cleaning: 'cleaning validation',
    method: 'method validation',
    'computerised-system': 'computerised system validation',
    sterilisation: 'sterilisation validation',
    'sterile-filtration': 'sterile filtration validation',
    'container-closure-integrity': 'container closure integrity study',
    'extractables-leachables': 'extractables and leachables study',
    packaging: 'packaging validation',
    'visual-inspection': 'visual inspection qualification',
    transport: 'transport verification',
    'hold-time': 'hold-time study',
    stability: 'stability study',
    comparability: 'comparability study',
    bioequivalence: 'bioequivalence study',
    dissolution: 'dissolution comparison',
    impurity: 'impurity assessment',
    'viral-clearance': 'viral clearance study',
    'cell-bank': 'cell bank qualification',
    vector: 'vector qualification',
    containment: 'containment verification',
    'chain-of-identity': 'chain of identity verification',
    'health-based-limit': 'health-based exposure limit',
    disinfectant: 'disinfectant efficacy study',
  }),
);

/** Where to report something owed and not declared: the answer that falls short, else the edit that sets it off. */
export function anchorOf(analysis: Analysis, obligation: Obligation): Anchor {
  const key = weightiest(obligation)?.edit ?? obligation.items[0]?.edit;
  const edit =
    analysis.edits.find((one) => one.key === key) ??
    analysis.traced.find(({ reach }) => reach.filings.some(({ id }) => id === obligation.target))?.edit;
  const place: Place = obligation.answer ?? edit?.place ?? { first: 0, last: 0 };
  return { in: 'record', record: analysis.record, place };
}

/** The hops of the impact path, each at its place in the registry. */
export function pathPlaces(obligation: Obligation, world: World): NonNullable<Draft['related']> {
  const path = weightiest(obligation)?.path ?? [];
  return path.flatMap((id, index) => {
    const entity = world.registry.get(id);
    if (!entity) return [];
    const { first, further } = hopsOf(entity);
    return index === 0 ? first : further;
  });
}

type Hop = NonNullable<Draft['related']>[number];

/** The same for every path that leads over an entity, and there are many: made once for each. */
const hops = new WeakMap<Entity, { readonly first: Hop; readonly further: Hop }>();

function hopsOf(entity: Entity): { readonly first: Hop; readonly further: Hop } {
  let made = hops.get(entity);
  if (!made) {
    const anchor: Anchor = { in: 'registry', file: entity.file, at: entity.at };
    made = {
      first: { message: `the change is to ${entity.id}`, anchor },
      further: { message: `which reaches ${entity.id}`, anchor },
    };
    hops.set(entity, made);
  }
  return made;
}

/** A draft about an obligation: at its anchor, with its path. */
export function obligationDraft(
  analysis: Analysis,
  obligation: Obligation,
  world: World,
  message: string,
): Draft {
  return {
    anchor: anchorOf(analysis, obligation),
    message,
    obligation: obligation.id,
    related: pathPlaces(obligation, world),
  };
}

export function dayWords(day: number): string {
  return formatDate(day);
}

/** The category that is most likely meant: a regulation's own sentences call variations “type IB”. */
export function nearestCategory(written: string, categories: readonly string[]): string | null {
  return nearest(written.replace(/^type[\s_-]*/i, ''), categories);
}
