import { formatDate } from '../base/date.js';
import { nearest } from '../base/nearest.js';
import { earliestWords } from '../checks/planWords.js';
import { type FilingPlan, type MarketPlan, type Moment, planOf } from '../impact/clockPlan.js';
import type { ChangeRecord } from '../model/record.js';
import { isEvidence } from '../model/record.js';
import { snapshotOf, troubleOf } from './check.js';
import { openWorkspace } from './opened.js';
import { CannotRun, COULD_NOT_RUN, type Context, NOTHING_FOUND } from './services.js';
import { padded, printable, type Style, styleFor, wrap } from './style.js';

export interface ImpactOptions {
  readonly format: 'pretty' | 'json';
  readonly asOf?: string;
  readonly config?: string;
}

/**
 * `entail impact`: what one change has to be filed as, by when, from when it may be put in place, and from when
 * product made by it may ship in each market.
 */
export async function impact(context: Context, name: string, options: ImpactOptions): Promise<number> {
  const { io } = context;
  const opened = await openWorkspace(context, [], options.config);
  const snapshot = snapshotOf(context, opened, options.asOf);
  const record = snapshot.world.record(name);
  if (!record) {
    const near = nearest(
      name,
      snapshot.records.flatMap(({ id }) => id ?? []),
    );
    throw new CannotRun(
      `There is no change \`${name}\`. ${near ? `Did you mean \`${near}\`?` : '`entail check` lists the changes.'}`,
    );
  }
  const plan = planOf(snapshot.analysisOf(record), snapshot.world);
  io.stdout.write(
    options.format === 'json'
      ? `${JSON.stringify(asJson(record, plan, snapshot.world.asOf), null, 2)}\n`
      : pretty(record, plan, snapshot.world.asOf, styleFor(io.stdout, io.environment)),
  );
  const trouble = troubleOf(io.cwd, opened);
  if (trouble === null) return NOTHING_FOUND;
  io.stderr.write(`entail: ${trouble}\n`);
  return COULD_NOT_RUN;
}

function asJson(record: ChangeRecord, plan: readonly MarketPlan[], asOf: number) {
  return {
    version: 1,
    asOf: formatDate(asOf),
    change: record.id,
    title: record.title,
    status: record.status,
    markets: plan.map(({ market, filings, ships, provisional, waitsFor }) => ({
      market,
      ships: { ...momentJson(ships), provisional, waitsFor },
      filings: filings.map((filing) => ({
        filing: filing.filing,
        state: filing.state,
        category: {
          planned: filing.category,
          lowest: filing.lowest,
          highest: filing.highest,
          declared: filing.declared,
        },
        rules: filing.rules,
        questions: filing.questions,
        submit: {
          on: dateJson(filing.submitted),
          from: dateJson(filing.submitFrom),
          by: dateJson(filing.submitBy),
          assumed: filing.submitAssumed,
        },
        approval: { needed: filing.needsApproval, on: dateJson(filing.approved) },
        implement: {
          on: dateJson(filing.implemented),
          earliest: momentJson(filing.earliest),
          by: dateJson(filing.implementBy),
        },
        procedureMissing: filing.procedureMissing,
      })),
    })),
  };
}

function momentJson({ day, certainty }: Moment) {
  return { date: dateJson(day), certainty };
}

function dateJson(day: number | null): string | null {
  return day === null ? null : formatDate(day);
}

function pretty(record: ChangeRecord, plan: readonly MarketPlan[], asOf: number, style: Style): string {
  const title = record.title === null ? '' : `  ${printable(record.title)}`;
  const lines = [
    `${style.strong(printable(record.id ?? ''))}${title}`,
    `${style.faint(`${printable(record.status ?? 'no status')}, as of ${formatDate(asOf)}`)}`,
  ];
  if (isEvidence(record))
    lines.push('', `It is ${record.status}: evidence, from which nothing is worked out anew.`);
  else if (plan.length === 0) lines.push('', 'No filing is reached.');
  for (const { market, filings, ships, provisional, waitsFor } of plan) {
    lines.push('', style.strong(printable(market)));
    for (const filing of filings) lines.push(...filingLines(filing, style));
    const words = shipWords(ships, waitsFor);
    lines.push(
      ...row('ships', provisional ? `${words}; other days if a higher category is owed` : words, style),
    );
  }
  return `${lines.join('\n')}\n`;
}

function filingLines(filing: FilingPlan, style: Style): readonly string[] {
  const rules = filing.rules.flatMap(({ rule, categories, cite, basis }, index) => {
    const cited = [cite.join('; '), basis === null ? '' : `(${basis})`]
      .filter((part) => part !== '')
      .join(' ');
    return row(
      index === 0 ? 'rules' : '',
      `${categories.join(' or ')} by ${rule}${cited === '' ? '' : `: ${cited}`}`,
      style,
    );
  });
  const submit = submitWords(filing);
  return [
    `  ${style.strong(printable(filing.filing))}  ${printable(categoryWords(filing))}`,
    ...rules,
    ...(submit === '' ? [] : row('submit', submit, style)),
    ...row('implement', implementWords(filing), style),
    ...filing.questions.flatMap((question) => row('open', question, style)),
  ];
}

function categoryWords({ category, declared, lowest, highest }: FilingPlan): string {
  if (lowest === null || highest === null)
    return declared === null ? 'open' : `${declared} declared, what is owed is open`;
  const owed = lowest === highest ? lowest : `${lowest} to ${highest}`;
  if (declared === owed) return `${declared}, as declared`;
  const days = owed === category ? '' : `; the days are those of ${category}`;
  return `${declared === null ? owed : `${declared} declared, ${owed} owed`}${days}`;
}

function submitWords({ category, submitted, submitFrom, submitBy, submitAssumed }: FilingPlan): string {
  if (category === null || category === 'none') return '';
  const parts = submitted === null ? [] : [`on ${formatDate(submitted)}`];
  if (submitBy !== null) {
    const from = submitFrom === null ? '' : `from ${formatDate(submitFrom)} `;
    const assumed = submitAssumed ? ', if implemented today' : '';
    parts.push(`${from}by ${formatDate(submitBy)}${assumed}`);
  }
  return parts.length === 0 ? 'no day declared' : parts.join('; due ');
}

function implementWords(filing: FilingPlan): string {
  const { category, implementBy, implemented } = filing;
  const declared = implemented === null ? '' : `; declared for ${formatDate(implemented)}`;
  const by = implementBy === null || category === null ? '' : `, by ${formatDate(implementBy)}`;
  const slowest =
    filing.procedureMissing && category !== null
      ? '; counted for the slowest procedure, since the registry gives the filing no `procedure`'
      : '';
  return `${earliestWords(filing)}${by}${declared}${slowest}`;
}

function shipWords({ day, certainty }: Moment, waitsFor: readonly string[]): string {
  const after = waitsFor.length === 0 ? '' : ` (${waitsFor.join(', ')})`;
  const date = day === null ? '' : formatDate(day);
  switch (certainty) {
    case 'any':
      return 'at any time';
    case 'set':
      return `from ${date}${after}`;
    case 'assumed':
      return `from ${date}, if submitted today${after}`;
    case 'expected':
      return `about ${date}, by times that are typical and bind nobody${after}`;
    case 'unknown':
      return `not known yet${date === '' ? '' : `, not before ${date}`}${after}`;
  }
}

function row(label: string, text: string, style: Style): readonly string[] {
  return wrap(printable(text), 94).map(
    (line, index) => `    ${style.faint(padded(index === 0 ? label : '', 11))}${line}`,
  );
}
