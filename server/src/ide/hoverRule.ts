import { formatDate } from '../base/date.js';
import { valueText } from '../base/value.js';
import type { RuleSet } from '../rules/compile.js';
import { type Fact, factNamed } from '../rules/facts.js';
import { packsUsedBy } from '../rules/lookup.js';
import type { ClockStep, Condition, Pack, Rule } from '../rules/rule.js';
import { inWords, SCOPES_IN_WORDS, triggerInWords } from '../rules/words.js';
import type { ExprNode } from '../syntax/nodes.js';
import { bold, bullets, code, paragraphs, plain, table } from './hoverMarkdown.js';

/** A rule: what sets it off, what it asks, where it is written, how far it can be relied on. */
export function ruleHover(rule: Rule, rules: RuleSet): string {
  const pack = rules.packs.get(rule.pack);
  const rows: (readonly [string, string])[] = [];
  const add = (label: string, text: string): void => {
    rows.push([label, plain(text)]);
  };
  const when = (expr: ExprNode | null): string =>
    expr === null ? '' : ` when ${inWords(expr, (name) => rules.resolveCondition(name, rule.pack))}`;
  if (rule.triggers.length > 0) add('Applies if', triggersInWords(rule));
  if (rule.when) add('When', when(rule.when).trimStart().slice('when '.length));
  for (const report of rule.reports) {
    const instead = report.insteadOf.length > 0 ? ` instead of ${report.insteadOf.join(', ')}` : '';
    const condition = report.otherwise ? ' otherwise' : when(report.when);
    add('Report', `${report.category}${instead}${condition}${report.once ? ', once for a filing' : ''}`);
  }
  for (const duty of rule.duties) {
    const scope = duty.scope === null ? '' : `, ${SCOPES_IN_WORDS[duty.scope]}`;
    const where = duty.atDestination ? ', at the destination' : '';
    const label = duty.duty === 'revalidate' ? 'Revalidate' : 'Assess';
    add(label, `${duty.validationKind}${scope}${where}${when(duty.when)}`);
  }
  for (const task of rule.tasks) add('Perform', `${task.id}: ${task.text}${when(task.when)}`);
  for (const notify of rule.notifies) add('Notify', `the ${notify.role}${when(notify.when)}`);
  add('Citation', rule.cites.length > 0 ? rule.cites.join('; ') : 'none is given');
  add('Basis', `${rule.basis}: ${BASES[rule.basis]}`);
  const force = inForceWords(rule.from ?? pack?.from ?? null, rule.until ?? pack?.until ?? null);
  if (force !== '') add('In force', force);
  if (rule.supersedes.length > 0) add('Supersedes', rule.supersedes.join(', '));
  const successors = rules.successorsOf(rule.name).map(({ name }) => name);
  if (successors.length > 0) add('Superseded by', successors.join(', or '));
  if (rule.dossier.length > 0) add('Dossier', rule.dossier.join(', '));
  if (rule.documents.length > 0) add('Documents', rule.documents.join('; '));
  if (rule.lead) add('Takes', valueText(rule.lead));
  add('Stands in', `${rule.location.file}${rule.overrides ? `, instead of ${rule.overrides.file}` : ''}`);
  return paragraphs(
    `${bold(rule.name)} “${plain(rule.title)}” (rule)`,
    table(
      ['', ''],
      rows.map(([label, text]) => [label, text]),
    ),
  );
}

/** A condition: the question, and who or what answers it. */
export function conditionHover(condition: Condition): string {
  const answered = condition.fallback
    ? `The registry answers it: yes if ${plain(inWords(condition.fallback))}. A record may say otherwise with \`confirm\` or \`deny\`.`
    : 'The record answers it with `confirm` or `deny`, and gives its grounds with `because`.';
  return paragraphs(
    `${bold(condition.name)} (condition)`,
    plain(condition.question),
    answered,
    condition.cite === null ? '' : `Citation: ${plain(condition.cite)}`,
  );
}

/** A rule pack: what it governs, its categories from the lowest to the highest with their clocks. */
export function packHover(pack: Pack, rules: RuleSet): string {
  const rows: (readonly [string, string])[] = [];
  const add = (label: string, text: string): void => {
    if (text !== '') rows.push([label, plain(text)]);
  };
  add('Market', pack.market ?? 'every market');
  add('Filings', pack.filings.join(', '));
  add('Source', pack.source);
  add('In force', inForceWords(pack.from, pack.until));
  add('Accepts', pack.accepts.join(', '));
  add('Uses', pack.uses.join(', '));
  add('Otherwise', pack.otherwise ?? '');
  add('Rules', String([...rules.rules.values()].filter((rule) => rule.pack === pack.id).length));
  const clocks = pack.categories
    .filter((category) => category !== 'none')
    .map((category) => [code(category), plain(clockWords(pack, category))]);
  return paragraphs(
    `${bold(pack.id)} “${plain(pack.title)}” (rule pack)`,
    table(
      ['', ''],
      rows.map(([label, text]) => [label, text]),
    ),
    table(['Category', 'When the change may be implemented'], clocks),
  );
}

/** A category of a pack: its clock, and its place among the others. */
export function categoryHover(category: string, packs: readonly Pack[]): string | null {
  const having = packs.filter((pack) => pack.categories.includes(category));
  if (having.length === 0) return null;
  const lines = having.map((pack) => {
    const order = pack.categories.map((one) => (one === category ? bold(one) : plain(one))).join(' &lt; ');
    return `${plain(pack.id)}: ${plain(clockWords(pack, category))} (${order})`;
  });
  return paragraphs(`${bold(category)} (reporting category)`, bullets(lines));
}

/** A category's clock in a sentence: `after approval, which typically takes 4 months`. */
export function clockWords(pack: Pack, category: string): string {
  if (category === 'none') return 'nothing is filed';
  const steps = pack.clocks.get(category) ?? [];
  if (steps.length === 0) return `${pack.id} gives no clock for it`;
  return steps.map((step) => stepWords(step, steps)).join(', ');
}

function stepWords(step: ClockStep, all: readonly ClockStep[]): string {
  const after = all.some((one) => one.step === 'approval') ? 'approval' : 'submission';
  switch (step.step) {
    case 'approval':
      return 'only after approval';
    case 'on-receipt':
      return 'from the day on which the authority receives the filing';
    case 'afterwards':
      return 'at any time, filed afterwards';
    case 'wait':
      return `not before ${valueText(step.value)} after ${after}${step.procedure === null ? '' : ` in the procedure ${step.procedure}`}`;
    case 'typical':
      return `typically ${valueText(step.value)}${step.filingType === null ? '' : ` for ${step.filingType}`}`;
    case 'within':
      return after === 'approval'
        ? `put in place within ${valueText(step.value)} of the approval`
        : `filed within ${valueText(step.value)}${step.ofAnniversary ? ' of the anniversary of approval' : ''}`;
    case 'judged':
      return `judged by the rules in force on the day of ${step.on}`;
  }
}

/** A fact or function of the catalogue, or an attribute reached from one (`product.sterile`). */
export function factHover(path: string, attributeWords: string): string | null {
  const fact = factNamed(path) ?? factNamed(path.split('.')[0]!);
  if (!fact) return null;
  return paragraphs(
    `${bold(path + parametersOf(fact))} (${fact.kind}, ${plain(fact.name === path ? fact.typeName : 'attribute')})`,
    fact.name === path ? fact.meaning : attributeWords,
    fact.name === path ? `For example: ${code(fact.example)}` : `${fact.name}: ${fact.meaning}`,
  );
}

/** The task of a `perform` line: what the rules that ask for it want done. */
export function taskHover(task: string, rules: RuleSet): string | null {
  const asking = [...rules.rules.values()].flatMap((rule) =>
    rule.tasks.filter(({ id }) => id === task).map(({ text }) => `${plain(text)} (${code(rule.name)})`),
  );
  return asking.length === 0 ? null : paragraphs(`${bold(task)} (task)`, bullets(asking, 6));
}

/** The packs whose rules speak where a name is written in a pack: itself and those that it uses. */
export function packsSeenFrom(rules: RuleSet, pack: string): readonly Pack[] {
  return packsUsedBy(rules.packs, pack).flatMap((id) => rules.packs.get(id) ?? []);
}

export const BASES = {
  official: "the regulation's own text was read",
  secondary: 'a transcription or summary was read',
  recalled: 'neither was read, so check before relying on it',
} as const;

const MOST_TRIGGERS = 6;

function triggersInWords(rule: Rule): string {
  const words = rule.triggers.slice(0, MOST_TRIGGERS).map(triggerInWords).join('; or ');
  const more = rule.triggers.length - MOST_TRIGGERS;
  return more > 0 ? `${words}; or ${more} more` : words;
}

function parametersOf(fact: Fact): string {
  return fact.kind === 'function' ? `(${fact.parameters.map(({ name }) => name).join(', ')})` : '';
}

function inForceWords(from: number | null, until: number | null): string {
  const parts = [
    ...(from === null ? [] : [`from ${formatDate(from)}`]),
    ...(until === null ? [] : [`until ${formatDate(until)}`]),
  ];
  return parts.join(' ');
}
