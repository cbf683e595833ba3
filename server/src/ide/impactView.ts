/** What the impact view shows of one record: its network as a picture, its markets, and the days to it. */

import { formatDate } from '../base/date.js';
import { earliestWords } from '../checks/planWords.js';
import type { Analysis } from '../impact/analyse.js';
import { typicalDecision } from '../impact/clock.js';
import { filingPlan } from '../impact/clockPlan.js';
import { countsOf } from '../impact/entailed.js';
import type { Obligation, Reason, State } from '../impact/obligation.js';
import type { World } from '../impact/world.js';
import type { ChangeRecord } from '../model/record.js';
import { isEvidence, placeOf } from '../model/record.js';
import { textAt } from '../registry/registry.js';
import type { AnswerNode, Word } from '../syntax/nodes.js';
import { rangeOfNode } from '../workspace/parsed.js';
import type { Snapshot } from '../workspace/workspace.js';
import { answersOf, type CategorySpan, packOf, spanFor, spanWords } from './hoverDates.js';
import { obligationsOf, STATE_WORDS, UNLESS_HIGHER } from './hoverImpact.js';
import { clockWords } from './hoverRule.js';
import { type ImpactGraph, impactGraph } from './impactGraph.js';
import { dutyWords, placeIn, recordAround, type StateCounts, type ViewPlace } from './obligationsView.js';

export interface ImpactView {
  readonly record: string;
  readonly title: string | null;
  readonly status: string | null;
  readonly place: ViewPlace;
  readonly asOf: string;
  /** Why nothing is drawn, as a sentence; null where something is. */
  readonly notice: string | null;
  readonly edits: readonly ImpactEdit[];
  readonly graph: ImpactGraph;
  /** Where each node of the graph is declared. */
  readonly places: Readonly<Record<string, ViewPlace>>;
  readonly markets: readonly MarketRow[];
  /** What is owed besides filings. */
  readonly duties: readonly DutyRow[];
  readonly timeline: readonly TimelineEntry[];
  readonly counts: StateCounts;
}

export interface ImpactEdit {
  readonly key: string;
  /** Whether the view is about it: each is, unless it was asked for one. */
  readonly shown: boolean;
  readonly place: ViewPlace;
}

export interface MarketRow {
  readonly market: string;
  readonly filing: string;
  readonly category: string;
  readonly declared: string | null;
  readonly state: State;
  /** `✗ unmet`: never by a colour alone. */
  readonly stateWords: string;
  readonly rules: readonly RuleCell[];
  readonly clock: string;
  readonly earliest: string;
  readonly place: ViewPlace | null;
}

export interface RuleCell {
  readonly rule: string;
  readonly title: string;
  readonly cite: string;
  readonly basis: string;
  readonly place: ViewPlace | null;
}

export interface DutyRow {
  readonly id: string;
  readonly words: string;
  readonly state: State;
  readonly stateWords: string;
  readonly place: ViewPlace | null;
}

export interface TimelineEntry {
  /** `YYYY-MM-DD`. */
  readonly date: string;
  readonly words: string;
  /** `said` by the record, `expected` from a clock, or `today`. */
  readonly kind: 'said' | 'expected' | 'today';
  readonly place: ViewPlace | null;
}

/**
 * What the record around an offset of a file entails; null where there is no record. With the key of an edit
 * the picture, the markets and the duties are of that edit alone.
 */
export function impactView(
  snapshot: Snapshot,
  path: string,
  offset: number,
  editKey: string | null = null,
): ImpactView | null {
  const record = recordAround(snapshot, path, offset);
  return record && viewOf(record, snapshot, editKey);
}

/** As `impactView`, for a record that is named. */
export function impactViewOf(
  snapshot: Snapshot,
  id: string,
  editKey: string | null = null,
): ImpactView | null {
  const record = snapshot.world.record(id);
  return record ? viewOf(record, snapshot, editKey) : null;
}

function viewOf(record: ChangeRecord, snapshot: Snapshot, editKey: string | null): ImpactView {
  const { world } = snapshot;
  const analysis = snapshot.analysisOf(record);
  const known = analysis.edits.filter(({ key }) => key === editKey);
  const keys = new Set((known.length > 0 ? known : analysis.edits).map(({ key }) => key));
  const owed = obligationsOf(analysis, keys);
  const graph = impactGraph(analysis, keys, world);
  return {
    record: record.id,
    title: record.title,
    status: record.status,
    place: placeIn(record, { first: 0, last: 0 }, snapshot),
    asOf: formatDate(world.asOf),
    notice: noticeOf(analysis),
    edits: analysis.edits.map((edit) => ({
      key: edit.key,
      shown: keys.has(edit.key),
      place: placeIn(record, edit.place, snapshot),
    })),
    graph,
    places: placesOf(graph, snapshot),
    markets: owed
      .filter(({ kind }) => kind === 'filing')
      .map((filing) => marketRow(filing, keys, analysis, snapshot)),
    duties: owed.filter(({ kind }) => kind !== 'filing').map((duty) => dutyRow(duty, analysis, snapshot)),
    timeline: timelineOf(analysis, snapshot),
    counts: countsOf(analysis.obligations),
  };
}

function noticeOf({ record, edits, traced }: Analysis): string | null {
  if (isEvidence(record))
    return `The record is ${record.status}: it is evidence of what was decided, and nothing is worked out anew.`;
  if (edits.length === 0) return 'The record proposes no edit yet, so it entails nothing.';
  return traced.length === 0
    ? 'What the record changes is not in the registry, so nothing can be followed.'
    : null;
}

function placesOf(graph: ImpactGraph, snapshot: Snapshot): Readonly<Record<string, ViewPlace>> {
  const places: Record<string, ViewPlace> = {};
  for (const { id } of graph.nodes) {
    const place = entityPlace(id.startsWith('new:') ? id.split(':').slice(2).join(':') : id, snapshot);
    if (place) places[id] = place;
  }
  return places;
}

function entityPlace(id: string, snapshot: Snapshot): ViewPlace | null {
  const entity = snapshot.world.registry.get(id);
  const file = entity && snapshot.file(entity.file);
  if (!entity || file?.kind !== 'registry') return null;
  const start = file.registry.starts[entity.at] ?? 0;
  const end = file.registry.ends[entity.at] ?? start;
  return { path: entity.file, range: file.rangeOf({ start, end }) };
}

function marketRow(
  filing: Obligation,
  keys: ReadonlySet<string>,
  analysis: Analysis,
  snapshot: Snapshot,
): MarketRow {
  const { world } = snapshot;
  const span = spanFor(filing, keys, analysis, world);
  const plan = filingPlan(filing, answersOf(analysis.record, world), world);
  const pack = plan.category === null ? undefined : packOf(filing, plan.category, world);
  const reasons = filing.because.filter(({ edit }) => keys.has(edit));
  return {
    market: filing.market ?? '–',
    filing: filing.target,
    category: spanWords(span),
    declared: filing.category?.declared ?? null,
    state: filing.state,
    stateWords: STATE_WORDS[filing.state],
    rules: deciding(reasons, filing, span).map((reason) => ruleCell(reason, snapshot)),
    clock: plan.category !== null && pack ? `${plan.category}: ${clockWords(pack, plan.category)}` : '–',
    earliest:
      span.highest === 'none'
        ? 'at any time'
        : `${earliestWords(plan)}${plan.provisional ? UNLESS_HIGHER : ''}`,
    place: answerPlace(filing, analysis, snapshot) ?? entityPlace(filing.target, snapshot),
  };
}

/** The rules that give the highest category come first; each rule once. */
function deciding(reasons: readonly Reason[], filing: Obligation, span: CategorySpan): readonly Reason[] {
  const top = new Set(
    filing.items.filter(({ category }) => category === span.highest).map(({ rule }) => rule),
  );
  const once = reasons.filter((one, index) => reasons.findIndex(({ rule }) => rule === one.rule) === index);
  return [...once.filter(({ rule }) => top.has(rule)), ...once.filter(({ rule }) => !top.has(rule))];
}

function ruleCell(reason: Reason, snapshot: Snapshot): RuleCell {
  const rule = snapshot.world.rules.rules.get(reason.rule);
  const file = rule && snapshot.file(rule.location.file);
  return {
    rule: reason.rule,
    title: rule?.title ?? '',
    cite: reason.cite.join('; '),
    basis: reason.basis,
    place:
      rule && file?.kind === 'rules'
        ? { path: rule.location.file, range: rangeOfNode(file, rule.location.node) }
        : null,
  };
}

function dutyRow(duty: Obligation, analysis: Analysis, snapshot: Snapshot): DutyRow {
  const because = analysis.edits.find(({ key }) => key === duty.because[0]?.edit);
  return {
    id: duty.id,
    words: dutyWords(duty),
    state: duty.state,
    stateWords: STATE_WORDS[duty.state],
    place:
      answerPlace(duty, analysis, snapshot) ??
      (because ? placeIn(analysis.record, because.place, snapshot) : null),
  };
}

function answerPlace({ answer }: Obligation, { record }: Analysis, snapshot: Snapshot): ViewPlace | null {
  return answer === null ? null : placeIn(record, answer, snapshot);
}

/** Every day that the record names, today, and what the clocks let expect; by day, then in the record's order. */
function timelineOf(analysis: Analysis, snapshot: Snapshot): readonly TimelineEntry[] {
  const { record } = analysis;
  const { world } = snapshot;
  const entries: { readonly day: number; readonly entry: Omit<TimelineEntry, 'date'> }[] = [];
  const field = (day: number | null, name: string, words: string): void => {
    const place = record.fields.get(name)?.place;
    if (day !== null)
      entries.push({
        day,
        entry: { words, kind: 'said', place: place ? placeIn(record, place, snapshot) : null },
      });
  };
  field(record.raised, 'raised', 'Change raised');
  entries.push({ day: world.asOf, entry: { words: 'Today', kind: 'today', place: null } });
  for (const answer of record.answers) {
    const place = placeIn(record, placeOf(record, answer), snapshot);
    for (const { day, words } of daysOf(answer)) entries.push({ day, entry: { words, kind: 'said', place } });
  }
  for (const filing of analysis.obligations.filter(({ kind }) => kind === 'filing'))
    for (const { day, words } of expectedDays(filing, analysis, world))
      entries.push({
        day,
        entry: { words, kind: 'expected', place: answerPlace(filing, analysis, snapshot) },
      });
  field(record.implement, 'implement', 'Change implemented');
  field(record.until, 'until', 'Temporary change ends');
  return entries
    .map((one, index) => ({ ...one, index }))
    .sort((a, b) => a.day - b.day || a.index - b.index)
    .map(({ day, entry }) => ({ date: formatDate(day), ...entry }));
}

function daysOf(answer: AnswerNode): readonly { readonly day: number; readonly words: string }[] {
  const at = (day: number | undefined, words: string): readonly { day: number; words: string }[] =>
    day === undefined ? [] : [{ day, words }];
  switch (answer.kind) {
    case 'revalidate': {
      const { target } = answer;
      const kind = target?.newKind ? `new ${target.newKind.text} of ` : '';
      const named = `${kind}${target?.ref?.text ?? ''}`;
      return [...at(answer.by?.day, `Revalidate ${named}`), ...at(answer.done?.day, `Revalidated ${named}`)];
    }
    case 'file':
      return at(answer.on?.day, `File ${names(answer.filings)} as ${answer.category?.text ?? '…'}`);
    case 'implement':
      return at(answer.on?.day, `Implement for ${names(answer.filings)}`);
    case 'notify':
      return at(answer.on?.day, `Notify ${names(answer.parties)}`);
    case 'approval':
      return at(answer.on?.day, `Approval of ${names(answer.by)}`);
    case 'perform':
      return [
        ...at(answer.by?.day, `Perform ${answer.task?.text ?? ''}`),
        ...at(answer.done?.day, `Performed ${answer.task?.text ?? ''}`),
      ];
    default:
      return [];
  }
}

function names(words: readonly Word[]): string {
  return words.map(({ text }) => text).join(', ');
}

/** What the clock of a filing lets expect: the decision of the authority, and from when the change is allowed. */
function expectedDays(
  filing: Obligation,
  analysis: Analysis,
  world: World,
): readonly { readonly day: number; readonly words: string }[] {
  const plan = filingPlan(filing, answersOf(analysis.record, world), world);
  const { category, submitted, earliest, provisional } = plan;
  const pack = category === null ? undefined : packOf(filing, category, world);
  // Without a day of submission everything would count from today, which nobody has said.
  if (category === null || !pack || (submitted === null && plan.approved === null)) return [];
  const days: { readonly day: number; readonly words: string }[] = [];
  const awaited = plan.needsApproval && plan.approved === null && submitted !== null;
  const entity = world.registry.get(filing.target);
  const type = (entity && textAt(entity, 'type')) ?? null;
  const [from, to] = (awaited && typicalDecision(pack, category, submitted, type)) || [];
  if (from !== undefined) {
    const until = to === undefined || to === from ? '' : ` (to ${formatDate(to)})`;
    days.push({ day: from, words: `Approval of ${filing.target} as ${category} to be expected${until}` });
  }
  if (earliest.day !== null && (earliest.certainty === 'set' || earliest.certainty === 'expected')) {
    const verb = earliest.certainty === 'set' ? 'allows' : 'may allow';
    const unless = provisional ? UNLESS_HIGHER : '';
    days.push({
      day: earliest.day,
      words: `${filing.target} as ${category} ${verb} the change from here${unless}`,
    });
  }
  return days;
}
