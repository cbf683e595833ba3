import type { State } from '../impact/obligation.js';
import type { Report, ReportChange, ReportFinding, ReportObligation } from '../workspace/report.js';
import { excerpt } from './excerpt.js';
import { counted, padded, printable, type Style, wrap } from './style.js';

/** What a report is printed with. */
export interface Page {
  readonly style: Style;
  /** Columns to break text at. */
  readonly width: number;
  /** The text of a file of the report, to show the line; undefined where it could not be read. */
  text(file: string): string | undefined;
  /** A file's path as the reader would open it. */
  place(file: string): string;
  /** Whether every reason of an obligation is shown, or the first. */
  readonly detail: 'short' | 'long';
}

/** A report for a person: change by change, then what concerns no change, then what to do next. */
export function* prettyReport(report: Report, page: Page): Generator<string> {
  const ofChange = new Map<string, ReportFinding[]>();
  const ofNone: ReportFinding[] = [];
  const known = new Set(report.changes.map((change) => change.id));
  for (const finding of report.findings) {
    if (finding.change === null || !known.has(finding.change)) ofNone.push(finding);
    else if (!ofChange.get(finding.change)?.push(finding)) ofChange.set(finding.change, [finding]);
  }
  for (const change of report.changes) yield* prettyChange(change, ofChange.get(change.id) ?? [], page);
  if (ofNone.length > 0) {
    yield `${page.style.strong('Registry, rules and configuration')}\n\n`;
    for (const finding of ofNone) yield prettyFinding(finding, page);
  }
  yield summary(report, page);
}

/** One change: what it reaches, what it takes, and what was found in it. */
export function* prettyChange(
  change: ReportChange,
  findings: readonly ReportFinding[],
  page: Page,
): Generator<string> {
  const { style } = page;
  const title = change.title === null ? '' : `  ${printable(change.title)}`;
  yield `${style.strong(printable(change.id) + title)}\n`;
  yield `${style.faint(`${printable(change.status ?? 'no status')}, ${printable(page.place(change.file))}`)}\n`;
  const reached = REACHED.filter((kind) => change.reached[kind].length > 0);
  if (reached.length > 0) {
    yield `\n  Reaches\n`;
    for (const kind of reached) {
      const lines = wrap(change.reached[kind].map(printable).join(', '), page.width - 17);
      for (const [index, line] of lines.entries())
        yield `    ${style.faint(padded(index === 0 ? kind : '', 13))}${line}\n`;
    }
  }
  if (change.obligations.length > 0) {
    yield `\n  Entails  ${style.faint(tally(change.obligations))}\n`;
    for (const obligation of byUrgency(change.obligations)) yield* prettyObligation(obligation, page);
  } else if (EVIDENCE.has(change.status ?? ''))
    yield '\n  Kept as evidence: what it entailed is not worked out again.\n';
  else if (change.edits.length > 0) yield '\n  Entails nothing that is owed.\n';
  if (findings.length > 0) {
    yield `\n`;
    for (const finding of findings) yield prettyFinding(finding, page);
  } else yield `\n`;
}

const EVIDENCE: ReadonlySet<string> = new Set(['closed', 'rejected', 'cancelled']);

/** What is left to do comes first. */
function byUrgency(obligations: readonly ReportObligation[]): readonly ReportObligation[] {
  const order = Object.keys(MARKS);
  return [...obligations].sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state));
}

const REACHED = ['sites', 'validations', 'filings', 'products'] as const;

const MARKS: Readonly<Record<State, string>> = {
  unmet: '✗',
  insufficient: '✗',
  open: '?',
  met: '✓',
  waived: '–',
};

function* prettyObligation(obligation: ReportObligation, page: Page): Generator<string> {
  const { style } = page;
  const paint = paintOf(obligation.state, style);
  const where = obligation.site === null ? '' : ` at ${printable(obligation.site)}`;
  const market = obligation.market === null ? '' : ` (${printable(obligation.market)})`;
  const kind =
    obligation.validationKind === null || obligation.target.startsWith('new:')
      ? ''
      : `, ${printable(obligation.validationKind)}`;
  const target = `${printable(targetInWords(obligation.target))}${market}${kind}${where}`;
  yield `    ${paint(MARKS[obligation.state])} ${VERBS[obligation.kind]} ${style.strong(target)}: ${paint(standing(obligation))}\n`;
  const indent = ' '.repeat(8);
  const lines = (text: string): string =>
    wrap(text, page.width - indent.length)
      .map((line) => `${indent}${style.faint(line)}\n`)
      .join('');
  if (obligation.kind === 'task' || page.detail === 'long')
    if (obligation.text !== '') yield lines(printable(obligation.text));
  const ordered = decisiveFirst(obligation);
  const reasons = page.detail === 'long' ? ordered : ordered.slice(0, 1);
  for (const reason of reasons) {
    const caution = reason.basis === 'recalled' ? ': check before relying on it' : '';
    const cites = citations(reason.cite, page);
    const rule = printable(cites === '' ? reason.rule : `${reason.rule}, ${cites}`);
    yield lines(`${rule} (${reason.basis}${caution})`);
    if (page.detail === 'long') yield lines(`because of ${printable(reason.edit)}`);
    if (reason.path.length > 1) yield lines(reason.path.map(printable).join(' → '));
  }
  const more = obligation.because.length - reasons.length;
  if (more > 0) yield lines(`and ${counted(more, 'more reason')}`);
  if (page.detail === 'long' || obligation.state !== 'met')
    for (const item of obligation.items)
      yield lines(`${printable(item.category)} for ${printable(item.edit)}, ${printable(item.rule)}`);
  for (const question of obligation.questions)
    yield lines(
      `asks: ${printable(question.text)} (confirm or deny ${printable(question.condition)}, for ${printable(question.for)})`,
    );
  for (const missing of obligation.facts)
    yield lines(
      `needs: ${printable(missing.attribute)} of ${printable(missing.entity)}, which the registry doesn't hold`,
    );
  if (page.detail === 'long') {
    if (obligation.dossier.length > 0)
      yield lines(`dossier: ${obligation.dossier.map(printable).join(', ')}`);
    for (const document of obligation.documents) yield lines(`document: ${printable(document)}`);
    if (obligation.lead !== null) yield lines(`takes about ${printable(obligation.lead)}`);
  }
}

/** The reasons, those first whose rule asks for the highest category: they decide. */
function decisiveFirst({ because, items, category }: ReportObligation): ReportObligation['because'] {
  const decisive = new Set(
    items.filter((item) => item.category === category?.highest).map((item) => item.rule),
  );
  return [...because].sort((a, b) => Number(decisive.has(b.rule)) - Number(decisive.has(a.rule)));
}

/** Every citation, or where it is to be short the first two. */
function citations(cites: readonly string[], { detail }: Page): string {
  if (detail === 'long' || cites.length <= 2) return cites.join('; ');
  return `${cites.slice(0, 2).join('; ')} and ${cites.length - 2} more`;
}

const VERBS: Readonly<Record<ReportObligation['kind'], string>> = {
  filing: 'file',
  revalidation: 'revalidate',
  assessment: 'assess',
  notification: 'notify',
  approval: 'approval of',
  task: 'perform',
};

/** `new:cleaning:EQ-1` is "new cleaning of EQ-1", as a record writes it. */
function targetInWords(target: string): string {
  const [, kind, subject] = /^new:([^:]+):(.+)$/.exec(target) ?? [];
  return kind && subject ? `new ${kind} of ${subject}` : target;
}

/** What is owed and what is declared, in a few words. */
function standing({ state, category }: ReportObligation): string {
  if (category === null) return STATES[state];
  const { lowest, highest, declared } = category;
  const owed =
    lowest === null || highest === null
      ? 'no pack in force'
      : lowest === highest
        ? lowest
        : `${lowest} to ${highest}`;
  const said =
    declared === null
      ? lowest === 'none' && highest === 'none'
        ? ''
        : ', not declared'
      : `, declared ${declared}`;
  return printable(`${STATES[state]}, ${owed}${said}`);
}

const STATES: Readonly<Record<State, string>> = {
  met: 'met',
  unmet: 'missing',
  insufficient: 'not enough',
  waived: 'waived',
  open: 'open',
};

function paintOf(state: State, style: Style): (text: string) => string {
  if (state === 'met') return style.good;
  if (state === 'waived') return style.faint;
  return state === 'open' ? style.warning : style.error;
}

function tally(obligations: readonly ReportObligation[]): string {
  return (Object.keys(STATES) as State[])
    .map((state) => [obligations.filter((one) => one.state === state).length, STATES[state]] as const)
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${count} ${word}`)
    .join(', ');
}

/** A finding with its source line underlined, and the places that explain it. */
export function prettyFinding(finding: ReportFinding, page: Page): string {
  const { style } = page;
  const paint = style[finding.severity];
  const at = (file: string, { line, character }: { line: number; character: number }): string =>
    `${printable(page.place(file))}:${line + 1}:${character + 1}`;
  const lines = [
    `${at(finding.file, finding.range.start)} ${paint(finding.severity)} ${style.faint(printable(finding.code))}`,
  ];
  lines.push(...wrap(printable(finding.message), page.width - 4).map((line) => `  ${line}`));
  const text = page.text(finding.file);
  if (text !== undefined)
    lines.push(...excerpt(text, finding.range, style, paint).map((line) => `    ${line}`));
  for (const related of finding.related)
    lines.push(
      `    ${style.faint(`${at(related.file, related.range.start)} ${printable(related.message)}`)}`,
    );
  return `${lines.map((line) => `  ${line}\n`).join('')}\n`;
}

/** The counts, and what to do first. */
function summary(report: Report, page: Page): string {
  const { style } = page;
  const { changes, obligations, unmet, insufficient, open, errors, warnings, infos } = report.summary;
  const found = [
    errors > 0 ? style.error(counted(errors, 'error')) : '',
    warnings > 0 ? style.warning(counted(warnings, 'warning')) : '',
    infos > 0 ? style.info(counted(infos, 'remark')) : '',
  ].filter((part) => part !== '');
  const duties = [
    unmet > 0 ? `${unmet} missing` : '',
    insufficient > 0 ? `${insufficient} not enough` : '',
    open > 0 ? `${open} open` : '',
  ].filter((part) => part !== '');
  const state = obligations === 0 ? '' : `: ${duties.length === 0 ? 'all met' : duties.join(', ')}`;
  const judged = `Judged as of ${report.asOf} by ${report.packs.map((pack) => printable(pack.id)).join(', ') || 'no rule pack'}.`;
  const lines = [
    `${style.strong(counted(changes, 'change'))} with ${counted(obligations, 'duty', 'duties')}${state}.`,
    `${found.length === 0 ? style.good('Nothing to mend.') : `${found.join(', ')}.`} ${style.faint(judged)}`,
  ];
  const next = nextStep(report, page);
  if (next !== null) lines.push(`${style.strong('Next:')} ${next}`);
  return `${lines.join('\n')}\n`;
}

/** The most useful thing to do now: broken files hide findings, so they come first; then the first duty missing. */
function nextStep(report: Report, page: Page): string | null {
  const worst = ['error', 'warning', 'info'].flatMap((severity) =>
    report.findings.filter((finding) => finding.severity === severity),
  );
  const broken = worst.find((one) => FIRST_OF_ALL.test(one.code));
  if (broken) return `mend ${lineOf(broken, page)}, as what can't be read hides other findings.`;
  const [first] = worst;
  if (!first) return null;
  const reason =
    first.change === null
      ? `\`entail explain ${first.code}\` says what it means`
      : `\`entail explain ${printable(first.change)}\` shows every reason`;
  return `${lineOf(first, page)} (${first.code}); ${reason}.`;
}

const FIRST_OF_ALL = /^(syntax|registry\/schema|workspace\/.*)$/;

function lineOf(finding: ReportFinding, page: Page): string {
  return `${printable(page.place(finding.file))}, line ${finding.range.start.line + 1}`;
}
