import { formatDate } from '../base/date.js';
import type { Range } from '../base/span.js';
import { filingWords } from '../checks/words.js';
import type { Analysis } from '../impact/analyse.js';
import type { World } from '../impact/world.js';
import type { Edit } from '../model/edit.js';
import { type ChangeRecord, isEvidence, nodeOf } from '../model/record.js';
import { type ParsedChanges, rangeOfNode } from '../workspace/parsed.js';
import type { Snapshot } from '../workspace/workspace.js';
import { datesOf, spanFor, spanWords } from './hoverDates.js';
import { obligationsOf } from './hoverImpact.js';
import { folderOf } from './names.js';

/** A line above a record or an edit that says what it comes to; its command shows the impact. */
export interface Lens {
  /** The name of the record, or the edit. */
  readonly range: Range;
  readonly title: string;
  readonly command: {
    readonly command: 'entail.showImpact';
    /** The record's ID, and the key of the edit. */
    readonly arguments: readonly string[];
  };
}

/**
 * The lenses of a file of change records, in the order of the text; none for other files, for records without an ID and for
 * the examples beside a pack, which owe nothing.
 */
export function lenses(snapshot: Snapshot, path: string): readonly Lens[] {
  const file = snapshot.file(path);
  if (file?.kind !== 'changes' || folderOf(path) !== '') return [];
  return file.records.flatMap((record) => (record.id === '' ? [] : lensesOf(record, file, snapshot)));
}

function lensesOf(record: ChangeRecord, file: ParsedChanges, snapshot: Snapshot): readonly Lens[] {
  const { world } = snapshot;
  const analysis = snapshot.analysisOf(record);
  const title = isEvidence(record)
    ? `${record.status}: nothing is worked out anew`
    : recordTitle(analysis, world);
  const lens = (range: Range, words: string, key?: string): Lens => ({
    range,
    title: words,
    command: { command: 'entail.showImpact', arguments: key === undefined ? [record.id] : [record.id, key] },
  });
  const whole = lens(rangeOfNode(file, record.node.id ?? record.node), title);
  if (isEvidence(record)) return [whole];
  const edits = byPlace(analysis.edits).map((same) => {
    const node = nodeOf(record, same[0]!.place);
    return lens(rangeOfNode(file, node), editTitle(same, analysis, world), same[0]!.key);
  });
  return [whole, ...edits];
}

/** Several edits of one line (one for each subject or site) share a lens. */
function byPlace(edits: readonly Edit[]): readonly (readonly Edit[])[] {
  const places = new Map<string, Edit[]>();
  for (const edit of edits) {
    const place = `${edit.place.first} ${edit.place.last}`;
    const same = places.get(place);
    if (same) same.push(edit);
    else places.set(place, [edit]);
  }
  return [...places.values()].sort((a, b) => a[0]!.place.first - b[0]!.place.first);
}

function recordTitle(analysis: Analysis, world: World): string {
  const { reached, obligations } = analysis;
  const unmet = obligations.filter(({ state }) => state === 'unmet' || state === 'insufficient').length;
  const open = obligations.filter(({ state }) => state === 'open').length;
  return [
    `sites ${reached.sites.length}`,
    `validations ${reached.validations.length}`,
    `filings ${reached.filings.length}`,
    unmet === 0 ? 'nothing unmet' : `${unmet} unmet`,
    ...(open === 0 ? [] : [`${open} open`]),
    ...earliestWords(analysis, world),
  ].join(' · ');
}

/**
 * The first day on which every declared category lets the change be implemented; where a filing is not declared
 * yet, or too low, or awaits its approval, the day is only one before which it can't be.
 */
function earliestWords(analysis: Analysis, world: World): readonly string[] {
  const filings = analysis.obligations.filter(
    ({ kind, category }) => kind === 'filing' && category?.highest !== 'none',
  );
  const dates = filings.map((filing) => datesOf(filing, analysis, world));
  const days = dates.flatMap((one) => (one?.earliest == null ? [] : [one.earliest]));
  if (days.length === 0) return [];
  const isKnown = dates.every((one) => one !== null && !one.awaitsApproval && !one.isProvisional);
  const day = formatDate(Math.max(...days));
  return [isKnown ? `earliest ${day}` : `not before ${day}`];
}

const MOST_FILINGS = 4;

function editTitle(edits: readonly Edit[], analysis: Analysis, world: World): string {
  const keys = new Set(edits.map(({ key }) => key));
  const owed = obligationsOf(analysis, keys);
  const filings = owed.filter(({ kind }) => kind === 'filing');
  const duties = owed.length - filings.length;
  const named = filings
    .slice(0, MOST_FILINGS)
    .map((filing) => `${filingWords(filing)} ${spanWords(spanFor(filing, keys, analysis, world))}`);
  const more = filings.length - MOST_FILINGS;
  const parts = [
    ...named,
    ...(more > 0 ? [`${more} more ${more === 1 ? 'filing' : 'filings'}`] : []),
    ...(duties > 0 ? [`${duties} ${duties === 1 ? 'duty' : 'duties'}`] : []),
  ];
  return parts.length === 0 ? 'owes nothing' : parts.join(' · ');
}
