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
    yield* prettyFindings(ofNone, page);
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
    yield* prettyFindings(findings, page);
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
  yield headline(obligation, page);
  if (page.detail === 'long') yield* everythingOf(obligation, page);
  else if (obligation.state === 'met' || obligation.state === 'waived') yield shortReason(obligation, page);
}

function headline(obligation: ReportObligation, { style }: Page): string {
  const paint = paintOf(obligation.state, style);
  const where = obligation.site === null ? '' : ` at ${printable(obligation.site)}`;
  const market = obligation.market === null ? '' : ` (${printable(obligation.market)})`;
  const kind =
    obligation.validationKind === null || obligation.target.startsWith('new:')
      ? ''
      : `, ${printable(obligation.validationKind)}`;
  const target = `${printable(targetInWords(obligation.target))}${market}${kind}${where}`;
  return `    ${paint(MARKS[obligation.state])} ${VERBS[obligation.kind]} ${style.strong(target)}: ${paint(standing(obligation))}\n`;
}

const INDENT = ' '.repeat(8);

/** The deciding rule with its first citation and the path, a line each; what is missing has a finding that says more. */
function shortReason(obligation: ReportObligation, page: Page): string {
  const [reason] = decisiveFirst(obligation);
  if (!reason) return '';
  const [cite] = reason.cite;
  const caution = reason.basis === 'recalled' ? ': check before relying on it' : '';
  const more =
    obligation.because.length > 1 ? `, and ${counted(obligation.because.length - 1, 'more reason')}` : '';
  const rule = `${reason.rule}${cite === undefined ? '' : `, ${cite}`} (${reason.basis}${caution})${more}`;
  const lines = [
    rule,
    ...(reason.path.length > 1 ? [shortPath(reason.path, page.width - INDENT.length)] : []),
  ];
  return lines.map((line) => `${INDENT}${page.style.faint(printable(line))}\n`).join('');
}

/** A path on one line: where it is too long, its middle is left out. */
function shortPath(path: readonly string[], width: number): string {
  const whole = path.join(' → ');
  for (let kept = path.length - 1; whole.length > width && kept > 2; kept--) {
    const head = Math.ceil(kept / 2);
    const cut = [...path.slice(0, head), '…', ...path.slice(path.length - (kept - head))].join(' → ');
    if (cut.length <= width || kept === 3) return cut;
  }
  return whole;
}

function* everythingOf(obligation: ReportObligation, page: Page): Generator<string> {
  const lines = (text: string): string =>
    wrap(printable(text), page.width - INDENT.length)
      .map((line) => `${INDENT}${page.style.faint(line)}\n`)
      .join('');
  if (obligation.text !== '') yield lines(obligation.text);
  for (const reason of decisiveFirst(obligation)) {
    const caution = reason.basis === 'recalled' ? ': check before relying on it' : '';
    const cites = reason.cite.join('; ');
    yield lines(`${cites === '' ? reason.rule : `${reason.rule}, ${cites}`} (${reason.basis}${caution})`);
    yield lines(`because of ${reason.edit}`);
    if (reason.path.length > 1) yield lines(reason.path.join(' → '));
  }
  for (const item of obligation.items) yield lines(`${item.category} for ${item.edit}, ${item.rule}`);
  for (const question of obligation.questions)
    yield lines(`asks: ${question.text} (confirm or deny ${question.condition}, for ${question.for})`);
  for (const missing of obligation.facts)
    yield lines(`needs: ${missing.attribute} of ${missing.entity}, which the registry doesn't hold`);
  if (obligation.dossier.length > 0) yield lines(`dossier: ${obligation.dossier.join(', ')}`);
  for (const document of obligation.documents) yield lines(`document: ${document}`);
  if (obligation.lead !== null) yield lines(`takes about ${obligation.lead}`);
}

/** The reasons, those first whose rule asks for the highest category: they decide. */
function decisiveFirst({ because, items, category }: ReportObligation): ReportObligation['because'] {
  const decisive = new Set(
    items.filter((item) => item.category === category?.highest).map((item) => item.rule),
  );
  return [...because].sort((a, b) => Number(decisive.has(b.rule)) - Number(decisive.has(a.rule)));
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

/** Findings place by place: the source line once, underlined, and below it all that is found there. */
export function* prettyFindings(findings: readonly ReportFinding[], page: Page): Generator<string> {
  for (let at = 0; at < findings.length; ) {
    let end = at + 1;
    while (end < findings.length && isSamePlace(findings[at]!, findings[end]!)) end++;
    yield findingsAt(findings.slice(at, end), page);
    at = end;
  }
}

function isSamePlace(one: ReportFinding, other: ReportFinding): boolean {
  const [a, b] = [one.range, other.range];
  return (
    one.file === other.file &&
    a.start.line === b.start.line &&
    a.start.character === b.start.character &&
    a.end.line === b.end.line &&
    a.end.character === b.end.character
  );
}

function findingsAt(findings: readonly ReportFinding[], page: Page): string {
  const { style } = page;
  const at = (file: string, { line, character }: { line: number; character: number }): string =>
    `${printable(page.place(file))}:${line + 1}:${character + 1}`;
  const [first] = findings as readonly [ReportFinding];
  const gravest = ['error', 'warning', 'info'] as const;
  const paint = style[gravest.find((severity) => findings.some((one) => one.severity === severity))!];
  const lines = [`  ${at(first.file, first.range.start)}`];
  const text = page.text(first.file);
  if (text !== undefined)
    lines.push(...excerpt(text, first.range, style, paint).map((line) => `    ${line}`));
  for (const finding of findings) {
    const head = `${style[finding.severity](finding.severity)} ${style.faint(printable(finding.code))}`;
    lines.push(`    ${head}`);
    lines.push(...wrap(printable(finding.message), page.width - 6).map((line) => `      ${line}`));
    // The hops of an impact path are in the message; other places are not.
    if (finding.obligation !== null) continue;
    for (const related of finding.related)
      lines.push(
        `      ${style.faint(`${at(related.file, related.range.start)} ${printable(related.message)}`)}`,
      );
  }
  return `${lines.map((line) => `${line}\n`).join('')}\n`;
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

const FIRST_OF_ALL = /^(syntax|registry\/schema|workspace\/unreadable)$/;

function lineOf(finding: ReportFinding, page: Page): string {
  return `${printable(page.place(finding.file))}, line ${finding.range.start.line + 1}`;
}
