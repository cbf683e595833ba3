import { formatDate } from '../base/date.js';
import { nearest } from '../base/nearest.js';
import { valueText } from '../base/value.js';
import { CODES, type Code } from '../checks/codes.js';
import { pageOf } from '../checks/pages.js';
import { KINDS, SCHEMA } from '../registry/schema.js';
import { describeType } from '../rules/check.js';
import { resolvePath } from '../rules/factPath.js';
import { FACTS, type Fact, factNamed } from '../rules/facts.js';
import type { Condition, Rule } from '../rules/rule.js';
import { inWords, SCOPES_IN_WORDS } from '../rules/words.js';
import type { ExprNode } from '../syntax/nodes.js';
import { pageOf as layoutOf, reportOf, troubleOf, writeAll } from './check.js';
import { openWorkspace } from './opened.js';
import { prettyChange } from './pretty.js';
import { openRuleBook, type RuleBook } from './ruleBook.js';
import { CannotRun, COULD_NOT_RUN, type Context, NOTHING_FOUND } from './services.js';
import { padded, printable, type Style, styleFor, wrap } from './style.js';

export interface ExplainOptions {
  readonly asOf?: string;
  readonly config?: string;
}

/** `entail explain`: what a rule, condition, finding code or fact means, or all that one change entails. */
export async function explain(
  context: Context,
  name: string | undefined,
  options: ExplainOptions,
): Promise<number> {
  const { io } = context;
  const style = styleFor(io.stdout, io.environment);
  if (name === undefined) {
    io.stdout.write(overview(style));
    return NOTHING_FOUND;
  }
  if (Object.hasOwn(CODES, name)) {
    io.stdout.write(`${pageOf(name as Code).trimEnd()}\n`);
    return NOTHING_FOUND;
  }
  const fact = factNamed(name);
  const book = await openRuleBook(context, options.config, 'all');
  const parts = [
    ...(fact ? [explainFact(fact, style)] : explainPath(name, style)),
    ...book.rules.rulesNamed(name).map((rule) => explainRule(rule, book, style)),
    ...book.rules.conditionsNamed(name).map((condition) => explainCondition(condition, book, style)),
  ];
  if (parts.length > 0) {
    io.stdout.write(parts.join('\n'));
    return NOTHING_FOUND;
  }
  return explainChange(context, name, options, book);
}

async function explainChange(
  context: Context,
  name: string,
  options: ExplainOptions,
  book: RuleBook,
): Promise<number> {
  const { io } = context;
  const opened = book.opened ?? (await openWorkspace(context, [], options.config));
  const report = reportOf(context, opened, options.asOf);
  const change = report.changes.find((one) => one.id === name);
  if (!change) {
    const names = [
      ...Object.keys(CODES),
      ...FACTS.map((fact) => fact.name),
      ...[...book.rules.rules.values()].flatMap((rule) => [rule.name, rule.shortName]),
      ...[...book.rules.conditions.values()].flatMap((condition) => [condition.name, condition.shortName]),
      ...report.changes.map((one) => one.id),
    ];
    const near = nearest(name, names);
    const hint = near ? `Did you mean \`${near}\`?` : '`entail explain` without a name lists what there is.';
    throw new CannotRun(`There is no rule, finding, fact or change \`${name}\`. ${hint}`);
  }
  const findings = report.findings.filter((finding) => finding.change === name);
  writeAll(io.stdout, prettyChange(change, findings, layoutOf(context, opened, 'long')));
  const trouble = troubleOf(io.cwd, opened);
  if (trouble === null) return NOTHING_FOUND;
  io.stderr.write(`entail: ${trouble}\n`);
  return COULD_NOT_RUN;
}

function overview(style: Style): string {
  const width = Math.max(...Object.keys(CODES).map((code) => code.length));
  const codes = Object.entries(CODES).map(
    ([code, severity]) =>
      `  ${padded(code, width)}  ${style.faint(severity === 'status' ? "by the change's status" : severity)}\n`,
  );
  const facts = wrap(FACTS.map((fact) => fact.name).join(', '), 100).map((line) => `  ${line}\n`);
  return [
    `${style.strong('Findings')}, with the severity that each has unless entail.jsonc says otherwise\n`,
    ...codes,
    `\n${style.strong('Facts')} that rules are made of\n`,
    ...facts,
    `\n${style.strong('Rules')}: \`entail rules\` lists them. \`entail explain NAME\` explains any of these, or a change.\n`,
  ].join('');
}

/** A path such as `product.sterile`: the attribute, of each kind of thing that has it. */
function explainPath(path: string, style: Style): readonly string[] {
  const resolution = resolvePath(path);
  if (!resolution.found) return [];
  const attribute = path.slice(path.lastIndexOf('.') + 1);
  const kinds = KINDS.filter((kind) => Object.hasOwn(SCHEMA[kind].attributes, attribute));
  const meant = kinds.filter((kind) => path.split('.').at(-2) === kind);
  const lines = (meant.length > 0 ? meant : kinds).map(
    (kind) => `  ${attribute} of ${SCHEMA[kind].title}: ${SCHEMA[kind].attributes[attribute]!.description}\n`,
  );
  return [[`${style.strong(path)}  fact, ${describeType(resolution.type)}\n\n`, ...lines].join('')];
}

function explainFact(fact: Fact, style: Style): string {
  const parameters = fact.kind === 'function' ? `(${fact.parameters.map((one) => one.name).join(', ')})` : '';
  return [
    `${style.strong(fact.name + parameters)}  ${fact.kind}, ${fact.typeName}\n\n`,
    ...wrap(fact.meaning, 100).map((line) => `  ${line}\n`),
    `\n  For example: ${fact.example}\n`,
  ].join('');
}

function explainRule(rule: Rule, book: RuleBook, style: Style): string {
  const pack = book.rules.packs.get(rule.pack);
  const market = pack?.market ? `, market ${pack.market}` : '';
  const rows: [string, string][] = [['pack', `${rule.pack}, "${pack?.title ?? ''}"${market}`]];
  const add = (label: string, text: string): void => {
    rows.push([label, text]);
  };
  for (const trigger of triggersInWords(rule)) add('applies to', trigger);
  if (rule.when) add('when', inWords(rule.when));
  for (const report of rule.reports) {
    const instead = report.insteadOf.length > 0 ? ` instead of ${report.insteadOf.join(', ')}` : '';
    const condition = report.otherwise ? ' otherwise' : whenOf(report.when);
    add('reports', `${report.category}${instead}${condition}${report.once ? ', once for a filing' : ''}`);
  }
  for (const duty of rule.duties) {
    const scope = duty.scope === null ? '' : `, ${SCOPES_IN_WORDS[duty.scope]}`;
    add(
      'asks to',
      `${duty.duty} ${duty.validationKind}${scope}${duty.atDestination ? ', at the destination' : ''}${whenOf(duty.when)}`,
    );
  }
  for (const task of rule.tasks) add('asks to', `perform ${task.id}: ${task.text}${whenOf(task.when)}`);
  for (const notify of rule.notifies) add('asks to', `notify the ${notify.role}${whenOf(notify.when)}`);
  for (const cite of rule.cites) add('cites', cite);
  add('basis', `${rule.basis}: ${BASES[rule.basis]}`);
  if (rule.dossier.length > 0) add('dossier', rule.dossier.join(', '));
  for (const document of rule.documents) add('document', document);
  if (rule.lead) add('takes', valueText(rule.lead));
  const from = rule.from ?? pack?.from ?? null;
  const until = rule.until ?? pack?.until ?? null;
  if (from !== null)
    add('in force', `from ${formatDate(from)}${until === null ? '' : ` until ${formatDate(until)}`}`);
  else if (until !== null) add('in force', `until ${formatDate(until)}`);
  for (const name of rule.supersedes) add('supersedes', name);
  for (const { name } of book.rules.successorsOf(rule.name)) add('replaced by', name);
  if (rule.overrides) add('overrides', book.placeOf(rule.overrides));
  add('stands in', book.placeOf(rule.location));
  return table(`${style.strong(printable(rule.name))}  ${printable(rule.title)}`, rows, style);
}

/** `add, remove or replace site of step`: one line for each matter that may change. */
function triggersInWords(rule: Rule): readonly string[] {
  const actions = new Map<string, string[]>();
  for (const { action, part, subject } of rule.triggers) {
    const matter = action === null ? 'edit' : `${part} of ${subject}`;
    const known = actions.get(matter);
    if (known) known.push(action ?? 'any');
    else actions.set(matter, [action ?? 'any']);
  }
  return [...actions].map(([matter, words]) => {
    const last = words.at(-1)!;
    return words.length === 1 ? `${last} ${matter}` : `${words.slice(0, -1).join(', ')} or ${last} ${matter}`;
  });
}

function explainCondition(condition: Condition, book: RuleBook, style: Style): string {
  const rows: [string, string][] = [['asks', condition.question]];
  rows.push([
    'answered by',
    condition.fallback
      ? `the registry: ${inWords(condition.fallback)}; a record may say otherwise`
      : `the record: \`confirm ${condition.shortName} because "…"\`, or \`deny\``,
  ]);
  if (condition.cite) rows.push(['cites', condition.cite]);
  rows.push(['stands in', book.placeOf(condition.location)]);
  return table(`${style.strong(printable(condition.name))}  condition`, rows, style);
}

const BASES = {
  official: "the regulation's own text was read",
  secondary: 'a transcription or summary was read',
  recalled: 'neither was read, so check before relying on it',
} as const;

function whenOf(expression: ExprNode | null): string {
  return expression === null ? '' : ` when ${inWords(expression)}`;
}

function table(title: string, rows: readonly (readonly [string, string])[], style: Style): string {
  const lines = rows.flatMap(([label, text], row) =>
    wrap(printable(text), 90).map((line, index) => {
      const first = index === 0 && label !== rows[row - 1]?.[0];
      return `  ${style.faint(padded(first ? label : '', 12))}${line}\n`;
    }),
  );
  return `${title}\n${lines.join('')}`;
}
