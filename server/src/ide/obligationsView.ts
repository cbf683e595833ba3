/** What the list of obligations and the status bar show: what the records of a workspace owe, as plain data. */
import { addQuantity, formatDate } from '../base/date.js';
import type { Range } from '../base/span.js';
import { anchorOf, filingWords, targetWords } from '../checks/words.js';
import type { Analysis } from '../impact/analyse.js';
import type { Entailed } from '../impact/entailed.js';
import type { DutyKind, Obligation, State } from '../impact/obligation.js';
import type { World } from '../impact/world.js';
import type { Place } from '../model/edit.js';
import { type ChangeRecord, nodeOf } from '../model/record.js';
import { textAt, valueAt } from '../registry/registry.js';
import type { AnswerNode } from '../syntax/nodes.js';
import { rangeOfNode } from '../workspace/parsed.js';
import type { Snapshot } from '../workspace/workspace.js';
import { spanWords } from './hoverDates.js';
import { linesFor, linesForQuestion } from './lines.js';

/** A stretch of a file of the workspace, or of a shipped pack. */
export interface ViewPlace {
  readonly path: string;
  readonly range: Range;
}

/** One thing that a record owes and that its answers don't settle. */
export interface ObligationItem {
  readonly id: string;
  readonly kind: DutyKind;
  readonly state: State;
  readonly record: string;
  readonly title: string | null;
  /** `file NDA-215866 (US) as PAS`. */
  readonly label: string;
  /** Why it isn't settled, in a few words: `not declared`, `declared CBE-30`. */
  readonly detail: string;
  /** The markets it serves, sorted: a filing's own, else those of the filings that the same edits reach. */
  readonly markets: readonly string[];
  /** `YYYY-MM-DD`: by when it has to be done, as far as the record's dates settle it. */
  readonly due: string | null;
  readonly place: ViewPlace;
  /** The lines each of which would settle it, or a question that it hangs on; as quick fixes write them. */
  readonly lines: readonly string[];
}

export type StateCounts = Entailed['counts'];

export interface ObligationsView {
  /** By record in the order of the files, then by ID. */
  readonly items: readonly ObligationItem[];
  readonly counts: StateCounts;
  /** How many more there are than a list is good for. */
  readonly leftOut: number;
}

/** What the record at a place owes; null where there is no record. */
export interface RecordStatus {
  readonly record: string;
  readonly title: string | null;
  readonly counts: StateCounts;
  readonly place: ViewPlace;
}

/** A longer list helps nobody, and would take its time on the way to the editor. */
const MOST_ITEMS = 2000;

/** Everything that the records of a workspace owe and don't settle. */
export function obligationsView(snapshot: Snapshot): ObligationsView {
  const items: ObligationItem[] = [];
  const all = { met: 0, unmet: 0, insufficient: 0, waived: 0, open: 0 };
  for (const record of snapshot.records) {
    const { counts } = snapshot.entailedBy(record);
    for (const state of STATES) all[state] += counts[state];
    if (unsettledOf(counts) === 0 || items.length === MOST_ITEMS) continue;
    const analysis = snapshot.analysisOf(record);
    const unsettled = analysis.obligations.filter(({ state }) => state !== 'met' && state !== 'waived');
    for (const obligation of unsettled.slice(0, MOST_ITEMS - items.length))
      items.push(itemOf(obligation, analysis, snapshot));
  }
  return { items, counts: all, leftOut: unsettledOf(all) - items.length };
}

/** What the record around an offset of a file owes, counted. */
export function recordStatus(snapshot: Snapshot, path: string, offset: number): RecordStatus | null {
  const record = recordAround(snapshot, path, offset);
  if (!record) return null;
  return {
    record: record.id,
    title: record.title,
    counts: snapshot.entailedBy(record).counts,
    place: placeIn(record, FIRST_TOKEN, snapshot),
  };
}

/** The record in whose text an offset stands, or the last one before it; the first of the file before that. */
export function recordAround(snapshot: Snapshot, path: string, offset: number): ChangeRecord | null {
  const file = snapshot.file(path);
  if (file?.kind !== 'changes') return null;
  const before = file.records.filter((record) => (file.tokens.starts[record.first] ?? 0) <= offset);
  const found = before.at(-1) ?? file.records[0];
  return snapshot.records.find((record) => record === found) ?? null;
}

/** Where a record or a part of it stands. */
export function placeIn(record: ChangeRecord, place: Place, snapshot: Snapshot): ViewPlace {
  const file = snapshot.file(record.file);
  const range = file?.kind === 'changes' ? rangeOfNode(file, nodeOf(record, place)) : NOWHERE;
  return { path: record.file, range };
}

/** What an obligation asks, as an instruction: `revalidate PV-1 at DAB-4`. */
export function dutyWords(obligation: Obligation): string {
  switch (obligation.kind) {
    case 'filing': {
      const { lowest, highest } = obligation.category ?? { lowest: null, highest: null };
      const category = lowest === null || lowest === 'none' ? '' : ` as ${spanWords({ lowest, highest })}`;
      return `file ${filingWords(obligation)}${category}`;
    }
    case 'revalidation':
      return `revalidate ${targetWords(obligation)}`;
    case 'assessment':
      return `assess ${targetWords(obligation)}`;
    case 'notification':
      return `notify ${obligation.target}`;
    case 'approval':
      return `get the approval of ${obligation.target}`;
    case 'task':
      return `perform ${obligation.target}`;
  }
}

/** The day by which an obligation has to be met: what the record says, else before the change is implemented. */
export function dueDay(obligation: Obligation, analysis: Analysis, world: World): number | null {
  return declaredDay(obligation, analysis.record) ?? latestDay(obligation, analysis.record, world);
}

const STATES = ['met', 'unmet', 'insufficient', 'waived', 'open'] as const;

function unsettledOf({ unmet, insufficient, open }: StateCounts): number {
  return unmet + insufficient + open;
}

const FIRST_TOKEN: Place = { first: 0, last: 0 };

const NOWHERE: Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

function itemOf(obligation: Obligation, analysis: Analysis, snapshot: Snapshot): ObligationItem {
  const { record } = analysis;
  const due = dueDay(obligation, analysis, snapshot.world);
  const anchor = anchorOf(analysis, obligation);
  return {
    id: obligation.id,
    kind: obligation.kind,
    state: obligation.state,
    record: record.id,
    title: record.title,
    label: dutyWords(obligation),
    detail: detailOf(obligation),
    markets: marketsOf(obligation, analysis, snapshot.world),
    due: due === null ? null : formatDate(due),
    place: placeIn(record, anchor.in === 'record' ? anchor.place : FIRST_TOKEN, snapshot),
    lines: [
      ...linesFor(obligation, snapshot),
      ...obligation.questions.flatMap((question) => linesForQuestion(question, snapshot)),
    ],
  };
}

function detailOf(obligation: Obligation): string {
  const declared = obligation.category?.declared;
  if (obligation.state === 'insufficient')
    return declared ? `declared ${declared}, which is too low` : SHORTFALLS[obligation.shortfall ?? 'time'];
  if (obligation.state === 'unmet') return 'not declared';
  const questions = obligation.questions.length;
  if (questions > 0) return `${questions} ${questions === 1 ? 'question' : 'questions'} to answer`;
  return obligation.facts.length > 0 ? 'the registry lacks a fact' : 'no rule pack is in force';
}

const SHORTFALLS = {
  category: 'declared too low',
  site: 'declared at another site',
  time: 'declared too late',
} as const;

function marketsOf(obligation: Obligation, analysis: Analysis, world: World): readonly string[] {
  if (obligation.market !== null) return [obligation.market];
  const edits = new Set(obligation.because.map(({ edit }) => edit));
  const filings = analysis.traced
    .filter(({ edit }) => edits.has(edit.key))
    .flatMap(({ reach }) => reach.filings);
  const markets = filings.flatMap(({ id }) => {
    const filing = world.registry.get(id);
    return (filing && textAt(filing, 'market')) ?? [];
  });
  return [...new Set(markets)].sort();
}

function declaredDay({ answer }: Obligation, record: ChangeRecord): number | null {
  if (answer === null) return null;
  const node = nodeOf(record, answer);
  const declared = record.answers.find((one) => one.first === node.first && one.last === node.last);
  return declared ? dayOf(declared) : null;
}

function dayOf(answer: AnswerNode): number | null {
  if (answer.kind === 'revalidate' || answer.kind === 'perform') return answer.by?.day ?? null;
  return 'on' in answer ? (answer.on?.day ?? null) : null;
}

function latestDay(obligation: Obligation, { implement }: ChangeRecord, world: World): number | null {
  if (implement === null || obligation.kind !== 'notification') return implement;
  const notices = obligation.because.flatMap(({ rule }) => {
    const agreement = world.registry.get(rule);
    const notice = agreement && valueAt(agreement, 'notify');
    const day = notice?.kind === 'amount' ? addQuantity(implement, notice.amount) : null;
    return day === null ? [] : [implement - (day - implement)];
  });
  return Math.min(implement, ...notices);
}
